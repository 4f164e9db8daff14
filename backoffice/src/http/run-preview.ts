import type { RunPreview } from '../contract/runs.ts';
import { jstDateOf } from '../domain/jst.ts';
import type { Shipment } from '../domain/shipping.ts';
import type { Foreseen } from '../orders/foresee.ts';
import { foreseeRow, type RunTerms, runCommands } from '../orders/run-commands.ts';
import { loadOrders } from '../store/order-batch.ts';
import { shopOf } from './command.ts';
import { presentPreviewRow, presentRunPreview } from './present/runs.ts';
import { edgeProblem } from './problems.ts';
import type { Call } from './route.ts';

/** An order of a run that is looked at before. */
export type RunRowWanted = {
  readonly orderNumber: string;
  /** In another version it is excluded as stale. */
  readonly version?: number;
  readonly shipments?: readonly Shipment[];
};

/** What a run would come to, order by order in their sequence; nothing is sent (M6). */
export async function previewOrders(
  call: Call,
  wanted: readonly RunRowWanted[],
  terms: RunTerms,
): Promise<RunPreview> {
  const { backoffice, shopId, locale } = call;
  const shop = await shopOf(call);
  const today = jstDateOf(backoffice.now());
  const orderNumbers = wanted.map(({ orderNumber }) => orderNumber);
  const orders = await loadOrders(backoffice.db, shopId, orderNumbers);
  requireAll(call, orderNumbers, orders);
  const rows = wanted.flatMap(({ orderNumber, version, shipments = null }) => {
    const found = orders.get(orderNumber);
    if (found === undefined) return [];
    const { order, open } = found;
    const foreseen =
      version === undefined || version === order.version
        ? foreseeRow(order, open, runCommands(terms, found, shipments), shop, today)
        : STALE;
    return [presentPreviewRow(found, foreseen, shop, locale)];
  });
  return presentRunPreview(rows);
}

const STALE: Foreseen = { kind: 'refuse', reason: 'order_changed', because: null, line: null };

/** All of the orders must be there: a number that is not is a mistake, and nothing is begun. */
export function requireAll(
  { locale }: Call,
  orderNumbers: readonly string[],
  found: ReadonlyMap<string, unknown>,
): void {
  const missing = orderNumbers.flatMap((orderNumber, index) =>
    found.has(orderNumber) ? [] : [{ pointer: `/${index}`, message: orderNumber }],
  );
  if (missing.length > 0) throw edgeProblem('orders_not_found', locale, { errors: missing });
}
