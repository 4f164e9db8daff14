import { addDaysWithin, type JstDate } from '../values/jst.ts';
import {
  deliveriesOf,
  followingDelivery,
  type Planned,
  plannedDeliveries,
  type Schedule,
  scheduleAfter,
} from './schedule.ts';

/**
 * The work due for an application on a day (B4). Renkei by itself makes the order of one delivery
 * at most: the next. A person decides once a whole cycle has passed since that order's day, so that
 * the following delivery is due, too: after an outage no customer is billed for all deliveries at
 * once.
 */
export type Due =
  | { readonly kind: 'none' }
  | { readonly kind: 'due'; readonly delivery: Planned }
  /** At least one delivery is overdue, the oldest first. */
  | { readonly kind: 'overdue'; readonly overdue: readonly [Planned, ...Planned[]] };

/** The most overdue deliveries to count and settle at once. */
const OVERDUE_MAX = 366;
/** The most orders of one press; a larger number must be a mistake. */
const MADE_MAX = 60;

/** Returns the work due for an application today, by Renkei itself or by a person. */
export function dueOf(schedule: Schedule, today: JstDate): Due {
  const overdue = overdueOf(schedule, today);
  const [first, ...others] = overdue;
  if (first !== undefined) return { kind: 'overdue', overdue: [first, ...others] };
  const [delivery] = plannedDeliveries(schedule, 1);
  if (delivery === undefined || delivery.orderOn > today) return { kind: 'none' };
  return { kind: 'due', delivery };
}

/** The ways to settle an overdue application: 1回分だけ作成, すべて作成, すべてとばす. */
export const OVERDUE_ANSWERS = ['make_one', 'make_all', 'skip'] as const;
export type OverdueAnswer = (typeof OVERDUE_ANSWERS)[number];

/**
 * The fate of each overdue delivery; afterwards none is overdue, and the schedule continues by
 * itself.
 */
export type Settled = { readonly made: readonly Planned[]; readonly skipped: readonly Planned[] };

/**
 * Settles all overdue deliveries by one answer. `make_one` makes the last, whose day is nearest,
 * and skips those before it. `seen` is their number when the person saw the sum: a day later there
 * may be more, and nobody has approved those.
 */
export function decideOverdue(
  schedule: Schedule,
  { answer, seen }: { readonly answer: OverdueAnswer; readonly seen: number | null },
  today: JstDate,
):
  | ({ readonly kind: 'settled' } & Settled)
  | { readonly kind: 'refused'; readonly why: 'not_overdue' | 'too_many_overdue' | 'changed' } {
  const due = dueOf(schedule, today);
  if (due.kind !== 'overdue') return { kind: 'refused', why: 'not_overdue' };
  const { overdue } = due;
  if (seen !== null && seen !== overdue.length) return { kind: 'refused', why: 'changed' };
  switch (answer) {
    case 'make_all':
      if (!mayMakeAll(overdue)) return { kind: 'refused', why: 'too_many_overdue' };
      return { kind: 'settled', made: overdue, skipped: [] };
    case 'make_one':
      return { kind: 'settled', made: overdue.slice(-1), skipped: overdue.slice(0, -1) };
    case 'skip':
      return { kind: 'settled', made: [], skipped: overdue };
  }
}

/** Returns the next deliveries after the overdue ones are settled, at most `most`. */
export function upcomingDeliveries(schedule: Schedule, today: JstDate, most: number): Planned[] {
  const last = overdueOf(schedule, today).at(-1);
  const goesOn = last === undefined ? schedule : scheduleAfter(schedule, last);
  return plannedDeliveries(goesOn, most);
}

export function mayMakeAll(overdue: readonly Planned[]): boolean {
  return overdue.length <= MADE_MAX;
}

/** Returns the wished day of an order; null if the delivery's day has passed. */
export function wishedOn({ deliverOn }: Planned, today: JstDate): JstDate | null {
  return deliverOn < today ? null : deliverOn;
}

/** True if a delivery may be next on this day. A past day would make it overdue. */
export function isToCome(on: JstDate, today: JstDate): boolean {
  return on >= today;
}

/** Returns the deliveries whose order is late by a whole cycle. */
function overdueOf(schedule: Schedule, today: JstDate): Planned[] {
  const { cycle, dayOfMonth, leadDays } = schedule;
  const overdue: Planned[] = [];
  for (const delivery of deliveriesOf(schedule)) {
    const next = followingDelivery(delivery.deliverOn, cycle, dayOfMonth);
    if (next === null || addDaysWithin(next, -leadDays) > today || overdue.length === OVERDUE_MAX)
      break;
    overdue.push(delivery);
  }
  return overdue;
}
