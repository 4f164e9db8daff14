import type { Instant, OrderRef } from '../domain/order.ts';
import type { Reason } from '../domain/reasons.ts';
import type { RedirectStatus } from '../domain/redirect.ts';
import type { Yen } from '../domain/yen.ts';
import { type Queryable, timestamp } from './db.ts';
import { jsonOf } from './rows.ts';

/** A payment that was issued at F-REGI for an order, as it was last seen there. */
export type RedirectPayment = OrderRef & {
  /** 発行番号 */
  readonly settleno: string;
  readonly amount: Yen;
  readonly status: RedirectStatus;
  readonly payType: string | null;
  readonly seqno: string | null;
  readonly obstacle: Reason | null;
  readonly noticedAt: Instant | null;
  readonly checkedAt: Instant | null;
  readonly tries: number;
};

const COLUMNS = `shop_id as "shopId", order_number as "orderNumber", settleno, amount, status,
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

/** Takes payments that are to be looked at; nobody else takes them for two minutes. */
export async function claimRedirectPayments(
  db: Queryable,
  limit: number,
): Promise<RedirectPayment[]> {
  const { rows } = await db.query<RedirectPayment>(
    `update redirect_payments set due_at = now() + interval '2 minutes'
      where (shop_id, settleno) in (
        select shop_id, settleno from redirect_payments where due_at <= now()
         order by due_at limit $1 for update skip locked)
      returning ${COLUMNS}`,
    [limit],
  );
  return rows;
}

/** What a look has shown, and when to look again: null for never. */
export async function noteRedirectPayment(
  db: Queryable,
  { shopId, settleno }: RedirectPayment,
  seen: Pick<RedirectPayment, 'status' | 'payType' | 'seqno' | 'obstacle' | 'tries'> & {
    readonly dueAt: Instant | null;
  },
): Promise<void> {
  const { status, payType, seqno, obstacle, tries, dueAt } = seen;
  await db.query(
    `update redirect_payments set status = $3, pay_type = $4, seqno = $5, obstacle = $6, tries = $7,
       checked_at = case when $7 = 0 then now() else checked_at end, due_at = $8
      where shop_id = $1 and settleno = $2`,
    [shopId, settleno, status, payType, seqno, obstacle, tries, timestamp(dueAt)],
  );
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
