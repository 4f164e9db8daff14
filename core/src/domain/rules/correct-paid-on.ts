import { type CommandOf, type Decision, record, refuse } from '../commands/command.ts';
import type { Order } from '../order/order.ts';
import type { Reason } from '../reasons/index.ts';
import { isIn } from '../reconciliation/match.ts';
import { type JstDate, jstDateOf } from '../values/jst.ts';

/** O6: the doubts about a day that a person can confirm. */
export const DAY_DOUBTS = [
  'paid_on_after_today',
  'paid_on_before_order',
  'paid_on_closed',
] as const satisfies readonly Reason[];
type DayDoubt = (typeof DAY_DOUBTS)[number];

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
  const { paidOn, dayConfirmed } = command;
  if (paidOn === before) return refuse('paid_on_same');
  const [doubt = null, another = null] = doubtsAbout(order, command, before, today);
  if (doubt !== null && !dayConfirmed) return refuse(doubt, another);
  return record({ kind: 'paid_on_corrected', before, paidOn });
}

/** Returns the doubts about a day: no payment is possible on it, or its books are closed (照合). */
function doubtsAbout(
  { placedAt }: Order,
  { paidOn, closed }: CorrectPaidOnCommand,
  before: JstDate,
  today: JstDate,
): DayDoubt[] {
  const doubts: DayDoubt[] = [];
  if (paidOn > today) doubts.push('paid_on_after_today');
  if (paidOn < jstDateOf(placedAt)) doubts.push('paid_on_before_order');
  if (closed !== null && [paidOn, before].some((on) => isIn(on, closed))) {
    doubts.push('paid_on_closed');
  }
  return doubts;
}
