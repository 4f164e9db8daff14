import { addDays, daysBetween, type JstDate } from '../values/jst.ts';
import type { Period } from './match.ts';

/**
 * 締め: decides which days of a period can be closed now, and what happens to the days before the
 * first closing. Closed days have no gaps, so each day has one place. Pure.
 */
export type Closable =
  /** `period`: the days to close, without those of the request that are closed already. */
  | { readonly kind: 'closable'; readonly period: Period }
  | { readonly kind: 'refused'; readonly obstacle: ClosingObstacle };

export type ClosingObstacle = 'not_over' | 'closed_already' | 'left_out' | 'not_next' | 'too_long';

/** The longest period for one closing: a leap year. */
const DAYS_MAX = 366;

/**
 * Returns the days that can be closed. `closed`: the first to the last closed day; null if none is
 * closed.
 */
export function closableOf(period: Period, closed: Period | null, today: JstDate): Closable {
  if (period.to >= today) return refuse('not_over');
  if (isTooLong(period)) return refuse('too_long');
  if (closed === null) return { kind: 'closable', period };
  if (period.to < closed.from) return refuse('left_out');
  if (period.to <= closed.to) return refuse('closed_already');
  const next = addDays(closed.to, 1);
  if (daysBetween(next, period.from) > 0) return refuse('not_next');
  return { kind: 'closable', period: { from: next, to: period.to } };
}

function refuse(obstacle: ClosingObstacle): Closable {
  return { kind: 'refused', obstacle };
}

function isTooLong({ from, to }: Period): boolean {
  return daysBetween(from, to) >= DAYS_MAX;
}

/** The two choices for days with records before the first closing. */
export const EARLIER = ['included', 'left_out'] as const;

/** `included`: closed with the first period. `left_out`: never closed, and each says so. */
export type Earlier = (typeof EARLIER)[number];

/** The choice that the first closing needs if there are earlier records. */
export type FirstClosing =
  | { readonly kind: 'closes'; readonly period: Period }
  | { readonly kind: 'asks'; readonly firstOn: JstDate }
  | { readonly kind: 'refused'; readonly obstacle: ClosingObstacle };

/**
 * Decides the first closing. `firstOn`: the JST date of either side's first record before the
 * period; null if there is none.
 */
export function firstClosing(
  period: Period,
  firstOn: JstDate | null,
  earlier: Earlier | null,
): FirstClosing {
  if (firstOn === null || earlier === 'left_out') return { kind: 'closes', period };
  if (earlier === null) return { kind: 'asks', firstOn };
  const whole = { from: firstOn, to: period.to };
  if (isTooLong(whole)) return { kind: 'refused', obstacle: 'too_long' };
  return { kind: 'closes', period: whole };
}
