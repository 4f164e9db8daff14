import type { Reason } from '../reasons/index.ts';
import { isIn, type Period } from '../reconciliation/match.ts';
import { type Instant, type JstDate, jstDateOf } from '../values/jst.ts';

/** O6: the doubts about a 入金日 that a person can confirm. */
export const DAY_DOUBTS = [
  'paid_on_after_today',
  'paid_on_before_order',
  'paid_on_closed',
  'former_paid_on_closed',
] as const satisfies readonly Reason[];
type DayDoubt = (typeof DAY_DOUBTS)[number];

/** O6: the basis of the doubts about a 入金日. */
export type DayAsked = {
  /** The operator has confirmed an unusual day. */
  readonly dayConfirmed: boolean;
  /** The closed days (照合), as known when the command is given. */
  readonly closed: Period | null;
};

/**
 * O6: returns the doubts about the days that a command gives to an order or takes from it: no
 * payment is possible on one, or its books are closed (照合). None once a person has confirmed the
 * day. Every door of a 入金日 asks here: 入金済, a bulk run, and the correction.
 */
export function dayDoubts(
  { placedAt }: { readonly placedAt: Instant },
  { dayConfirmed, closed }: DayAsked,
  { to, from = null }: { readonly to: JstDate; readonly from?: JstDate | null },
  today: JstDate,
): DayDoubt[] {
  if (dayConfirmed) return [];
  const doubts: DayDoubt[] = [];
  if (to > today) doubts.push('paid_on_after_today');
  if (to < jstDateOf(placedAt)) doubts.push('paid_on_before_order');
  const isClosed = (on: JstDate | null) => on !== null && closed !== null && isIn(on, closed);
  if (isClosed(to)) doubts.push('paid_on_closed');
  else if (isClosed(from)) doubts.push('former_paid_on_closed');
  return doubts;
}
