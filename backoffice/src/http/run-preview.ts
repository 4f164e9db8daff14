import type { RunPreview } from '../contract/runs.ts';
import { jstDateOf } from '../domain/jst.ts';
import type { JstDate } from '../domain/order.ts';
import { foresee } from '../orders/foresee.ts';
import { loadOrders } from '../store/order-batch.ts';
import { shopOf } from './command.ts';
import { presentPreviewRow, presentRunPreview } from './present/runs.ts';
import { edgeProblem } from './problems.ts';
import type { Call } from './route.ts';

/** What marking many orders paid would come to, in their sequence; nothing is sent (M6). */
export async function previewOrders(
  call: Call,
  orderNumbers: readonly string[],
  { mail, paidOn }: { readonly mail: 'auto' | 'manual'; readonly paidOn?: JstDate | undefined },
): Promise<RunPreview> {
  const { backoffice, shopId, locale } = call;
  const shop = await shopOf(call);
  const today = jstDateOf(backoffice.now());
  const orders = await loadOrders(backoffice.db, shopId, orderNumbers);
  requireAll(call, orderNumbers, orders);
  const common = { kind: 'mark_paid', withoutGateway: false, from: 'unpaid_list' } as const;
  const command = { ...common, mail, paidOn: paidOn ?? today };
  const rows = orderNumbers.flatMap((orderNumber) => {
    const found = orders.get(orderNumber);
    if (found === undefined) return [];
    const foreseen = foresee(found.order, found.open, command, shop, today);
    return [presentPreviewRow(found, foreseen, shop, locale)];
  });
  return presentRunPreview(rows);
}

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
