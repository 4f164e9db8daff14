import type { Order } from '@renkei/core/domain/order/order.ts';
import type { OrderDetails } from '@renkei/core/domain/order/order-details.ts';
import type { RowOf } from '../db/codec.ts';
import type { Queryable } from '../db/db.ts';
import { OPEN } from '../db/states.ts';
import { ORDER } from './rows.ts';

/** An order with its shipments so far. */
export type SentOrder = {
  readonly order: Order;
  readonly open: boolean;
  readonly destinations: readonly Pick<
    OrderDetails['destinations'][number],
    'shippedOn' | 'trackingNumber'
  >[];
};

/** Loads many orders of a shop with their destinations, by number; leaves missing ones out. */
export async function loadSentOrders(
  db: Queryable,
  shopId: string,
  orderNumbers: readonly string[],
): Promise<Map<string, SentOrder>> {
  const { rows } = await db.query<RowOf<Order> & Omit<SentOrder, 'order'>>(
    `select ${ORDER.select}, exists (
        select 1 from operations o
         where o.shop_id = orders.shop_id and o.order_number = orders.order_number
           and o.state in ${OPEN}) as open,
        (select jsonb_agg(jsonb_build_object('shippedOn', d -> 'shippedOn',
                                             'trackingNumber', d -> 'trackingNumber') order by n)
           from jsonb_array_elements(details -> 'destinations') with ordinality as given (d, n))
          as destinations
       from orders where shop_id = $1 and order_number = any($2)`,
    [shopId, orderNumbers],
  );
  return new Map(
    rows.map((row) => {
      const { open, destinations } = row;
      const order = ORDER.read(row);
      return [order.orderNumber, { order, open, destinations }];
    }),
  );
}

/** True if a run was made from the same file before. */
export async function wasRun(db: Queryable, shopId: string, fileHash: string): Promise<boolean> {
  const { rowCount } = await db.query('select 1 from runs where shop_id = $1 and file_hash = $2', [
    shopId,
    fileHash,
  ]);
  return rowCount === 1;
}
