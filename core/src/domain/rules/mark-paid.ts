import type { CommandOf } from '../commands/command.ts';
import {
  type Afterwards,
  type Decision,
  type LinkSettings,
  record,
  refuse,
} from '../commands/decision.ts';
import { balanceOf, chargeOf, receivedOf } from '../order/balance.ts';
import { billedOf, type Order } from '../order/order.ts';
import { type OrderStatus, PAYMENT_KIND } from '../order/states.ts';
import type { Reason } from '../reasons/index.ts';
import { reasonOfState } from '../reasons/of-state.ts';
import { LINK } from '../transaction/link.ts';
import { isGivenBack, notMadeOf, REDIRECT_KINDS } from '../transaction/redirect.ts';
import type { JstDate } from '../values/jst.ts';
import { yen } from '../values/yen.ts';
import { cardAmountRefusal } from './card-amount.ts';
import { wasCancelled } from './change-status.ts';
import { type DayAsked, dayDoubts } from './day-doubts.ts';

type MarkPaidCommand = CommandOf<'mark_paid'>;

/** O6: no doubt is left about the day. */
const CONFIRMED: DayAsked = { dayConfirmed: true, closed: null };

/** 未入金 → 入金済: a capture if the link applies, otherwise the shop's own record (C1–C11). */
export function decideMarkPaid(
  order: Order,
  command: MarkPaidCommand,
  settings: LinkSettings,
  today: JstDate,
): Decision {
  if (order.paidOn !== null) return refuse('already_paid');
  if (!PAYABLE[command.from].includes(order.status)) return refuse(whyNotPayable(order));
  if (command.paidOn > today) return refuse('paid_on_in_future'); // C9
  const { paidOn, day = CONFIRMED } = command;
  const [doubt, another = null] = dayDoubts(order, day, { to: paidOn }, today);
  if (doubt !== undefined) return refuse(doubt, another); // O6

  const paid = (gateway: GatewayOfPayment): Afterwards => ({
    kind: 'order_marked_paid',
    paidOn,
    gateway,
    mail: mailWith(order, gateway, command.mail),
    ...recordedBy(order, command),
  });
  if (!PAYMENT_KIND[order.paymentKind].linked) {
    return record(paid(command.from === 'confirmation' ? 'confirmed' : 'not_concerned')); // C11
  }
  if (!settings.linkEnabled) return record(paid('not_told')); // S1, C11

  const { transaction } = order;
  const linkable = transaction !== null && LINK[transaction.state].captured === 'capture';
  if (!linkable && command.withoutGateway) return record(paid('not_told')); // C5, U2
  if (!linkable) return refuse('gateway_not_linkable', reasonOfState(transaction?.state));
  if (command.withoutGateway) return refuse('gateway_linkable');
  const charge = chargeOf(order);
  const wrong = cardAmountRefusal(charge);
  if (wrong) return refuse(wrong);
  const amount = command.amount === 'authorized' ? transaction.amount : yen(charge); // C4
  return { kind: 'pursue', goal: 'captured', amount, afterwards: paid('captured') }; // C1, C2
}

/**
 * L2: the payment that it records: the one that F-REGI has just confirmed; by hand, the one that is
 * complete, as long as the order is to be paid so and it was not all given back (O3).
 */
function recordedBy(
  order: Order,
  { settleno }: CommandOf<'mark_paid'>,
): Pick<Extract<Afterwards, { kind: 'order_marked_paid' }>, 'settleno' | 'received'> {
  const { paymentKind, redirects, amounts } = order;
  // F-REGI confirms only what fits the bill.
  if (settleno !== undefined) return { settleno, received: billedOf(amounts) };
  if (!REDIRECT_KINDS.includes(paymentKind)) return {};
  if (isGivenBack(order)) return {};
  const made = redirects.find(({ status }) => status === 'completed');
  return made === undefined ? {} : { settleno: made.settleno, received: made.amount };
}

type GatewayOfPayment = Extract<Afterwards, { kind: 'order_marked_paid' }>['gateway'];

/**
 * C8, O2: 入金確認メール goes out by itself if the payment is confirmed. If no call to F-REGI confirms a
 * card payment, the operator sends the mail, unless the command asks for it and money is known to
 * have come in. If F-REGI says that the customer has not paid, the command must ask for it.
 */
function mailWith(
  order: Order,
  gateway: GatewayOfPayment,
  wanted: MarkPaidCommand['mail'],
): 'auto' | 'manual' {
  const isMade = gateway === 'confirmed' || (notMadeOf(order).length === 0 && !isGivenBack(order));
  if (gateway !== 'not_told') return wanted ?? (isMade ? 'auto' : 'manual');
  return wanted === 'auto' && receivedOf(balanceOf(order)) > 0 ? 'auto' : 'manual';
}

/** L2, C7: statuses in which an order can be marked as paid. */
const PAYABLE: Record<MarkPaidCommand['from'], readonly OrderStatus[]> = {
  unpaid_list: ['processing'],
  detail: ['processing', 'on_hold', 'completed'],
  confirmation: ['preorder', 'processing', 'on_hold', 'completed'],
};

/**
 * Returns the reason that points to the way on: 通常処理 for the first time (B2) or again; or no way
 * (V7).
 */
function whyNotPayable(order: Order): Reason {
  if (order.status === 'preorder') return 'preorder_not_payable';
  return wasCancelled(order) ? 'order_closed' : 'status_not_payable';
}
