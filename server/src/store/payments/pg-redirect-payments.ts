import {
  CLAIM_MS,
  type ClaimedPayment,
  type RedirectPayments,
} from '@renkei/core/ports/redirect-payments.ts';
import { hearRefusal, seePayment } from '@renkei/core/turns/see-payment.ts';
import type { Timing } from '@renkei/core/turns/timing.ts';
import { type Db, timestamp } from '../db/db.ts';
import { loadOrder } from '../orders/order-view.ts';
import { turnOn } from '../orders/pg-store.ts';
import { COLUMNS } from './redirect-payments.ts';

/** The redirect payments on PostgreSQL. */
export function createPgRedirectPayments(db: Db, timing: Timing): RedirectPayments {
  return {
    async claim(limit) {
      const { rows } = await db.query<ClaimedPayment>(CLAIM, [limit, CLAIM_MS]);
      return rows;
    },
    async note({ shopId, settleno, claimedUntil }, seen) {
      const { status, payType, seqno, obstacle, tries, dueAt } = seen;
      await db.query(NOTE, [
        shopId,
        settleno,
        status,
        payType,
        seqno,
        obstacle,
        tries,
        timestamp(dueAt),
        timestamp(claimedUntil),
      ]);
    },
    async tell(ref, seen) {
      return (await turnOn(db, ref, (page) => seePayment(page, seen, timing))).next;
    },
    async tellRefusal(ref, refusal) {
      await turnOn(db, ref, (page) => hearRefusal(page, refusal));
    },
    async loadOrder(ref) {
      return (await loadOrder(db, ref))?.order ?? null;
    },
  };
}

/** To the millisecond: the value comes back for a comparison. */
const CLAIM = `
  update redirect_payments
     set due_at = date_trunc('milliseconds', now()) + $2 * interval '1 millisecond'
   where (shop_id, settleno) in (
     select shop_id, settleno from redirect_payments where due_at <= now()
      order by due_at, settleno limit $1 for update skip locked)
   returning ${COLUMNS}, due_at as "claimedUntil"`;

/** A later due time than the claimed one: another process has it. An earlier one: a notice came. */
const NOTE = `
  update redirect_payments set status = $3, pay_type = $4, seqno = $5, obstacle = $6, tries = $7,
    completed_at = case when $3 = 'completed' then coalesce(completed_at, now())
      else completed_at end,
    checked_at = case when $7 = 0 then now() else checked_at end,
    due_at = case when due_at = $9 then $8 else due_at end
   where shop_id = $1 and settleno = $2 and due_at <= $9`;
