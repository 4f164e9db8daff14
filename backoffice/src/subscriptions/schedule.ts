import { addDays } from '../domain/jst.ts';
import type { JstDate } from '../domain/order.ts';

/** お届けサイクル: every so many days, weeks or months. */
export type Cycle = { readonly every: number; readonly unit: 'day' | 'week' | 'month' };

/**
 * The delivery after one of `from` (B4). Months keep the day on which deliveries began (`dayOfMonth`)
 * and take the last of a month that has no such day: 31 January, 28 February, 31 March.
 */
export function nextDelivery(from: JstDate, { every, unit }: Cycle, dayOfMonth: number): JstDate {
  if (unit !== 'month') return addDays(from, unit === 'week' ? every * 7 : every);
  const [year = 0, month = 1] = from.split('-').map(Number);
  const months = year * 12 + (month - 1) + every;
  const [toYear, toMonth] = [Math.floor(months / 12), (months % 12) + 1];
  const last = new Date(Date.UTC(toYear, toMonth, 0)).getUTCDate();
  const text = (value: number, width: number) => String(value).padStart(width, '0');
  return `${text(toYear, 4)}-${text(toMonth, 2)}-${text(Math.min(dayOfMonth, last), 2)}`;
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

/** The next deliveries, `most` at the most: their numbers, days, and the days of their orders. */
export function upcomingDeliveries(schedule: Schedule, most: number) {
  const { cycle, dayOfMonth, leadDays, lastDelivery } = schedule;
  const left = (schedule.deliveries ?? Number.POSITIVE_INFINITY) - lastDelivery;
  const upcoming: { n: number; deliverOn: JstDate; orderOn: JstDate }[] = [];
  let deliverOn = schedule.nextDeliveryOn;
  while (deliverOn !== null && upcoming.length < Math.min(left, most)) {
    const n = lastDelivery + upcoming.length + 1;
    upcoming.push({ n, deliverOn, orderOn: addDays(deliverOn, -leadDays) });
    deliverOn = nextDelivery(deliverOn, cycle, dayOfMonth);
  }
  return upcoming;
}

export function dayOf(date: JstDate): number {
  return Number(date.slice(8));
}
