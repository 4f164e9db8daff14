import type { CommandOf } from '../commands/command.ts';
import { type Decision, record, refuse } from '../commands/decision.ts';
import type { Order } from '../order/order.ts';
import type { JstDate } from '../values/jst.ts';
import { dayDoubts } from './day-doubts.ts';

type CorrectPaidOnCommand = CommandOf<'correct_paid_on'>;

/**
 * O6: corrects a wrong 入金日. No money moves, and F-REGI is not told. An unlikely day needs a
 * person's confirmation.
 */
export function decideCorrectPaidOn(
  order: Order,
  command: CorrectPaidOnCommand,
  today: JstDate,
): Decision {
  const { paidOn: before } = order;
  if (before === null) return refuse('not_paid');
  const { paidOn } = command;
  if (paidOn === before) return refuse('paid_on_same');
  const [doubt, another = null] = dayDoubts(order, command, { to: paidOn, from: before }, today);
  if (doubt !== undefined) return refuse(doubt, another);
  return record({ kind: 'paid_on_corrected', before, paidOn });
}
