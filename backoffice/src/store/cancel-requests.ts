import type { OrderRef } from '../domain/order.ts';
import type { Queryable } from './db.ts';

/** True while a customer's cancel request stands; null where the order is not there. */
export async function hasCancelRequest(
  db: Queryable,
  { shopId, orderNumber }: OrderRef,
): Promise<boolean | null> {
  const { rows } = await db.query<{ asked: boolean }>(
    `select cancel_requested_at is not null as asked from orders
      where shop_id = $1 and order_number = $2`,
    [shopId, orderNumber],
  );
  return rows[0]?.asked ?? null;
}
