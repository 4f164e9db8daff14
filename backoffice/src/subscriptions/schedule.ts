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

export function dayOf(date: JstDate): number {
  return Number(date.slice(8));
}
