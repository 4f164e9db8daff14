import type { LinkSettings } from '../commands/decision.ts';
import type { OrderEvent } from '../order/events.ts';
import type { Order, Transaction } from '../order/order.ts';
import { type Left, PAYMENT_KIND, UNASKED, type Unasked } from '../order/states.ts';
import type { Reason } from '../reasons/index.ts';
import { isLive, nextAsk, type Verb } from './link.ts';

/**
 * The effect of an order's change on the transaction at F-REGI. It is decided here only: the rules
 * write it into the journal, both previews read it from the decision, and the screens show it.
 */

/**
 * V4, P2, U1: money held or captured at F-REGI stays there, whatever the order's payment method.
 * Without such money a card order has nothing to cancel.
 */
export function leftBy({ transaction, paymentKind }: Order): Left {
  if (transaction !== null && isLive(transaction.state)) return 'left_alone';
  return PAYMENT_KIND[paymentKind].linked ? 'nothing_to_cancel' : 'not_concerned';
}

/** C11: F-REGI is not told of the shop's own change; for other methods it is not concerned. */
export function untold({ paymentKind }: Order): 'not_told' | 'not_concerned' {
  return PAYMENT_KIND[paymentKind].linked ? 'not_told' : 'not_concerned';
}

/** V5, S1: the effect of F-REGIの取引情報を取り消す on an order. */
export type Cancelling =
  | { readonly kind: 'ask'; readonly verb: Verb; readonly transaction: Transaction }
  /** V5: F-REGI holds no money any more, or never did. */
  | { readonly kind: 'nothing_to_cancel' }
  | { readonly kind: 'refuse'; readonly reason: Reason };

/** Returns the call that cancels the transaction, if any: void or refund, by the table (V2, V5). */
export function cancelling({ transaction }: Order, { linkEnabled }: LinkSettings): Cancelling {
  if (transaction === null) return { kind: 'nothing_to_cancel' };
  const { state, amount } = transaction;
  const next = nextAsk(state, amount, 'cancelled', amount);
  if (next === 'reached' || next === 'no_way') return { kind: 'nothing_to_cancel' };
  if (!linkEnabled) return { kind: 'refuse', reason: 'link_off' };
  return { kind: 'ask', verb: next, transaction };
}

/** Returns F-REGI's part of an event that is recorded without a call, for the preview. */
export function unaskedOf(order: Order, event: OrderEvent): Unasked {
  const gateway = 'gateway' in event ? event.gateway : undefined;
  return UNASKED.find((one) => one === gateway) ?? untold(order);
}

/**
 * Returns a journal, from its first entry, as the history shows it. Older journals say `left_alone`
 * for every card order; the order's transaction at that time shows whether money was left. Facts
 * that the journal does not show stay as written.
 */
export function toldOf(journal: readonly OrderEvent[]): OrderEvent[] {
  let before: Transaction | null | undefined;
  return journal.map((event) => {
    const told = toldWith(event, before);
    before = transactionAfter(event, before);
    return told;
  });
}

function toldWith(event: OrderEvent, before: Transaction | null | undefined): OrderEvent {
  if (event.kind !== 'status_changed' || event.gateway !== 'left_alone') return event;
  const isLeft = before === undefined || (before !== null && isLive(before.state));
  return isLeft ? event : { ...event, gateway: 'nothing_to_cancel' };
}

function transactionAfter(event: OrderEvent, before: Transaction | null | undefined) {
  switch (event.kind) {
    case 'order_placed':
      return event.order.transaction;
    case 'transaction_moved':
    case 'transaction_corrected':
      return event.transaction;
    default:
      return before;
  }
}
