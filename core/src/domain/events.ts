import type { Goal, Verb } from './link.ts';
import type { MailKind } from './mail-kinds.ts';
import type {
  Amounts,
  Instant,
  JstDate,
  Lines,
  MailCounter,
  Order,
  Settlement,
  Transaction,
} from './order.ts';
import type { Reason } from './reasons/index.ts';
import type { Shipment } from './shipping.ts';
import type { Left, OrderStatus, PaymentKind, Unasked } from './states.ts';
import { type Yen, yen } from './yen.ts';

/**
 * What happened to an order: the entries of its journal. An order's state is the replay of its
 * journal and nothing else (promise 5), so every change of state is an entry, in the same
 * transaction. The calls to F-REGI themselves are the steps of the operation.
 */
export type OrderEvent =
  | { readonly kind: 'order_placed'; readonly order: OrderPlaced }
  | {
      readonly kind: 'amounts_edited';
      readonly amounts: Amounts;
      /** All products, where they were edited, too. */
      readonly lines?: Lines;
      /** O4: what the edit gave back to stock and points, or took. Entries of before have none. */
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
    }
  | {
      /** Not our doing: the transaction was found in another state. Never a normal step. */
      readonly kind: 'transaction_corrected';
      readonly evidence: CorrectionEvidence;
      readonly transaction: Transaction;
      /** A2: what the order was linked to before, where that is another transaction. */
      readonly before?: Pick<Transaction, 'state' | 'seqno' | 'amount'>;
      /** A3: the order bills what F-REGI has captured; `billed` is what it billed before. */
      readonly adopted?: { readonly billed: Yen; readonly amounts: Amounts };
    }
  | {
      /** D12: another transaction of the slip was cancelled. The order’s own stays as it is. */
      readonly kind: 'stray_moved';
      readonly operationId: string;
      /** `answer`: F-REGI did what we asked; else somebody else has moved it. */
      readonly evidence: 'answer' | CorrectionEvidence;
      readonly transaction: Transaction;
    }
  | ({
      /** A person has told what F-REGI's console shows; what it came to, the next entries say. */
      readonly kind: 'review_answered';
      readonly operationId: string;
      /** Null: none of the slip's transactions is live. */
      readonly found: Pick<Transaction, 'state' | 'seqno' | 'amount'> | null;
    } & Witnesses)
  | {
      readonly kind: 'order_marked_paid';
      readonly paidOn: JstDate;
      /** `confirmed`: F-REGI says that the customer has paid, by a redirect payment. */
      readonly gateway: 'captured' | 'not_told' | 'not_concerned' | 'confirmed';
      readonly mail: 'auto' | 'manual';
    }
  /** O6: the 入金日 was wrong; `before` is what it was. */
  | { readonly kind: 'paid_on_corrected'; readonly before: JstDate; readonly paidOn: JstDate }
  /** O3: an amount that the card did not move, as somebody has recorded it. */
  | ({ readonly kind: 'settled_otherwise' } & Omit<Settlement, 'version'>)
  | {
      readonly kind: 'order_unmarked_paid';
      readonly gateway?: 'cancelled' | Left;
    }
  | {
      readonly kind: 'status_changed';
      readonly to: OrderStatus;
      /** `authorization_asked`: of a pre-order; how it went, the transaction tells (B2). */
      readonly gateway: GatewayPart | 'authorization_asked';
      /** V6: what went back to stock and points, or was taken again. */
      readonly movements?: readonly Movement[];
      /** V6: the customer is told by mail. */
      readonly mail?: boolean;
    }
  | {
      readonly kind: 'payment_method_changed';
      readonly paymentKind: PaymentKind;
      readonly paymentMethod: string;
      readonly gateway: GatewayPart;
      /** The payment by the former method was refunded: the order is 未入金 again. */
      readonly unpaid: boolean;
    }
  | {
      readonly kind: 'order_shipped';
      readonly shipments: readonly Shipment[];
      /** Every destination has been sent to. */
      readonly complete: boolean;
      readonly mail: 'auto' | 'manual';
    }
  | { readonly kind: 'cancel_requested'; readonly message: string }
  | { readonly kind: 'cancel_request_dismissed' }
  | { readonly kind: 'payment_mail_sent'; readonly at: Instant }
  | { readonly kind: 'mail_sent'; readonly mail: MailKind; readonly at: Instant };

