import { type Command, decide } from '../../src/domain/commands/decide.ts';
import { applyEvent } from '../../src/domain/order/events.ts';
import type { Order } from '../../src/domain/order/order.ts';
import { asksToGoal, VERB } from '../../src/domain/transaction/link.ts';
import { TODAY } from './orders.ts';

/** The order once everything that a decision wants is done. */
export function carriedOut(before: Order, wanted: Command): Order {
  const decision = decide(before, wanted, { linkEnabled: true }, TODAY);
  if (decision.kind === 'refuse') return before;
  if (decision.kind === 'record') return applyEvent(before, decision.event);
  const { transaction } = before;
  if (transaction === null) throw new Error('a goal without a transaction');
  const { goal, amount: to, afterwards } = decision;
  let moved = transaction;
  for (const verb of asksToGoal(transaction.state, transaction.amount, goal, to)) {
    const held = VERB[verb].makesTransaction ? to : moved.amount;
    moved = { ...moved, state: VERB[verb].to, amount: held };
  }
  const after = { ...before, transaction: moved };
  return afterwards === null ? after : applyEvent(after, afterwards);
}
