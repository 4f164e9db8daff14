import { amountsOf, linesOf } from '@renkei/core/domain/order/place-order.ts';
import { ORDER_STATUS } from '@renkei/core/domain/order/states.ts';
import { taxesOf } from '@renkei/core/domain/order/tax.ts';
import { domesticPhoneOf } from '@renkei/core/domain/values/phone.ts';
import { postalCodeOf } from '@renkei/core/domain/values/postal-code.ts';
import { trackingNumbersIn } from '@renkei/core/domain/values/tracking-number.ts';
import { wishedTimeOf } from '@renkei/core/domain/values/wished-time.ts';
import { type Bilingual, SAYS } from '../text/messages.ts';
import type { Cannot, CellOf, OutRow } from './layout.ts';

/** The facts for all carriers' labels, from a row that stands for one parcel. */

export const BLANK: CellOf = () => '';
export const always =
  (text: string): CellOf =>
  () =>
    text;

function cannot(message: Bilingual, value: string): Cannot {
  return { cannot: message, value };
}

/** The phone as one dials it in Japan; a text that is none is told, and never squeezed into one. */
export const phone: CellOf = ({ destination }) => {
  if (destination.phone.trim() === '') return '';
  return domesticPhoneOf(destination.phone) ?? cannot(SAYS.noLabelPhone(), destination.phone);
};

export const postalCode: CellOf = ({ destination }) => {
  if (destination.postalCode.trim() === '') return '';
  return (
    postalCodeOf(destination.postalCode) ?? cannot(SAYS.noLabelPostalCode(), destination.postalCode)
  );
};

/** A carrier's hours, `from-to`, with its codes: a wish outside of the list is told. */
export function timeOf(codes: Readonly<Record<string, string>>, none = ''): CellOf {
  return ({ destination }) => {
    const wish = wishedTimeOf(destination.requestedTime);
    if (wish === 'none') return none;
    const code = wish === null ? undefined : codes[`${wish.from}-${wish.to}`];
    return code ?? cannot(SAYS.noSuchTime(), destination.requestedTime);
  };
}

/** The number of the first parcel: a label has room for one. */
export const trackingNumber: CellOf = ({ destination }) =>
  trackingNumbersIn(destination.trackingNumber)[0] ?? '';

/**
 * Returns the full-width form for labels: widens ASCII and half-width kana. Everything else stays as
 * it is, because NFKC would break ゛ and ①, and the compatibility forms of names, which CP932 has.
 */
export function wide(text: string): string {
  return text
    .replace(/[\uff61-\uff9f]+/g, (kana) => kana.normalize('NFKC'))
    .replace(/\u3099/g, '゛')
    .replace(/\u309a/g, '゜')
    .replace(/[!-~]/g, (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0))
    .replace(/[ \u00a0]/g, '\u3000');
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

/** The orders of which a parcel leaves: others are told, so that nobody prints a label for them. */
const LEAVING = new Set(['processing', 'completed']);

/** The kind of a slip: refuses an order that is not to be shipped. */
export function slipKind(kindOf: (row: OutRow) => string): CellOf {
  return (row) => {
    const { status } = row.order;
    if (LEAVING.has(status)) return kindOf(row);
    return cannot(SAYS.notToBeShipped(), ORDER_STATUS[status].ja);
  };
}

/**
 * 代金引換: returns the yen that the carrier collects and the tax in them; null if there is nothing to
 * collect: it is paid, or comes to 0. The first destination pays for the order.
 */
export function toCollect({
  order,
  destination,
  cells,
}: OutRow): { readonly amount: number; readonly tax: number } | null {
  const isPaid = (order.paidOn ?? null) !== null;
  if (order.paymentKind !== 'cash_on_delivery' || isPaid) return null;
  if (order.details.destinations[0] !== destination) return null;
  const amount = Number(cells.billed);
  if (amount === 0) return null;
  const taxes = taxesOf(amountsOf(order.amounts), linesOf(order.details));
  return { amount, tax: taxes.reduce((sum, { tax }) => sum + tax, 0) };
}

/** A cell of a collected amount; blank if there is nothing to collect. */
export function collected(text: (due: { amount: number; tax: number }) => string): CellOf {
  return (row) => {
    const due = toCollect(row);
    return due === null ? '' : text(due);
  };
}

/**
 * Returns the key that comes back with the tracking number: 受注コード, and the destination unless it is
 * the first.
 */
export function slipKey(orderNumber: string, destinationNumber = '1'): string {
  return destinationNumber === '1' ? orderNumber : `${orderNumber}-${destinationNumber}`;
}
