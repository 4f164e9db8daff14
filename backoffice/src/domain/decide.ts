import type { OrderEvent } from './events.ts';
import { asksToGoal, type Cell, type Goal, LINK, nextAsk } from './link.ts';
import type { Amounts, JstDate, Order } from './order.ts';
import { billedOf, totalOf } from './order.ts';
import type { Reason } from './reasons.ts';
import { ORDER_STATUS, type OrderStatus, PAYMENT_KIND, type TransactionState } from './states.ts';
import { CARD_YEN_MAX, CARD_YEN_MIN, type Yen } from './yen.ts';

/** What an operator or a program asks of an order. */
export type Command =
  | {
      readonly kind: 'mark_paid';
      readonly paidOn: JstDate;
      readonly mail: 'auto' | 'manual';
      /** C5: record as paid although F-REGI cannot be told. */
      readonly withoutGateway: boolean;
      /** The unpaid list takes orders in processing only (L2); the detail takes more (C7). */
      readonly from: 'detail' | 'unpaid_list';
    }
  | { readonly kind: 'unmark_paid' }
  | {
      readonly kind: 'change_status';
      readonly to: OrderStatus;
      /** V1: F-REGIの取引情報を取り消す */
      readonly cancelTransaction: boolean;
    }
  | { readonly kind: 'edit_amounts'; readonly amounts: Amounts }
  | {
      readonly kind: 'authorize';
      /** A single-use card token; null to charge the card registered as 顧客番号. */
      readonly cardToken: string | null;
    };

/** The shop's settings that decisions rest on. */
export type LinkSettings = {
  /** S1: F-REGI自動連携 */
  readonly linkEnabled: boolean;
};

/** What the shop records of its own once the goal is reached, in the same transaction. */
export type Afterwards = Extract<OrderEvent, { kind: 'order_marked_paid' | 'status_changed' }>;

export type Decision =
  | { readonly kind: 'refuse'; readonly reason: Reason; readonly because: Reason | null }
  | { readonly kind: 'record'; readonly event: OrderEvent }
  | {
      readonly kind: 'pursue';
      readonly goal: Goal;
      /** What F-REGI is to hold or take at the end: the billed amount (C2). */
      readonly amount: Yen;
      readonly afterwards: Afterwards | null;
    };

/**
 * The rules of the shop: what a command on an order comes to. Pure; `today` is the JST date.
 * Whether another operation is open, and whether the order is as it was shown, is asked before.
 */
export function decide(
  order: Order,
  command: Command,
  settings: LinkSettings,
  today: JstDate,
): Decision {
  switch (command.kind) {
    case 'mark_paid':
      return decideMarkPaid(order, command, settings, today);
    case 'unmark_paid':
      // U1: F-REGI stays as it is, and is not called.
      return order.paidOn === null ? refuse('not_paid') : record({ kind: 'order_unmarked_paid' });
    case 'change_status':
      return decideChangeStatus(order, command, settings);
    case 'edit_amounts':
      return decideEditAmounts(order, command.amounts);
    case 'authorize':
      return decideAuthorize(order, command.cardToken, settings);
    default:
      return command satisfies never;
  }
}

type MarkPaid = Extract<Command, { kind: 'mark_paid' }>;
type ChangeStatus = Extract<Command, { kind: 'change_status' }>;

function decideMarkPaid(
  order: Order,
  command: MarkPaid,
  settings: LinkSettings,
  today: JstDate,
): Decision {
  if (order.paidOn !== null) return refuse('already_paid');
  if (!PAYABLE[command.from].includes(order.status)) return refuse('status_not_payable');
  if (command.paidOn > today) return refuse('paid_on_in_future');

  const paid = (gateway: 'captured' | 'not_told' | 'not_concerned'): Afterwards => ({
    kind: 'order_marked_paid',
    paidOn: command.paidOn,
    gateway,
    mail: command.mail,
  });
  if (!PAYMENT_KIND[order.paymentKind].linked) return record(paid('not_concerned')); // C11
  if (!settings.linkEnabled) return record(paid('not_told')); // S1, C11

  const billed = billedOf(order.amounts);
  const linkable = canCapture(order.transaction?.state);
  if (!linkable && command.withoutGateway) return record(paid('not_told')); // C5
  if (!linkable) return refuse('gateway_not_linkable', whyNotLinkable(order.transaction?.state));
  if (command.withoutGateway) return refuse('gateway_linkable');
  const wrong = cardAmountRefusal(billed);
  if (wrong) return refuse(wrong);
  return { kind: 'pursue', goal: 'captured', amount: billed, afterwards: paid('captured') }; // C1, C2
}

/** L2, C7: where an order may stand to be marked paid. */
const PAYABLE: Record<MarkPaid['from'], readonly OrderStatus[]> = {
  unpaid_list: ['processing'],
  detail: ['processing', 'on_hold', 'completed'],
};

function canCapture(state: TransactionState | undefined): boolean {
  return state !== undefined && LINK[state].captured === 'capture';
}

