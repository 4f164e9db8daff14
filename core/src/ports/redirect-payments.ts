import type { Instant, Order, OrderRef } from '../domain/order.ts';
import type { Reason } from '../domain/reasons/index.ts';
import type { RedirectStatus } from '../domain/redirect.ts';
import type { Yen } from '../domain/yen.ts';

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

/** `claimedUntil`: until then nobody else takes it; and what tells a later claim from this one. */
export type ClaimedPayment = RedirectPayment & { readonly claimedUntil: Instant };

/** What a look has shown, and when to look again: null for never. */
export type LookedPayment = Pick<
  RedirectPayment,
  'status' | 'payType' | 'seqno' | 'obstacle' | 'tries'
> & { readonly dueAt: Instant | null };

/** The port to the redirect payments that are written down. */
export type RedirectPayments = {
  /** Takes payments that are to be looked at; nobody else takes them for {@link CLAIM_MS}. */
  claim(limit: number): Promise<ClaimedPayment[]>;
  /**
   * Writes what a look has shown. Nothing where another has taken the payment since, for its look
   * is newer; and whoever has rung in the meantime is still answered by another look.
   */
  note(payment: ClaimedPayment, seen: LookedPayment): Promise<void>;
  loadOrder(ref: OrderRef): Promise<Order | null>;
};

export const CLAIM_MS = 120_000;