/** Who found it; and, of another amount than was to be expected, who found the same. */
export type Witnesses = { readonly by: Person; readonly confirmedBy: Person | null };

/** An order as it came in: its first version. */
export type OrderPlaced = Omit<Order, 'changedIn' | 'settlements'>;

type Person = { readonly id: string; readonly name: string };

/** What tells that a transaction is in another state than we knew. */
export type CorrectionEvidence = 'refusal' | 'inquiry' | 'console_csv' | 'person';

/** What became of the transaction at F-REGI with a change on our side. */
type GatewayPart = 'cancelled' | Unasked;

/** So many pieces of a product. */
export type StockItem = {
  readonly productCode: string;
  readonly variation: string;
  readonly quantity: number;
};

/**
 * What moves outside of Renkei with a change of status (V6) or an edit (O4): other systems keep
 * stock and points, and read it from here. Points are worth one yen each.
 */
export type Movement =
  | {
      readonly of: 'stock';
      readonly direction: 'returned' | 'taken';
      readonly items: readonly StockItem[];
    }
  | { readonly of: 'points'; readonly direction: 'returned' | 'taken'; readonly points: Yen };

/** What an event moves outside of Renkei. */
export function movementsOf(event: OrderEvent): readonly Movement[] {
  return 'movements' in event ? (event.movements ?? []) : [];
}

/** What makes a version, and changes nothing that anybody has to see before the next. */
const MAILED: readonly OrderEvent['kind'][] = ['mail_sent', 'payment_mail_sent'];

/** The state after an event. Pure; the only place where an order's state changes. */
export function applyEvent(order: Order, event: OrderEvent): Order {
  const next = applyToState(order, event);
  if (event.kind === 'order_placed') return next;
  const version = order.version + 1;
  return { ...next, version, changedIn: MAILED.includes(event.kind) ? order.changedIn : version };
}

/** Replays a journal from its first entry. Throws if it does not begin with `order_placed`. */
export function replay(journal: readonly OrderEvent[]): Order {
  const [first, ...rest] = journal;
  if (first?.kind !== 'order_placed') throw new Error('a journal begins with order_placed');
  return rest.reduce(applyEvent, placed(first.order));
}

function applyToState(order: Order, event: OrderEvent): Order {
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
      return { ...order, transaction: event.transaction };
    case 'transaction_corrected': {
      const { transaction, adopted } = event;
      return { ...order, transaction, amounts: adopted?.amounts ?? order.amounts };
    }
    case 'order_marked_paid':
      return { ...order, paidOn: event.paidOn, paymentMail: sending(order, event.mail) };
    case 'paid_on_corrected':
      return { ...order, paidOn: event.paidOn };
    case 'settled_otherwise': {
      const { kind: _kind, ...settled } = event;
      const settlement = { version: order.version + 1, ...settled };
      return { ...order, settlements: [...order.settlements, settlement] };
    }
    case 'order_unmarked_paid':
      return { ...order, paidOn: null };
    case 'status_changed':
      return movementsOf(event).reduce(applyMovement, { ...order, status: event.to });
    case 'payment_method_changed': {
      const { paymentKind, paymentMethod, unpaid } = event;
      return { ...order, paymentKind, paymentMethod, paidOn: unpaid ? null : order.paidOn };
    }
    case 'order_shipped':
      return { ...order, shipped: event.complete };
    case 'payment_mail_sent':
      return { ...order, paymentMail: countMail(order.paymentMail, event.at) };
    default:
      return event satisfies never;
  }
}

function placed(order: OrderPlaced): Order {
  return { ...order, changedIn: order.version, settlements: [] };
}

function applyMovement(order: Order, movement: Movement): Order {
  const returned = movement.direction === 'returned';
  if (movement.of === 'stock') return { ...order, stockReturned: returned };
  return { ...order, pointsReturned: returned ? movement.points : yen(0) };
}

function sending(order: Order, mail: 'auto' | 'manual'): MailCounter {
  return { ...order.paymentMail, sending: mail };
}

function countMail(counter: MailCounter, at: Instant): MailCounter {
  return { ...counter, sentCount: counter.sentCount + 1, lastSentAt: at };
}
