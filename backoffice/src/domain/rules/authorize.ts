import { type CommandOf, type Decision, type LinkSettings, refuse } from '../command.ts';
import { asksToGoal, LINK } from '../link.ts';
import { billedOf, type Order } from '../order.ts';
import { cardAmountRefusal } from './card-amount.ts';

/** Authorizes the billed amount, by a token or by the card registered at F-REGI (B2, B3). */
export function decideAuthorize(
  order: Order,
  { cardToken }: CommandOf<'authorize'>,
  settings: LinkSettings,
): Decision {
  if (!settings.linkEnabled) return refuse('link_off');
  const billed = billedOf(order.amounts);
  const wrong = cardAmountRefusal(billed);
  if (wrong) return refuse(wrong);
  const { transaction } = order;
  if (transaction === null) return refuse('not_authorized');
  const [next] = asksToGoal(transaction.state, transaction.amount, 'authorized', billed);
  if (LINK[transaction.state].authorized === 'no_way') return refuse('cannot_reauthorize'); // B4
  if (next !== 'authorize') return refuse('already_authorized');
  if (cardToken === null && transaction.customerId === null) return refuse('no_card_registered');
  return { kind: 'pursue', goal: 'authorized', amount: billed, afterwards: null };
}
