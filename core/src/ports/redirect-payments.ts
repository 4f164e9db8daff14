import type { Order, OrderRef } from '../domain/order/order.ts';
import type { Reason } from '../domain/reasons/index.ts';
import type { RedirectSeen, RedirectStatus } from '../domain/transaction/redirect.ts';
import type { Instant } from '../domain/values/jst.ts';
import type { Yen } from '../domain/values/yen.ts';
import type { hearRefusal, PaymentNext } from '../turns/see-payment.ts';

/** A payment issued at F-REGI for an order, as last seen there. */
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
  /** When F-REGI was first seen to say that it is complete. */
  readonly completedAt: Instant | null;
};

/** `claimedUntil`: until then no other process takes it; it also tells two claims apart. */
export type ClaimedPayment = RedirectPayment & { readonly claimedUntil: Instant };

/** The result of a look, and the instant of the next look; null for never. */
export type LookedPayment = Pick<
  RedirectPayment,
  'status' | 'payType' | 'seqno' | 'obstacle' | 'tries'
> & { readonly dueAt: Instant | null };

/** The port to the stored redirect payments. */
export type RedirectPayments = {
  /** Claims payments that are due for a look, for {@link CLAIM_MS}. */
  claim(limit: number): Promise<ClaimedPayment[]>;
  /**
   * Writes the result of a look. Does nothing if another process has claimed the payment since,
   * because its look is newer. A notice that arrived meanwhile still gets another look.
   */
  note(payment: ClaimedPayment, seen: LookedPayment): Promise<void>;
  loadOrder(ref: OrderRef): Promise<Order | null>;
  /**
   * Writes into the order's journal what F-REGI says of a payment, where that is not told yet, and
   * the next call of an ordered 発行取消. Resolves to the work after the commit.
   */
  tell(ref: OrderRef, seen: RedirectSeen): Promise<PaymentNext>;
  /** Writes into the order's journal that F-REGI has refused the n-th call of 発行取消. */
  tellRefusal(ref: OrderRef, refusal: Parameters<typeof hearRefusal>[1]): Promise<void>;
};

export const CLAIM_MS = 120_000;
