import { type Decision, type LinkSettings, refuse } from '../commands/decision.ts';
import { chargeOf } from '../order/balance.ts';
import type { Order } from '../order/order.ts';
import { PAYMENT_KIND } from '../order/states.ts';
import { yen } from '../values/yen.ts';
import { cardAmountRefusal } from './card-amount.ts';

/**
 * D1: captures the authorization of a paid order for its billed amount (C2). The order is paid
 * already and does not change; an unpaid order is marked as paid instead (C1).
 */
export function decideCapture(order: Order, settings: LinkSettings): Decision {
  const { transaction, paidOn } = order;
  if (!PAYMENT_KIND[order.paymentKind].linked) return refuse('not_paid_by_card');
  if (paidOn === null) return refuse('not_paid');
  if (!settings.linkEnabled) return refuse('link_off');
  if (transaction?.state !== 'authorized') return refuse('not_authorized');
  const charge = chargeOf(order);
  const wrong = cardAmountRefusal(charge);
  if (wrong) return refuse(wrong);
  return { kind: 'pursue', goal: 'captured', amount: yen(charge), afterwards: null };
}
