import type { CommandOf } from '../commands/command.ts';
import { type Decision, type LinkSettings, refuse } from '../commands/decision.ts';
import { chargeOf } from '../order/balance.ts';
import type { Order } from '../order/order.ts';
import { PAYMENT_KIND } from '../order/states.ts';
import { LINK } from '../transaction/link.ts';
import { yen } from '../values/yen.ts';
import { cardAmountRefusal } from './card-amount.ts';

/** Authorizes the billed amount, by a token or by the card registered at F-REGI (B2, B3). */
export function decideAuthorize(
  order: Order,
  { cardToken }: CommandOf<'authorize'>,
  settings: LinkSettings,
): Decision {
  if (!settings.linkEnabled) return refuse('link_off');
  if (!PAYMENT_KIND[order.paymentKind].linked) return refuse('not_by_card'); // C11
  const { transaction } = order;
  if (transaction === null) return refuse('not_authorized');
  const cell = LINK[transaction.state].authorized;
  if (cell === 'no_way') return refuse('cannot_reauthorize'); // B4
  if (cell === 'reached') return refuse('already_authorized');
  const charge = chargeOf(order);
  const wrong = cardAmountRefusal(charge);
  if (wrong) return refuse(wrong);
  const amount = yen(charge);
  if (cardToken === null && transaction.customerId === null) return refuse('no_card_registered');
  return { kind: 'pursue', goal: 'authorized', amount, afterwards: null };
}
