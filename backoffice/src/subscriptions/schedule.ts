import {
  addDays,
  addDaysWithin,
  addMonths,
  DateRangeError,
  isBusinessDate,
} from '../domain/jst.ts';
import type { JstDate } from '../domain/order.ts';

/** お届けサイクル: every so many days, weeks or months. */
export type Cycle = { readonly every: number; readonly unit: 'day' | 'week' | 'month' };

/**
 * The delivery after one of `from` (B4). Months keep the day on which deliveries began (`dayOfMonth`)
 * and take the last of a month that has no such day: 31 January, 28 February, 31 March.
 */
export function nextDelivery(from: JstDate, { every, unit }: Cycle, dayOfMonth: number): JstDate {
  if (unit !== 'month') return addDays(from, unit === 'week' ? every * 7 : every);
  return addMonths(from, every, dayOfMonth);
}

/** As {@link nextDelivery}; null where it lies beyond the business dates: there is none. */
export function followingDelivery(from: JstDate, cycle: Cycle, dayOfMonth: number): JstDate | null {
  if (!isBusinessDate(from)) throw new DateRangeError(from);
  try {
    return nextDelivery(from, cycle, dayOfMonth);
  } catch (error) {
    if (error instanceof DateRangeError) return null;
    throw error;
  }
}

/** What of an application its next deliveries follow from. */
type Schedule = {
  readonly cycle: Cycle;
  readonly nextDeliveryOn: JstDate | null;
  readonly dayOfMonth: number;
  readonly leadDays: number;
  readonly deliveries: number | null;
  readonly lastDelivery: number;
};

/**
 * The next deliveries, `most` at the most: their numbers, days, and the days of their orders. They
 * end with the business dates; of an application whose stored day is none, none is told.
 */
export function upcomingDeliveries(schedule: Schedule, most: number) {
  const { cycle, dayOfMonth, leadDays, lastDelivery } = schedule;
  const left = (schedule.deliveries ?? Number.POSITIVE_INFINITY) - lastDelivery;
  const upcoming: { n: number; deliverOn: JstDate; orderOn: JstDate }[] = [];
  let deliverOn = schedule.nextDeliveryOn;
  while (
    deliverOn !== null &&
    isBusinessDate(deliverOn) &&
    upcoming.length < Math.min(left, most)
  ) {
    const n = lastDelivery + upcoming.length + 1;
    upcoming.push({ n, deliverOn, orderOn: addDaysWithin(deliverOn, -leadDays) });
    deliverOn = followingDelivery(deliverOn, cycle, dayOfMonth);
  }
  return upcoming;
}

export function dayOf(date: JstDate): number {
  return Number(date.slice(8));
}
