import type { OutRow } from './layout.ts';

/** The facts for both carriers' labels, from a row that stands for one parcel. */

/** Half-width digits and hyphens only. */
export function phoneOf(phone: string): string {
  return phone.normalize('NFKC').replace(/[^\d-]/g, '');
}

/** Returns the full-width form for labels: widens half-width kana and letters. */
export function wide(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[!-~]/g, (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0))
    .replace(/ /g, '\u3000');
}

/** Returns the whole address in full-width characters, its parts joined by a full-width space. */
export function addressOf({ destination }: OutRow): string {
  const { prefecture, address } = destination;
  return wide(address.startsWith(prefecture) ? address : `${prefecture}${address}`);
}

/** Cuts a text into pieces of the given sizes; the last piece takes the rest. */
export function inPieces(text: string, sizes: readonly number[]): string[] {
  const characters = [...text];
  return sizes.map((size, index) => {
    const isLast = index === sizes.length - 1;
    return characters.splice(0, isLast ? characters.length : size).join('');
  });
}

/** 代金引換: returns the yen that the carrier collects; the first destination pays for the order. */
export function toCollect({ order, destination, cells }: OutRow): number | null {
  if (order.paymentKind !== 'cash_on_delivery') return null;
  if (order.details.destinations[0] !== destination) return null;
  return Number(cells.billed);
}

/** Returns the tax contained in an amount at 10 %, in whole yen, rounded down. */
export function taxIn(amount: number): number {
  return Math.floor((amount * 10) / 110);
}

/** Returns the first and last hour of a wished time: 午前中, 14〜16時, 14:00-16:00, 14-16. */
export function hoursOf(time: string): { readonly from: number; readonly to: number } | null {
  const text = time.normalize('NFKC');
  if (/午前/.test(text)) return { from: 8, to: 12 };
  const [, from, to] = /(\d{1,2})(?::00)?時?\s*[~〜～ー-]\s*(\d{1,2})/.exec(text) ?? [];
  return from === undefined || to === undefined ? null : { from: Number(from), to: Number(to) };
}