/** C3: F-REGI takes 2 to 9,999,999 yen by card. Null if the amount can be captured. */
export function cardAmountRefusal(billed: Yen): Reason | null {
  if (billed === 0) return 'amount_zero';
  if (billed < CARD_YEN_MIN) return 'amount_one';
  return billed > CARD_YEN_MAX ? 'amount_too_large' : null;
}

/** C6: why a transaction cannot be captured, in the manual's terms. */
function whyNotLinkable(state: TransactionState | undefined): Reason {
  switch (state) {
    case 'captured_untransmitted':
    case 'captured_transmitted':
      return 'already_captured';
    case 'voided':
      return 'already_voided';
    case 'refunded_untransmitted':
    case 'refunded_transmitted':
      return 'already_refunded';
    default:
      return 'not_authorized';
  }
}

function decideChangeStatus(order: Order, command: ChangeStatus, settings: LinkSettings): Decision {
  const { to, cancelTransaction } = command;
  if (!STATUS_CHANGES[order.status].includes(to)) return refuse('status_change_not_allowed');
  if (to === 'processing' && wasCancelled(order)) return refuse('transaction_cancelled'); // V7
  if (!cancelTransaction) {
    const gateway = PAYMENT_KIND[order.paymentKind].linked ? 'left_alone' : 'not_concerned';
    return record({ kind: 'status_changed', to, gateway }); // V4
  }
  const box = cancelBox(order, settings);
  if (!box.offered) return refuse(box.reason);
  if (!CANCELLING.includes(to)) return refuse('cancel_not_offered');
  if (order.transaction === null || box.next === 'reached' || box.next === 'no_way') {
    return record({ kind: 'status_changed', to, gateway: 'nothing_to_cancel' }); // V5
  }
  return {
    kind: 'pursue',
    goal: 'cancelled',
    amount: order.transaction.amount,
    afterwards: { kind: 'status_changed', to, gateway: 'cancelled' }, // V2, V3
  };
}

/** V2: the four changes at which the F-REGI transaction can be cancelled. */
const CANCELLING: readonly OrderStatus[] = ['cancelled', 'returned', 'uncollectible', 'on_hold'];

/** Which status an order can be changed to by hand, from where it stands (domain.md §2, V7). */
export const STATUS_CHANGES: Record<OrderStatus, readonly OrderStatus[]> = {
  preorder: ['on_hold', 'cancelled'],
  processing: ['cancelled', 'returned', 'uncollectible', 'on_hold', 'completed'],
  on_hold: ['processing', 'cancelled'],
  completed: ['processing'],
  cancelled: ['processing'],
  returned: ['processing'],
  uncollectible: ['processing'],
};

/** V7: an order whose transaction was cancelled stays where it is. */
function wasCancelled(order: Order): boolean {
  const closed: readonly OrderStatus[] = ['cancelled', 'returned', 'uncollectible'];
  const state = order.transaction?.state;
  const gone: readonly (TransactionState | undefined)[] = [
    'voided',
    'refunded_untransmitted',
    'refunded_transmitted',
  ];
  return closed.includes(order.status) && gone.includes(state);
}

export type CancelBox =
  | { readonly offered: true; readonly next: Cell }
  | { readonly offered: false; readonly reason: Reason };

/** V1, V5, S1: is F-REGIの取引情報を取り消す offered, and what would it ask? */
export function cancelBox(order: Order, settings: LinkSettings): CancelBox {
  if (!PAYMENT_KIND[order.paymentKind].linked || order.status !== 'processing') {
    return { offered: false, reason: 'cancel_not_offered' };
  }
  if (!settings.linkEnabled) return { offered: false, reason: 'link_off' };
  const { transaction } = order;
  if (transaction === null) return { offered: true, next: 'reached' };
  const next = nextAsk(transaction.state, transaction.amount, 'cancelled', transaction.amount);
  return { offered: true, next };
}

function decideEditAmounts(order: Order, amounts: Amounts): Decision {
  if (order.paidOn !== null) return refuse('paid_amount_fixed'); // A3
  const deductions = amounts.pointsUsed + amounts.couponDiscount;
  if (deductions > totalOf(amounts)) return refuse('deductions_exceed_total');
  return record({ kind: 'amounts_edited', amounts }); // A1: F-REGI is told at the capture
}

function decideAuthorize(order: Order, cardToken: string | null, settings: LinkSettings): Decision {
  if (!settings.linkEnabled) return refuse('link_off');
  const billed = billedOf(order.amounts);
  const wrong = cardAmountRefusal(billed);
  if (wrong) return refuse(wrong);
  const { transaction } = order;
  if (transaction === null) return refuse('not_authorized');
  const [next] = asksToGoal(transaction.state, transaction.amount, 'authorized', billed);
  if (next !== 'authorize') return refuse('already_authorized');
  if (cardToken === null && transaction.customerId === null) return refuse('no_card_registered');
  return { kind: 'pursue', goal: 'authorized', amount: billed, afterwards: null };
}

function refuse(reason: Reason, because: Reason | null = null): Decision {
  return { kind: 'refuse', reason, because };
}

function record(event: OrderEvent): Decision {
  return { kind: 'record', event };
}

/** Every order status, for tables and tests. */
export const ORDER_STATUSES = Object.keys(ORDER_STATUS) as OrderStatus[];
