import type { RunPreviewRow } from '@renkei/contract';
import type { Shipments } from './terms.ts';

export const TRACKING_MAX = 40;

/** The place of a parcel: an order, and one of its destinations. */
export type ParcelPlace = { readonly orderNumber: string; readonly destination: number };

/** Typed 送り状番号, by {@link keyOf} their place. */
export type TrackingNumbers = ReadonlyMap<string, string>;

export function keyOf({ orderNumber, destination }: ParcelPlace): string {
  return `${orderNumber} ${destination}`;
}

/** The unshipped destinations of the rows, from top to bottom. */
export function placesOf(
  rows: readonly Pick<RunPreviewRow, 'orderNumber' | 'unshipped'>[],
): ParcelPlace[] {
  return rows.flatMap(({ orderNumber, unshipped }) =>
    unshipped.map((destination) => ({ orderNumber, destination })),
  );
}

/**
 * The lines of a pasted spreadsheet column. Spreadsheets end the last line, too. A blank line above
 * a number is an empty cell: the numbers below it stay beside their orders.
 */
export function linesOf(pasted: string): string[] {
  return pasted.replace(/[\r\n]+$/, '').split(/\r\n|\r|\n/);
}

/** The numbers after a paste of a column: it fills the fields from a place downwards. */
export function withPasted(
  numbers: TrackingNumbers,
  places: readonly ParcelPlace[],
  from: ParcelPlace,
  lines: readonly string[],
): TrackingNumbers {
  const start = places.findIndex((place) => keyOf(place) === keyOf(from));
  const next = new Map(numbers);
  if (start < 0) return next;
  for (const [index, place] of places.slice(start, start + lines.length).entries()) {
    next.set(keyOf(place), (lines[index] ?? '').trim().slice(0, TRACKING_MAX));
  }
  return next;
}

/** Carrier and numbers as a run takes them, for the orders that have any. */
export function shipmentsOf(
  rows: readonly Pick<RunPreviewRow, 'orderNumber' | 'unshipped'>[],
  carrier: string,
  numbers: TrackingNumbers,
): Shipments {
  return rows.flatMap(({ orderNumber, unshipped }) => {
    const typed = unshipped.map((destination) => ({
      destination,
      ...said('carrier', carrier.trim()),
      ...said('trackingNumber', (numbers.get(keyOf({ orderNumber, destination })) ?? '').trim()),
    }));
    const isAny = typed.some((one) => Object.keys(one).length > 1);
    return isAny ? [{ orderNumber, shipments: typed }] : [];
  });
}

/** An empty field changes nothing. */
function said<Name extends string>(name: Name, value: string): Partial<Record<Name, string>> {
  return value === '' ? {} : ({ [name]: value } as Record<Name, string>);
}

/** The numbers of shipments, for further typing: the inverse of {@link shipmentsOf}. */
export function numbersIn(shipments: Shipments): TrackingNumbers {
  return new Map(
    shipments.flatMap(({ orderNumber, shipments: own }) =>
      own.map(({ destination, trackingNumber = '' }) => [
        keyOf({ orderNumber, destination }),
        trackingNumber,
      ]),
    ),
  );
}

/** Numbers of more than one order: right for parcels together, otherwise a slip. */
export function twiceIn(numbers: TrackingNumbers): string[] {
  const orders = new Map<string, Set<string>>();
  for (const [key, number] of numbers) {
    const typed = number.trim();
    if (typed === '') continue;
    orders.set(typed, (orders.get(typed) ?? new Set()).add(key.split(' ')[0] ?? ''));
  }
  return [...orders].flatMap(([number, of]) => (of.size > 1 ? [number] : []));
}
