import type { ReportName } from '@renkei/contract/attention/acts.ts';
import type { Order } from '@renkei/core/domain/order/order.ts';
import type { OrderDetails } from '@renkei/core/domain/order/order-details.ts';
import type { Actor } from '@renkei/core/turns/operation.ts';
import type { ExportOrder } from '../../csv/layouts/layout.ts';
import type { RowOf } from '../db/codec.ts';
import type { Db, Queryable } from '../db/db.ts';
import { ORDER } from '../orders/rows.ts';

const BATCH = 500;

/** Yields a selection's orders in its sequence, in their present state, some hundred at a time. */
export async function* readSelectedOrders(
  db: Db,
  shopId: string,
  selectionId: string,
): AsyncGenerator<readonly ExportOrder[]> {
  for (let from = 0; ; from += BATCH) {
    const { rows } = await db.query<RowOf<Order> & { details: OrderDetails }>({
      name: 'read-selected-orders',
      text: `
        with chosen as (
          select order_number, n
            from selections, unnest(order_numbers[$3::int + 1 : $3::int + ${BATCH}])
                   with ordinality as numbers (order_number, n)
           where shop_id = $1 and id = $2)
        select ${ORDER.select}, details
          from orders join chosen using (order_number) where shop_id = $1 order by n`,
      values: [shopId, selectionId, from],
    });
    if (rows.length > 0) yield rows.map((row) => exportOrderOf(ORDER.read(row), row.details));
    if (rows.length < BATCH) return;
  }
}

/** Returns the newest orders of a shop, to preview a layout. */
export async function readNewestOrders(
  db: Queryable,
  shopId: string,
  most: number,
): Promise<ExportOrder[]> {
  const { rows } = await db.query<RowOf<Order> & { details: OrderDetails }>(
    `select ${ORDER.select}, details from orders where shop_id = $1
      order by placed_at desc, order_number desc limit $2`,
    [shopId, most],
  );
  return rows.map((row) => exportOrderOf(ORDER.read(row), row.details));
}

/** Returns an order in its incoming shape, with its present state. */
function exportOrderOf(order: Order, details: OrderDetails): ExportOrder {
  const { orderNumber, type, channel, placedAt, paymentKind, paymentMethod, amounts } = order;
  const { paidOn, status, transaction: held, authentication, customerErased } = order;
  const common = {
    orderNumber,
    type,
    channel,
    paymentKind,
    paymentMethod,
    amounts,
    details,
    paidOn,
    status,
    placedAt: new Date(placedAt).toISOString(),
    transactionState: held?.state ?? null,
    customerErased,
  };
  if (!held?.seqno || !held.authCode) return common;
  const { seqno, authCode, amount, slipId, authorizedAt } = held;
  const at = authorizedAt === null ? {} : { authorizedAt: new Date(authorizedAt).toISOString() };
  const numbers = { seqno, authCode, amount, slipId, authentication };
  return { ...common, transaction: { kind: 'authorized', ...numbers, ...at } };
}

/** Logs who took a report out of the shop, as a file or on paper, and its number of lines. */
export function noteReport(
  db: Queryable,
  { shopId, actor }: { readonly shopId: string; readonly actor: Actor },
  report: ReportName,
  { encoding, rows }: { readonly encoding: 'cp932' | 'utf-8' | 'paper'; readonly rows: number },
): Promise<void> {
  const layout = `renkei:${report}`;
  return noteExport(db, shopId, { actor, layout, encoding, orders: 0, rows });
}

/** Logs who exported which data, and how much. */
export async function noteExport(
  db: Queryable,
  shopId: string,
  made: {
    readonly actor: Actor;
    readonly layout: string;
    readonly encoding: string;
    readonly orders: number;
    readonly rows: number;
  },
): Promise<void> {
  await db.query(
    `insert into exports (shop_id, actor, layout, encoding, orders, rows)
     values ($1, $2, $3, $4, $5, $6)`,
    [shopId, made.actor, made.layout, made.encoding, made.orders, made.rows],
  );
}
