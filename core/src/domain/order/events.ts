import type { MailKind } from '../mails/mail-kinds.ts';
import type { Reason } from '../reasons/index.ts';
import { type Authentication, linkedTo } from '../transaction/authentication.ts';
import type { Goal, Verb } from '../transaction/link.ts';
import {
  afterPaymentEvent,
  isNews,
  isPaymentEvent,
  type PaymentEvent,
  withOrdered,
} from '../transaction/revocation.ts';
import type { Instant, JstDate } from '../values/jst.ts';
import type { Yen } from '../values/yen.ts';
import { applyMovement } from './away.ts';
import type { Movement } from './movement.ts';
import type { Amounts, Lines, MailCounter, Order, Settlement, Transaction } from './order.ts';
import { type OrderPlaced, placed } from './placed.ts';
import {
  afterProposalEvent,
  isProposalEvent,
  type ProposalEvent,
  stillFitting,
} from './proposal.ts';
import type { Shipment } from './shipping.ts';
import type { ErasureCause, Left, OrderStatus, PaymentKind, Unasked } from './states.ts';
import type { Witnesses } from './witnesses.ts';

/**
 * The events of an order: the entries of its journal. An order's state is the replay of its journal
 * and nothing else (promise 5), so every change of state is an entry, in the same transaction. The
 * steps of an operation record the calls to F-REGI.
 */
export type OrderEvent =
  | { readonly kind: 'order_placed'; readonly order: OrderPlaced }
  | {
      readonly kind: 'amounts_edited';
      readonly amounts: Amounts;
      /** All products, if the edit changed them. */
      readonly lines?: Lines;
      /** O4: stock and points that the edit returned or took. Older entries have none. */
      readonly movements?: readonly Movement[];
    }
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
      /** Y1: of a transaction that the step made. Older entries have none. */
      readonly authentication?: Authentication;
    }
  | {
      /** Not our doing: the transaction was found in another state. Never a normal step. */
      readonly kind: 'transaction_corrected';
      readonly evidence: CorrectionEvidence;
      readonly transaction: Transaction;
      /** S6: by a file of the console: who imported it. Older entries have none. */
      readonly told?: Witnesses;
      /** Y1: of another transaction than before. Older entries have none. */
      readonly authentication?: Authentication;
      /** A2: the transaction that the order was linked to before, if it was another one. */
      readonly before?: Pick<Transaction, 'state' | 'seqno' | 'amount'>;
      /** A3: the order now bills the captured amount; `billed` is its former billed amount. */
      readonly adopted?: { readonly billed: Yen; readonly amounts: Amounts };
    }
  | {
      /** D12: another transaction of the slip was cancelled. The order’s own stays as it is. */
      readonly kind: 'stray_moved';
      readonly operationId: string;
      /** `answer`: F-REGI did what we asked; otherwise somebody else moved it. */
      readonly evidence: 'answer' | CorrectionEvidence;
      readonly transaction: Transaction;
    }
  | ({
      /** A person reported what F-REGI's console shows; the next entries say what followed. */
      readonly kind: 'review_answered';
      readonly operationId: string;
      /** Null: none of the slip's transactions is live. */
      readonly found: Pick<Transaction, 'state' | 'seqno' | 'amount'> | null;
    } & Witnesses)
  | {
      readonly kind: 'order_marked_paid';
      readonly paidOn: JstDate;
      /** `confirmed`: F-REGI says that the customer has paid by a redirect payment. */
      readonly gateway: 'captured' | 'not_told' | 'not_concerned' | 'confirmed';
      readonly mail: 'auto' | 'manual';
      /** 発行番号 of the payment that it records; entries of before have none. */
      readonly settleno?: string;
      /** The yen of that payment; entries of before have none. */
      readonly received?: Yen;
    }
  /** O6: corrects a wrong 入金日; `before` is the former date. */
  | { readonly kind: 'paid_on_corrected'; readonly before: JstDate; readonly paidOn: JstDate }
  /** L2, K3: of the payments that the customer makes at F-REGI. */
  | PaymentEvent
  /** F59: of a command that waits for a second person. */
  | ProposalEvent
  /** O3: an amount that moved without the card, as a person recorded it. */
  | ({ readonly kind: 'settled_otherwise' } & Omit<Settlement, 'version'>)
  | {
      readonly kind: 'order_unmarked_paid';
      readonly gateway?: 'cancelled' | Left;
    }
  | {
      readonly kind: 'status_changed';
      readonly to: OrderStatus;
      /** `authorization_asked`: for a pre-order; the transaction shows the result (B2). */
      readonly gateway: GatewayPart | 'authorization_asked';
      /** V6: stock and points that were returned, or taken again. */
      readonly movements?: readonly Movement[];
      /** V6: the customer gets a mail. */
      readonly mail?: boolean;
      /** K3: the 発行番号 of the payments to revoke. */
      readonly revoke?: readonly string[];
    }
  | {
      readonly kind: 'payment_method_changed';
      readonly paymentKind: PaymentKind;
      readonly paymentMethod: string;
      readonly gateway: GatewayPart;
      /** True if the payment by the former method was refunded and the order is 未入金 again. */
      readonly unpaid: boolean;
    }
  | {
      readonly kind: 'order_shipped';
      readonly shipments: readonly Shipment[];
      /** True if every destination has been shipped to. */
      readonly complete: boolean;
      readonly mail: 'auto' | 'manual';
    }
  | { readonly kind: 'cancel_requested'; readonly message: string }
  | { readonly kind: 'cancel_request_dismissed' }
  /** H6: the customer's name, addresses and texts are gone; money and proof stay. */
  | { readonly kind: 'customer_erased'; readonly cause: ErasureCause }
  | { readonly kind: 'payment_mail_sent'; readonly at: Instant }
  | { readonly kind: 'mail_sent'; readonly mail: MailKind; readonly at: Instant };

