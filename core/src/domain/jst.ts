import type { Instant, JstDate } from './order.ts';

const JST_OFFSET_MS = 9 * 60 * 60 * 1000;
const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * The first and the last business date. Text in this range sorts as its days do, and PostgreSQL,
 * JavaScript and F-REGI all know it: beyond it, arithmetic over dates does not hold.
 */
export const FIRST_DATE = '2000-01-01';
export const LAST_DATE = '2100-12-31';

/** A date beyond {@link FIRST_DATE} to {@link LAST_DATE}, or none at all. */
export class DateRangeError extends RangeError {
  constructor(what: string) {
    super(`${what} is no business date from ${FIRST_DATE} to ${LAST_DATE}`);
    this.name = 'DateRangeError';
  }
}

/** The business date in Japan at an instant. Japan keeps UTC+9 all year, since 1951. */
export function jstDateOf(at: Instant): JstDate {
  const shifted = new Date(at + JST_OFFSET_MS);
  const text = Number.isNaN(shifted.getTime()) ? '' : shifted.toISOString();
  // A year of five digits, or before the year 0, has a sign before it.
  if (!/^\d{4}-/.test(text)) throw new DateRangeError(`the instant ${at}`);
  return text.slice(0, 10);
}

/** The instant at which a business date begins in Japan. Throws a {@link DateRangeError} on no date. */
export function startOfJstDate(on: JstDate): Instant {
  const at = Date.parse(`${on}T00:00:00Z`);
  if (Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== on) {
    throw new DateRangeError(on);
  }
  return at - JST_OFFSET_MS;
}

/** The instant at which a business date is over: that at which the next one begins. */
export function endOfJstDate(on: JstDate): Instant {
  return startOfJstDate(on) + DAY_MS;
}

/** The date so many days later. Throws a {@link DateRangeError} beyond the business dates. */
export function addDays(on: JstDate, days: number): JstDate {
  if (!isBusinessDate(on)) throw new DateRangeError(on);
  return inRange(startOfJstDate(on) + days * DAY_MS, `${on} and ${days} days`);
}

/** As {@link addDays}; where that lies beyond the business dates, the first or the last of them. */
export function addDaysWithin(on: JstDate, days: number): JstDate {
  const at = startOfJstDate(on) + days * DAY_MS;
  if (at < startOfJstDate(FIRST_DATE)) return FIRST_DATE;
  return at > startOfJstDate(LAST_DATE) ? LAST_DATE : jstDateOf(at);
}

/**
 * The date so many months later, on `dayOfMonth`, or the last day of a month that has no such day.
 * Throws a {@link DateRangeError} beyond the business dates.
 */
export function addMonths(on: JstDate, months: number, dayOfMonth: number): JstDate {
  if (!isBusinessDate(on)) throw new DateRangeError(on);
  const [year = 0, month = 1] = on.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  const at = Date.UTC(year, month - 1 + months, Math.min(dayOfMonth, last)) - JST_OFFSET_MS;
  return inRange(at, `${on} and ${months} months`);
}

/** The last day of a month, `YYYY-MM`. Throws a {@link DateRangeError} on a wrong month. */
export function lastOfMonth(month: string): JstDate {
  return addMonths(`${month}-01`, 0, 31);
}

/** Every date from one to another, both included; `most` at the most, whatever the two say. */
export function datesBetween(from: JstDate, to: JstDate, most: number): JstDate[] {
  const count = Math.min(daysBetween(from, to) + 1, most);
  return Array.from({ length: Math.max(0, count) }, (_, n) => addDays(from, n));
}

function inRange(at: Instant, what: string): JstDate {
  const tooFar = at < startOfJstDate(FIRST_DATE) || at > startOfJstDate(LAST_DATE);
  if (tooFar || Number.isNaN(at)) throw new DateRangeError(what);
  return jstDateOf(at);
}

/** Days from one business date to another; negative where it lies before. */
export function daysBetween(from: JstDate, to: JstDate): number {
  return Math.round((startOfJstDate(to) - startOfJstDate(from)) / DAY_MS);
}

/** Whether a text is a date that there is, from {@link FIRST_DATE} to {@link LAST_DATE}. */
export function isBusinessDate(text: string): boolean {
  try {
    startOfJstDate(text);
    return text >= FIRST_DATE && text <= LAST_DATE;
  } catch {
    return false;
  }
}

/** Whether an instant lies on a business date. */
export function isBusinessInstant(at: Instant): boolean {
  return at >= startOfJstDate(FIRST_DATE) && at < endOfJstDate(LAST_DATE);
}
