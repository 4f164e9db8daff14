import type { LinkSettings } from './command.ts';
import type { OrderEvent } from './events.ts';
import { isLive, nextAsk, type Verb } from './link.ts';
import type { Order, Transaction } from './order.ts';
import type { Reason } from './reasons/index.ts';
import { type Left, PAYMENT_KIND, UNASKED, type Unasked } from './states.ts';

/**
 * What becomes of the transaction at F-REGI with a change of the order. Decided here only: the
 * rules write it into the journal, both previews read it out of the decision, and the screens show
 * what they are given.
 */

/**
 * V4, P2, U1: money that F-REGI holds or has taken stays there, by whatever method the order is
 * to be paid; where it holds none, a card order has nothing to cancel.
 */
export function leftBy({ transaction, paymentKind }: Order): Left {
  if (transaction !== null && isLive(transaction.state)) return 'left_alone';
  return PAYMENT_KIND[paymentKind].linked ? 'nothing_to_cancel' : 'not_concerned';
}

/** C11: of a change that is the shop's own matter, F-REGI is not told; nor is it concerned. */
export function untold({ paymentKind }: Order): 'not_told' | 'not_concerned' {
  return PAYMENT_KIND[paymentKind].linked ? 'not_told' : 'not_concerned';
}

/** V5, S1: what F-REGIの取引情報を取り消す would come to for an order. */
export type Cancelling =
  | { readonly kind: 'ask'; readonly verb: Verb; readonly transaction: Transaction }
  /** V5: nothing is held or taken any more, or never was. */
  | { readonly kind: 'nothing_to_cancel' }
  | { readonly kind: 'refuse'; readonly reason: Reason };

/** What there is to cancel at F-REGI, if anything: void or refund, by the table (V2, V5). */
export function cancelling({ transaction }: Order, { linkEnabled }: LinkSettings): Cancelling {
  if (transaction === null) return { kind: 'nothing_to_cancel' };
  const { state, amount } = transaction;
  const next = nextAsk(state, amount, 'cancelled', amount);
  if (next === 'reached' || next === 'no_way') return { kind: 'nothing_to_cancel' };
  if (!linkEnabled) return { kind: 'refuse', reason: 'link_off' };
  return { kind: 'ask', verb: next, transaction };
}

/** What the preview says of F-REGI, of an event that is recorded without asking it. */
export function unaskedOf(order: Order, event: OrderEvent): Unasked {
  const gateway = 'gateway' in event ? event.gateway : undefined;
  return UNASKED.find((one) => one === gateway) ?? untold(order);
}

/**
 * A journal from its first entry, as the history tells it. Journals from before this rule say
 * `left_alone` of every card order; the transaction that the order had then shows whether anything
 * was left. What the journal does not show stays as it was written.
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
