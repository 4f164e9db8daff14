import type { OutRow } from './layout.ts';

/** What the labels of both carriers need, from a row that stands for one parcel. */

/** Half-width digits and hyphens only. */
export function phoneOf(phone: string): string {
  return phone.normalize('NFKC').replace(/[^\d-]/g, '');
}

/** The full-width form that labels are printed in: half-width kana and letters widened. */
export function wide(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[!-~]/g, (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0))
    .replace(/ /g, '\u3000');
}

/** The whole address in full-width characters; its parts are joined by a full-width space. */
export function addressOf({ destination }: OutRow): string {
  const { prefecture, address } = destination;
  return wide(address.startsWith(prefecture) ? address : `${prefecture}${address}`);
}

/** A text in pieces of so many characters, the last one with all that is left over. */
export function inPieces(text: string, sizes: readonly number[]): string[] {
  const characters = [...text];
  return sizes.map((size, index) => {
    const isLast = index === sizes.length - 1;
    return characters.splice(0, isLast ? characters.length : size).join('');
  });
}

/** 代金引換: what the carrier collects, in yen; the first destination pays for the order. */
export function toCollect({ order, destination, cells }: OutRow): number | null {
  if (order.paymentKind !== 'cash_on_delivery') return null;
  if (order.details.destinations[0] !== destination) return null;
  return Number(cells.billed);
}

/** The tax contained in an amount at 10 %, in whole yen, rounded down. */
export function taxIn(amount: number): number {
  return Math.floor((amount * 10) / 110);
}

/** The hour at which a wished time begins and ends: 午前中, 14〜16時, 14:00-16:00, 14-16. */
export function hoursOf(time: string): { readonly from: number; readonly to: number } | null {
  const text = time.normalize('NFKC');
  if (/午前/.test(text)) return { from: 8, to: 12 };
  const [, from, to] = /(\d{1,2})(?::00)?時?\s*[~〜～ー-]\s*(\d{1,2})/.exec(text) ?? [];
  return from === undefined || to === undefined ? null : { from: Number(from), to: Number(to) };
}
