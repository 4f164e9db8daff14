import type { Goal, Verb } from './link.ts';
import type { Amounts, Instant, JstDate, MailCounter, Order, Transaction } from './order.ts';
import type { Reason } from './reasons.ts';
import type { OrderStatus } from './states.ts';
import type { Yen } from './yen.ts';

/**
 * What happened to an order: the entries of its journal. An order's state is the replay of its
 * journal and nothing else (promise 5), so every change of state is an entry, in the same
 * transaction. The calls to F-REGI themselves are the steps of the operation.
 */
export type OrderEvent =
  | { readonly kind: 'order_placed'; readonly order: Order }
  | { readonly kind: 'amounts_edited'; readonly amounts: Amounts }
  | {
      readonly kind: 'operation_accepted';
      readonly operationId: string;
      readonly goal: Goal;
      readonly amount: Yen;
    }
  | {
      readonly kind: 'operation_ended';
      readonly operationId: string;
      readonly outcome: 'succeeded' | 'declined' | 'not_sent';
      readonly reason: Reason | null;
    }
  | {
      /** A normal step: F-REGI did what we asked. */
      readonly kind: 'transaction_moved';
      readonly operationId: string;
      readonly verb: Verb;
      readonly transaction: Transaction;
    }
  | {
      /** Not our doing: the transaction was found in another state. Never a normal step. */
      readonly kind: 'transaction_corrected';
      readonly evidence: 'refusal' | 'inquiry' | 'person';
      readonly transaction: Transaction;
    }
  | {
      readonly kind: 'order_marked_paid';
      readonly paidOn: JstDate;
      readonly gateway: 'captured' | 'not_told' | 'not_concerned';
      readonly mail: 'auto' | 'manual';
    }
  | { readonly kind: 'order_unmarked_paid' }
  | {
      readonly kind: 'status_changed';
      readonly to: OrderStatus;
      readonly gateway: 'cancelled' | 'left_alone' | 'nothing_to_cancel' | 'not_concerned';
    }
  | { readonly kind: 'payment_mail_sent'; readonly at: Instant };

/** The state after an event. Pure; the only place where an order's state changes. */
export function applyEvent(order: Order, event: OrderEvent): Order {
  const next = applyToState(order, event);
  return event.kind === 'order_placed' ? next : { ...next, version: order.version + 1 };
}

/** Replays a journal from its first entry. Throws if it does not begin with `order_placed`. */
export function replay(journal: readonly OrderEvent[]): Order {
  const [first, ...rest] = journal;
  if (first?.kind !== 'order_placed') throw new Error('a journal begins with order_placed');
  return rest.reduce(applyEvent, first.order);
}

function applyToState(order: Order, event: OrderEvent): Order {
  switch (event.kind) {
    case 'order_placed':
      return event.order;
    case 'amounts_edited':
      return { ...order, amounts: event.amounts };
    case 'operation_accepted':
    case 'operation_ended':
      return order;
    case 'transaction_moved':
    case 'transaction_corrected':
      return { ...order, transaction: event.transaction };
    case 'order_marked_paid':
      return { ...order, paidOn: event.paidOn, paymentMail: sending(order, event.mail) };
    case 'order_unmarked_paid':
      return { ...order, paidOn: null };
    case 'status_changed':
      return { ...order, status: event.to };
    case 'payment_mail_sent':
      return { ...order, paymentMail: countMail(order.paymentMail, event.at) };
    default:
      return event satisfies never;
  }
}

function sending(order: Order, mail: 'auto' | 'manual'): MailCounter {
  return { ...order.paymentMail, sending: mail };
}

function countMail(counter: MailCounter, at: Instant): MailCounter {
  return { ...counter, sentCount: counter.sentCount + 1, lastSentAt: at };
}
