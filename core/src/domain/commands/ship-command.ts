import type { Shipment } from '../order/shipping.ts';
import type { JstDate } from '../values/jst.ts';
import type { CommandOf } from './command.ts';

/** The wanted shipments; null ships everything that is not shipped yet. */
export type ShipmentsWanted =
  | readonly (Omit<Shipment, 'shippedOn'> & { readonly shippedOn?: JstDate | undefined })[]
  | null;

/**
 * Returns the command that ships an order. `shippedOn` holds the ship date of each destination as
 * the caller saw it (null: not yet); carry the command out on that version of the order only.
 */
export function shipCommand(
  shippedOn: readonly (JstDate | null)[],
  wanted: ShipmentsWanted,
  day: JstDate,
  how: Pick<CommandOf<'ship'>, 'mail' | 'correction'>,
): CommandOf<'ship'> {
  const all = shippedOn.flatMap((sent, destination) => (sent === null ? [{ destination }] : []));
  const chosen: NonNullable<ShipmentsWanted> = wanted ?? all;
  const shipments = chosen.map(
    (shipment): Shipment => ({
      ...shipment,
      shippedOn: shipment.shippedOn ?? day,
    }),
  );
  const sent = new Set(shipments.map(({ destination }) => destination));
  const complete = shippedOn.every((day, destination) => day !== null || sent.has(destination));
  return { kind: 'ship', shipments, complete, ...how };
}

/** Drops absent fields of a shipment, so that they do not blank out stored values. */
export function withoutBlanks<T extends { readonly destination: number }>(shipment: T) {
  const given = Object.entries(shipment).filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(given), destination: shipment.destination };
}
