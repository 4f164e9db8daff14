import { type Decision, type LinkSettings, refuse } from '../commands/decision.ts';
import type { Order } from '../order/order.ts';
import { hasLeft, LEFT_STATUSES, type OrderStatus, PAYMENT_KIND } from '../order/states.ts';
import { isLive } from '../transaction/link.ts';

/**
 * Cancels a transaction left at F-REGI: after a change of status or method with the box off (V4,
 * P2), or after 入金日取消 without a refund (U1). A transaction that the order still uses is cancelled
 * by changing status or method, so that the two stay in step.
 */
export function decideCancelTransaction(order: Order, settings: LinkSettings): Decision {
  const { transaction } = order;
  if (transaction === null || !isLive(transaction.state)) return refuse('nothing_to_cancel');
  if (!settings.linkEnabled) return refuse('link_off');
  if (isInUse(order)) return refuse('transaction_in_use');
  const { amount } = transaction;
  return { kind: 'pursue', goal: 'cancelled', amount, afterwards: null };
}

/** True while the order is paid, or will be paid, by its transaction. */
function isInUse({ paymentKind, status, paidOn, transaction }: Order): boolean {
  if (!PAYMENT_KIND[paymentKind].linked || LEAVING.includes(status)) return false;
  return paidOn !== null || transaction?.state === 'authorized';
}

/** V4, P2: true if F-REGI holds or has captured money for an order that will not use it any more. */
export function isLeftBehind(order: Order): boolean {
  const { transaction, paymentKind } = order;
  if (transaction === null || !isLive(transaction.state)) return false;
  return !PAYMENT_KIND[paymentKind].linked || hasLeft(order);
}

/** V2: the four statuses that can cancel the transaction on entry. */
export const LEAVING: readonly OrderStatus[] = [...LEFT_STATUSES, 'on_hold'];
