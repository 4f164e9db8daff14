import type { OrderRef } from '@renkei/core/domain/order/order.ts';
import { jsonOf } from '../db/codec.ts';
import type { Queryable } from '../db/db.ts';

/** In these states the customer can still pay. */
const PAYABLE = `('issued', 'started', 'interrupted')`;

/** The statuses in which F-REGI may still tell another one: a completed payment can be reversed. */
const OPEN = `('issued', 'started', 'interrupted', 'completed')`;

/** The columns of a payment, as shown. */
export const COLUMNS = `shop_id as "shopId", order_number as "orderNumber", settleno, amount, status,
  pay_type as "payType", seqno, obstacle, noticed_at as "noticedAt", checked_at as "checkedAt",
  tries, completed_at as "completedAt"`;

/** The most payments shown for an order. */
const SHOWN_MAX = 20;

/**
 * The payments issued for a row of `orders`, as JSON: first the newest that the customer can still
 * make, then the others, newest first. Null if there are none.
 */
export const REDIRECT_PAYMENTS_JSON = `(
  select jsonb_agg(${jsonOf('payment', 'noticedAt', 'checkedAt', 'completedAt')}) from (
    select ${COLUMNS} from redirect_payments r
     where r.shop_id = orders.shop_id and r.order_number = orders.order_number
     order by status in ${PAYABLE} desc, handed_over_at desc, settleno desc
     limit ${SHOWN_MAX}) as payment)`;

/** At most every few seconds, however many notices come. */
const SOON = `due_at = greatest(now(), checked_at + interval '3 seconds')`;

/** At F-REGI's notice, makes a payment due for a look soon, while it can change. */
export async function ringAtNotice(db: Queryable, shopId: string, settleno: string): Promise<void> {
  await db.query(
    `update redirect_payments set ${SOON}, noticed_at = now()
      where shop_id = $1 and settleno = $2 and status in ${OPEN}`,
    [shopId, settleno],
  );
}

/** At a person's wish, makes all payments of an order that can change due for a look. */
export async function ringForPerson(
  db: Queryable,
  { shopId, orderNumber }: OrderRef,
): Promise<void> {
  await db.query(
    `update redirect_payments set ${SOON}
      where shop_id = $1 and order_number = $2 and status in ${OPEN}`,
    [shopId, orderNumber],
  );
}
