import type { RunPreviewRow } from '@renkei/contract';
import { useState } from 'react';
import type { Shipments } from './terms.ts';
import {
  keyOf,
  numbersIn,
  type ParcelPlace,
  shipmentsOf,
  type TrackingNumbers,
  twiceIn,
  withPasted,
} from './tracking.ts';

export const CARRIER_MAX = 50;

/** 送り状番号 by order and destination, and one carrier for all, as a person types them. */
export type Tracking = {
  readonly carrier: string;
  readonly setCarrier: (carrier: string) => void;
  readonly numberOf: (orderNumber: string, destination: number) => string;
  readonly setNumber: (orderNumber: string, destination: number, number: string) => void;
  /** Fills the fields from one downwards with the lines of a pasted column. */
  readonly paste: (
    places: readonly ParcelPlace[],
    from: ParcelPlace,
    lines: readonly string[],
  ) => void;
  /** The shipments of a run of some orders. */
  readonly shipmentsOf: (rows: readonly RunPreviewRow[]) => Shipments;
  /** Numbers of more than one order: right for parcels together, otherwise a slip. */
  readonly twice: readonly string[];
};

export function useTracking(given: Shipments = []): Tracking {
  const [carrier, setCarrier] = useState(given[0]?.shipments[0]?.carrier ?? '');
  const [numbers, setNumbers] = useState<TrackingNumbers>(() => numbersIn(given));
  const numberOf = (orderNumber: string, destination: number) =>
    numbers.get(keyOf({ orderNumber, destination })) ?? '';

  return {
    carrier,
    setCarrier,
    numberOf,
    setNumber(orderNumber, destination, number) {
      // From the state of the moment: two fields may change before the screen is drawn anew.
      setNumbers((now) => new Map(now).set(keyOf({ orderNumber, destination }), number));
    },
    paste: (places, from, lines) => setNumbers((now) => withPasted(now, places, from, lines)),
    shipmentsOf: (rows) => shipmentsOf(rows, carrier, numbers),
    twice: twiceIn(numbers),
  };
}
