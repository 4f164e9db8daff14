import type { startRunSchema } from '@renkei/contract/runs.ts';
import type { RunTerms } from '@renkei/core/domain/commands/run-commands.ts';
import { withoutBlanks } from '@renkei/core/domain/commands/ship-command.ts';
import type { Shipment } from '@renkei/core/domain/order/shipping.ts';
import type { z } from 'zod';
import { edgeProblem } from '../../problems/problems.ts';
import type { Call } from '../../route.ts';

type WithShipments = Pick<z.output<typeof startRunSchema>, 'shipments'>;

/**
 * Adds its shipments to each row. Throws a problem if they name an order that is not among the
 * rows.
 */
export function withShipments<Row extends { readonly orderNumber: string }>(
  { body, locale }: Call<unknown, unknown, WithShipments>,
  rows: readonly Row[],
  { plan }: RunTerms,
): (Row & { readonly shipments?: readonly Shipment[] })[] {
  if (body.shipments.length === 0) return [...rows];
  const day = plan.kind === 'ship' ? plan.shippedOn : null;
  const known = new Set(rows.map(({ orderNumber }) => orderNumber));
  const errors = body.shipments.flatMap(({ orderNumber }, index) =>
    day !== null && known.has(orderNumber)
      ? []
      : [{ pointer: `/shipments/${index}`, message: NOT_AMONG[locale] }],
  );
  if (day === null || errors.length > 0) throw edgeProblem('invalid_request', locale, { errors });
  const given = new Map(body.shipments.map((one) => [one.orderNumber, one.shipments]));
  return rows.map((row) => {
    const shipments = given
      .get(row.orderNumber)
      ?.map((shipment) => ({ shippedOn: day, ...withoutBlanks(shipment) }));
    return shipments === undefined ? row : { ...row, shipments };
  });
}

const NOT_AMONG = {
  ja: '発送する受注の中にありません',
  en: 'not among the orders that are shipped',
};
