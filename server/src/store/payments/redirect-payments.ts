import type { OrderRef } from '@renkei/core/domain/order.ts';
import type { RedirectPayment } from '@renkei/core/ports/redirect-payments.ts';
import { jsonOf } from '../db/codec.ts';
import type { Queryable } from '../db/db.ts';

/** Of a payment, as it is shown. */
export const COLUMNS = `shop_id as "shopId", order_number as "orderNumber", settleno, amount, status,
  pay_type as "payType", seqno, obstacle, noticed_at as "noticedAt", checked_at as "checkedAt",
  tries`;

/** The payment that was issued last for a row of `orders`, as JSON. */
export const REDIRECT_PAYMENT_JSON = `(
  select ${jsonOf('payment', 'noticedAt', 'checkedAt')} from (
    select ${COLUMNS} from redirect_payments r
     where r.shop_id = orders.shop_id and r.order_number = orders.order_number
     order by settleno desc limit 1) as payment)`;

/** The payment that was issued last for an order; null where there is none. */
export async function loadRedirectPayment(
  db: Queryable,
  { shopId, orderNumber }: OrderRef,
): Promise<RedirectPayment | null> {
  const { rows } = await db.query<RedirectPayment>({
    name: 'select-redirect-payment',
    text: `select ${COLUMNS} from redirect_payments where shop_id = $1 and order_number = $2
            order by settleno desc limit 1`,
    values: [shopId, orderNumber],
  });
  return rows[0] ?? null;
}

/**
 * Makes somebody look at a payment soon: it was noticed, or a person wants to know. Not more often
 * than every few seconds, whoever rings. False where there is nothing to look at.
 */
export async function ringRedirectPayment(
  db: Queryable,
  shopId: string,
  settleno: string,
  how: 'notice' | 'person',
): Promise<boolean> {
  const { rowCount } = await db.query(
    `update redirect_payments set
       due_at = greatest(now(), checked_at + interval '3 seconds'),
       noticed_at = case when $3 = 'notice' then now() else noticed_at end
      where shop_id = $1 and settleno = $2
        and status in ('issued', 'started', 'interrupted')`,
    [shopId, settleno, how],
  );
  return rowCount === 1;
}
