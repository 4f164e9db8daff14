import type { CommandOf } from '../commands/command.ts';
import {
  type Afterwards,
  type Decision,
  type LinkSettings,
  record,
  refuse,
} from '../commands/decision.ts';
import { billedOf, type Order } from '../order/order.ts';
import { keysOf, PAYMENT_KIND, type PaymentKind } from '../order/states.ts';
import type { Reason } from '../reasons/index.ts';
import { cancelling, leftBy, untold } from '../transaction/effects.ts';
import { EDITABLE } from './edit-amounts.ts';

type ChangeMethodCommand = CommandOf<'change_method'>;
type MethodChanged = Extract<Afterwards, { kind: 'payment_method_changed' }>;

/**
 * 内容編集: another 決済方法. With the box on, F-REGI first voids or refunds the card, and the method
 * changes only once that is known (P1, V3); with the box off F-REGI stays as it is (P2). A refunded
 * paid order becomes unpaid: the customer pays by the new method (A4 b).
 */
export function decideChangeMethod(
  order: Order,
  command: ChangeMethodCommand,
  settings: LinkSettings,
): Decision {
  const { paymentKind, paymentMethod, cancelTransaction } = command;
  const wrong = methodRefusal(order, paymentKind);
  if (wrong) return refuse(wrong);
  if (paymentKind === order.paymentKind) {
    if (paymentMethod === order.paymentMethod) return refuse('method_unchanged');
    if (cancelTransaction) return refuse('cancel_needs_other_method');
  }
  const changed = (gateway: MethodChanged['gateway']): MethodChanged => ({
    kind: 'payment_method_changed',
    paymentKind,
    paymentMethod,
    gateway,
    unpaid: gateway === 'cancelled' && order.paidOn !== null,
  });
  if (paymentKind === order.paymentKind) return record(changed(untold(order))); // P3
  if (!cancelTransaction) return record(changed(leftBy(order))); // P2
  const found = cancelling(order, settings);
  if (found.kind === 'refuse') return refuse(found.reason);
  if (found.kind === 'nothing_to_cancel') return record(changed('nothing_to_cancel')); // V5
  const { amount } = found.transaction;
  return { kind: 'pursue', goal: 'cancelled', amount, afterwards: changed('cancelled') }; // P1
}

/** P1, P3: returns the reason why an order cannot change to this kind; null if it can. */
function methodRefusal(order: Order, to: PaymentKind): Reason | null {
  if (!EDITABLE.includes(order.status)) return 'status_not_editable';
  if (to === order.paymentKind) return null;
  if (PAYMENT_KIND[to].linked) return 'no_way_to_card'; // P3
  return to === 'none' && billedOf(order.amounts) > 0 ? 'billed_not_zero' : null;
}

/** Returns the kinds that an order can change to now (P1, P3), for the screen's list. */
export function methodsFor(order: Order): PaymentKind[] {
  return keysOf(PAYMENT_KIND).filter(
    (kind) => kind !== order.paymentKind && methodRefusal(order, kind) === null,
  );
}
