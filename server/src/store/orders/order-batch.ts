import type { Order } from '@renkei/core/domain/order.ts';
import type { RowOf } from '../db/codec.ts';
import type { Queryable } from '../db/db.ts';
import { OPEN } from '../db/states.ts';
import { ORDER } from './rows.ts';

/** What a preview of many orders rests on, without locks. */
export type BatchOrder = {
  readonly order: Order;
  readonly customerName: string;
  readonly open: boolean;
  /** When each destination was sent to; null where it was not yet. */
  readonly shippedOn: readonly (string | null)[];
  /** キャンセル依頼 */
  readonly cancelRequested: boolean;
};

/** Many orders of a shop at once, by number; those that are not there are left out. */
export async function loadOrders(
  db: Queryable,
  shopId: string,
  orderNumbers: readonly string[],
): Promise<Map<string, BatchOrder>> {
  const { rows } = await db.query<BatchRecord>(
    `select ${ORDER.select}, customer_name,
        jsonb_path_query_array(details, '$.destinations[*].shippedOn') as shipped_on,
        cancel_requested_at is not null as cancel_requested, exists (
        select 1 from operations o
         where o.shop_id = orders.shop_id and o.order_number = orders.order_number
           and o.state in ${OPEN}) as open
       from orders where shop_id = $1 and order_number = any($2)`,
    [shopId, orderNumbers],
  );
  return new Map(
    rows.map((row) => {
      const order = ORDER.read(row);
      return [
        order.orderNumber,
        {
          order,
          customerName: row.customer_name,
          open: row.open,
          shippedOn: row.shipped_on,
          cancelRequested: row.cancel_requested,
        },
      ];
    }),
  );
}

type BatchRecord = RowOf<Order> & {
  customer_name: string;
  open: boolean;
  shipped_on: (string | null)[];
  cancel_requested: boolean;
};
