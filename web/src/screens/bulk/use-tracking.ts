import type { RunPreviewRow } from '@renkei/backoffice/contract';
import { useState } from 'react';
import type { Shipments } from './terms.ts';

export const TRACKING_MAX = 40;
export const CARRIER_MAX = 50;

/** 送り状番号 by order and destination, and the carrier of all of them, as they are typed. */
export type Tracking = {
  readonly carrier: string;
  readonly setCarrier: (carrier: string) => void;
  readonly numberOf: (orderNumber: string, destination: number) => string;
  readonly setNumber: (orderNumber: string, destination: number, number: string) => void;
  /** Fills the fields from one on down with the lines of a pasted column. */
  readonly paste: (places: readonly Place[], from: Place, lines: readonly string[]) => void;
  /** What of it goes with a run of some orders. */
  readonly shipmentsOf: (rows: readonly RunPreviewRow[]) => Shipments;
  /** Numbers that stand at more than one order: right for parcels together, else a slip. */
  readonly twice: readonly string[];
};

type Place = { readonly orderNumber: string; readonly destination: number };

/** The places that rows are sent to and that have not been sent to yet, from above to below. */
export function placesOf(rows: readonly RunPreviewRow[]): Place[] {
  return rows.flatMap(({ orderNumber, unshipped }) =>
    unshipped.map((destination) => ({ orderNumber, destination })),
  );
}

export function useTracking(given: Shipments = []): Tracking {
  const [carrier, setCarrier] = useState(given[0]?.shipments[0]?.carrier ?? '');
  const [numbers, setNumbers] = useState<ReadonlyMap<string, string>>(() => numbersIn(given));
  const numberOf = (orderNumber: string, destination: number) =>
    numbers.get(keyOf({ orderNumber, destination })) ?? '';

  return {
    carrier,
    setCarrier,
    numberOf,
    setNumber(orderNumber, destination, number) {
      setNumbers(new Map(numbers).set(keyOf({ orderNumber, destination }), number));
    },
    paste(places, from, lines) {
      const start = places.findIndex((place) => keyOf(place) === keyOf(from));
      const next = new Map(numbers);
      for (const [index, place] of places.slice(start, start + lines.length).entries()) {
        next.set(keyOf(place), (lines[index] ?? '').trim().slice(0, TRACKING_MAX));
      }
      setNumbers(next);
    },
    shipmentsOf: (rows) =>
      rows.flatMap(({ orderNumber, unshipped }) => {
        const typed = unshipped.map((destination) => ({
          destination,
          ...said('carrier', carrier.trim()),
          ...said('trackingNumber', numberOf(orderNumber, destination).trim()),
        }));
        const isAny = typed.some((one) => Object.keys(one).length > 1);
        return isAny ? [{ orderNumber, shipments: typed }] : [];
      }),
    twice: twiceIn(numbers),
  };
}

function keyOf({ orderNumber, destination }: Place): string {
  return `${orderNumber} ${destination}`;
}

/** A field that was left empty says nothing. */
function said<Name extends string>(name: Name, value: string): Partial<Record<Name, string>> {
  return value === '' ? {} : ({ [name]: value } as Record<Name, string>);
}

function numbersIn(shipments: Shipments): Map<string, string> {
  return new Map(
    shipments.flatMap(({ orderNumber, shipments: own }) =>
      own.map(({ destination, trackingNumber = '' }) => [
        keyOf({ orderNumber, destination }),
        trackingNumber,
      ]),
    ),
  );
}

function twiceIn(numbers: ReadonlyMap<string, string>): string[] {
  const orders = new Map<string, Set<string>>();
  for (const [key, number] of numbers) {
    const typed = number.trim();
    if (typed === '') continue;
    orders.set(typed, (orders.get(typed) ?? new Set()).add(key.split(' ')[0] ?? ''));
  }
  return [...orders].flatMap(([number, of]) => (of.size > 1 ? [number] : []));
}
