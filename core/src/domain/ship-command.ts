import type { CommandOf } from './command.ts';
import type { JstDate } from './order.ts';
import type { Shipment } from './shipping.ts';

/** What is wanted of a shipment; null ships all that is not sent yet. */
export type ShipmentsWanted =
  | readonly (Omit<Shipment, 'shippedOn'> & { readonly shippedOn?: JstDate | undefined })[]
  | null;

/**
 * The command that ships an order whose destinations were sent on `shippedOn` so far (null: not
 * yet), as they were seen. To be carried out on just that version of the order.
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

/** What was asked for of a shipment: a field that was not given must not blank out what is there. */
export function withoutBlanks<T extends { readonly destination: number }>(shipment: T) {
  const given = Object.entries(shipment).filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(given), destination: shipment.destination };
}