/** The evidence that a transaction is in another state than we knew. */
export type CorrectionEvidence = 'refusal' | 'inquiry' | 'console_csv' | 'person';

/** The effect of our change on the transaction at F-REGI. */
type GatewayPart = 'cancelled' | Unasked;

/** Returns what an event moves outside of Renkei. */
export function movementsOf(event: OrderEvent): readonly Movement[] {
  return 'movements' in event ? (event.movements ?? []) : [];
}

/** True for events after which a person need not look again before the next command. */
function needsNoSight(event: OrderEvent): boolean {
  if (isPaymentEvent(event)) return isNews(event);
  if (isProposalEvent(event)) return true; // the order itself is as before
  return event.kind === 'mail_sent' || event.kind === 'payment_mail_sent';
}

/** Returns the order after an event. Pure; no other code changes an order's state. */
export function applyEvent(order: Order, event: OrderEvent): Order {
  const next = applyToState(order, event);
  if (event.kind === 'order_placed') return next;
  const version = order.version + 1;
  return { ...next, version, changedIn: needsNoSight(event) ? order.changedIn : version };
}

/** Replays a journal from its first entry. Throws if that is not `order_placed`. */
export function replay(journal: readonly OrderEvent[]): Order {
  const [first, ...rest] = journal;
  if (first?.kind !== 'order_placed') throw new Error('a journal must begin with order_placed');
  return rest.reduce(applyEvent, placed(first.order));
}

function applyToState(order: Order, event: OrderEvent): Order {
  if (isProposalEvent(event)) return { ...order, proposal: afterProposalEvent(order, event) };
  if (isPaymentEvent(event)) return { ...order, ...afterPaymentEvent(order, event) };
  switch (event.kind) {
    case 'order_placed':
      return placed(event.order);
    case 'amounts_edited':
      return { ...order, amounts: event.amounts, lines: event.lines ?? order.lines };
    case 'cancel_requested':
    case 'cancel_request_dismissed':
    case 'review_answered':
    case 'operation_accepted':
    case 'operation_ended':
    case 'mail_sent':
    case 'stray_moved':
      return order;
    case 'transaction_moved':
      return { ...order, ...linkedTo(order, event) };
    case 'transaction_corrected': {
      const amounts = event.adopted?.amounts ?? order.amounts;
      const proposal = event.adopted ? order.proposal : stillFitting(order, event.transaction);
      return { ...order, ...linkedTo(order, event), amounts, proposal };
    }
    case 'order_marked_paid':
      return {
        ...order,
        paidOn: event.paidOn,
        paidAtStore: event.received ?? null,
        paymentMail: { ...order.paymentMail, sending: event.mail },
      };
    case 'paid_on_corrected':
      return { ...order, paidOn: event.paidOn };
    case 'settled_otherwise': {
      const { kind: _kind, ...settled } = event;
      const settlement = { version: order.version + 1, ...settled };
      return { ...order, settlements: [...order.settlements, settlement] };
    }
    case 'order_unmarked_paid':
      return { ...order, ...UNPAID };
    case 'status_changed':
      return movementsOf(event).reduce(applyMovement, {
        ...order,
        status: event.to,
        redirects: withOrdered(order.redirects, event.revoke ?? []),
      });
    case 'payment_method_changed': {
      const { paymentKind, paymentMethod, unpaid } = event;
      return { ...order, paymentKind, paymentMethod, ...(unpaid ? UNPAID : {}) };
    }
    case 'order_shipped':
      return { ...order, shipped: event.complete };
    case 'customer_erased':
      return { ...order, customerErased: true };
    case 'payment_mail_sent':
      return { ...order, paymentMail: countMail(order.paymentMail, event.at) };
    default:
      return event satisfies never;
  }
}

/** 未入金 */
const UNPAID = { paidOn: null, paidAtStore: null };

function countMail(counter: MailCounter, at: Instant): MailCounter {
  return { ...counter, sentCount: counter.sentCount + 1, lastSentAt: at };
}
