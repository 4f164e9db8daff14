import type { RunOrder } from '@renkei/core/domain/commands/run-commands.ts';
import type { Order } from '@renkei/core/domain/order/order.ts';
import type { JstDate } from '@renkei/core/domain/values/jst.ts';
import type { RowOf } from '../db/codec.ts';
import type { Queryable } from '../db/db.ts';
import { OPEN } from '../db/states.ts';
import { ORDER } from './rows.ts';

/** The columns of `orders` on which a row of a run is decided. */
export const RUN_ORDER = `${ORDER.select}, cancel_requested_at is not null as cancel_requested,
  jsonb_path_query_array(details, '$.destinations[*].shippedOn') as shipped_on`;

export type RunOrderRecord = RowOf<Order> & {
  cancel_requested: boolean;
  shipped_on: (JstDate | null)[];
};

export function runOrderOf(row: RunOrderRecord): RunOrder {
  const { shipped_on: shippedOn, cancel_requested: cancelRequested } = row;
  return { order: ORDER.read(row), shippedOn, cancelRequested };
}

/** The basis of a preview of many orders, read without locks. */
export type BatchOrder = RunOrder & { readonly customerName: string; readonly open: boolean };

/** Loads many orders of a shop, by number; leaves missing ones out. */
export async function loadOrders(
  db: Queryable,
  shopId: string,
  orderNumbers: readonly string[],
): Promise<Map<string, BatchOrder>> {
  const { rows } = await db.query<BatchRecord>(
    `select ${RUN_ORDER}, customer_name, exists (
        select 1 from operations o
         where o.shop_id = orders.shop_id and o.order_number = orders.order_number
           and o.state in ${OPEN}) as open
       from orders where shop_id = $1 and order_number = any($2)`,
    [shopId, orderNumbers],
  );
  return new Map(
    rows.map((row) => {
      const found = runOrderOf(row);
      const { customer_name: customerName, open } = row;
      return [found.order.orderNumber, { ...found, customerName, open }];
    }),
  );
}

type BatchRecord = RunOrderRecord & { customer_name: string; open: boolean };
