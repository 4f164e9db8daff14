import { type Decision, type LinkSettings, refuse } from '../command.ts';
import { isLive, nextAsk, type Verb } from '../link.ts';
import type { Order } from '../order.ts';
import type { Reason } from '../reasons/index.ts';
import { type OrderStatus, PAYMENT_KIND } from '../states.ts';

/** V5, S1: what F-REGIの取引情報を取り消す would come to for an order. */
export type Cancelling =
  | { readonly kind: 'ask'; readonly verb: Verb }
  /** V5: nothing is held or taken any more, or never was. */
  | { readonly kind: 'nothing_to_cancel' }
  | { readonly kind: 'refuse'; readonly reason: Reason };

/** What there is to cancel at F-REGI, if anything: void or refund, by the table (V2, V5). */
export function cancelling({ transaction }: Order, { linkEnabled }: LinkSettings): Cancelling {
  if (transaction === null) return { kind: 'nothing_to_cancel' };
  const { state, amount } = transaction;
  const next = nextAsk(state, amount, 'cancelled', amount);
  if (next === 'reached' || next === 'no_way') return { kind: 'nothing_to_cancel' };
  return linkEnabled ? { kind: 'ask', verb: next } : { kind: 'refuse', reason: 'link_off' };
}

/**
 * Cancels what was left at F-REGI: after a change of status or of method with the box off (V4, P2),
 * or after 入金日取消 without a refund (U1). A transaction that the order still lives on is
 * cancelled by changing status or method, so that the two cannot fall apart.
 */
export function decideCancelTransaction(order: Order, settings: LinkSettings): Decision {
  const { transaction } = order;
  if (transaction === null || !isLive(transaction.state)) return refuse('nothing_to_cancel');
  if (!settings.linkEnabled) return refuse('link_off');
  if (isInUse(order)) return refuse('transaction_in_use');
  const { amount } = transaction;
  return { kind: 'pursue', goal: 'cancelled', amount, afterwards: null };
}

/** True while the order is to be paid, or is paid, by its transaction. */
function isInUse({ paymentKind, status, paidOn, transaction }: Order): boolean {
  if (!PAYMENT_KIND[paymentKind].linked || LEAVING.includes(status)) return false;
  return paidOn !== null || transaction?.state === 'authorized';
}

/** V2: the four statuses on whose way in the transaction can be cancelled. */
export const LEAVING: readonly OrderStatus[] = [
  'cancelled',
  'returned',
  'uncollectible',
  'on_hold',
];
