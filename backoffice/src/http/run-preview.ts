import type { RunPreview } from '../contract/runs.ts';
import { jstDateOf } from '../domain/jst.ts';
import type { Foreseen } from '../orders/foresee.ts';
import { foreseeRow, type RunTerms, runCommands } from '../orders/run-commands.ts';
import { loadOrders } from '../store/order-batch.ts';
import { shopOf } from './command.ts';
import { presentPreviewRow, presentRunPreview } from './present/runs.ts';
import { edgeProblem } from './problems.ts';
import type { Call } from './route.ts';

/**
 * What a run would come to, order by order in their sequence; nothing is sent (M6). An order that
 * is not in its version of `versions`, where they are given, is excluded as stale.
 */
export async function previewOrders(
  call: Call,
  orderNumbers: readonly string[],
  terms: RunTerms,
  versions: readonly number[] | null = null,
): Promise<RunPreview> {
  const { backoffice, shopId, locale } = call;
  const shop = await shopOf(call);
  const today = jstDateOf(backoffice.now());
  const orders = await loadOrders(backoffice.db, shopId, orderNumbers);
  requireAll(call, orderNumbers, orders);
  const rows = orderNumbers.flatMap((orderNumber, index) => {
    const found = orders.get(orderNumber);
    if (found === undefined) return [];
    const { order, open, shippedOn } = found;
    const isPreorder = order.status === 'preorder';
    const facts = { shippedOn, isPaid: order.paidOn !== null, isPreorder, shipments: null };
    const wasSeen = versions === null || versions[index] === order.version;
    const foreseen = wasSeen
      ? foreseeRow(order, open, runCommands(terms, facts), shop, today)
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
