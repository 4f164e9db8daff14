import { addDaysWithin } from '../jst.ts';
import type { JstDate } from '../order.ts';
import {
  deliveriesOf,
  followingDelivery,
  type Planned,
  plannedDeliveries,
  type Schedule,
  scheduleAfter,
} from './schedule.ts';

/**
 * What is to be done of an application on a day (B4). By itself an order is made of one delivery at
 * the most: the one whose turn it is. Once a whole cycle has passed since the day of an order, so
 * that the turn of the one after has come, too, a person decides: after an outage nobody is billed
 * for all of it at once.
 */
export type Due =
  | { readonly kind: 'none' }
  | { readonly kind: 'due'; readonly delivery: Planned }
  /** At least one delivery is overdue, the oldest first. */
  | { readonly kind: 'overdue'; readonly overdue: readonly [Planned, ...Planned[]] };

/** The most overdue deliveries that are counted, and settled, at once. */
const OVERDUE_MAX = 366;
/** The most orders that one press makes: more than that nobody means. */
const MADE_MAX = 60;

/** What is to be done of an application today, by itself or by a person. */
export function dueOf(schedule: Schedule, today: JstDate): Due {
  const overdue = overdueOf(schedule, today);
  const [first, ...others] = overdue;
  if (first !== undefined) return { kind: 'overdue', overdue: [first, ...others] };
  const [delivery] = plannedDeliveries(schedule, 1);
  if (delivery === undefined || delivery.orderOn > today) return { kind: 'none' };
  return { kind: 'due', delivery };
}

/** How an overdue application is settled: 1回分だけ作成, すべて作成, すべてとばす. */
export const OVERDUE_ANSWERS = ['make_one', 'make_all', 'skip'] as const;
export type OverdueAnswer = (typeof OVERDUE_ANSWERS)[number];

/** What becomes of each overdue delivery; afterwards none is, and the schedule goes on by itself. */
export type Settled = { readonly made: readonly Planned[]; readonly skipped: readonly Planned[] };

/**
 * Settles all that is overdue by one answer. Of `make_one` the last is made, whose day is the
 * nearest; those before it are skipped. `seen` is how many there were when the sum was shown: a day
 * later there may be more, and nobody has said that they are to be made.
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

/** The next deliveries once what is overdue has been settled, `most` at the most. */
export function upcomingDeliveries(schedule: Schedule, today: JstDate, most: number): Planned[] {
  const last = overdueOf(schedule, today).at(-1);
  const goesOn = last === undefined ? schedule : scheduleAfter(schedule, last);
  return plannedDeliveries(goesOn, most);
}

export function mayMakeAll(overdue: readonly Planned[]): boolean {
  return overdue.length <= MADE_MAX;
}

/** The day that an order asks for: of a delivery whose day has passed nobody can ask for it. */
export function wishedOn({ deliverOn }: Planned, today: JstDate): JstDate | null {
  return deliverOn < today ? null : deliverOn;
}

/** May a delivery be next on this day? One that has passed nobody means: it would be overdue. */
export function isToCome(on: JstDate, today: JstDate): boolean {
  return on >= today;
}

/** The deliveries of which a whole cycle has passed since the day of their order. */
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
