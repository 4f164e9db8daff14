import type { OrderRef } from '../domain/order.ts';
import type { Queryable } from './db.ts';

/** True while a customer's cancel request for an order is not dealt with. */
export async function hasCancelRequest(
  db: Queryable,
  { shopId, orderNumber }: OrderRef,
): Promise<boolean> {
  const { rowCount } = await db.query(
    `select 1 from orders
      where shop_id = $1 and order_number = $2 and cancel_requested_at is not null`,
    [shopId, orderNumber],
  );
  return rowCount === 1;
}
