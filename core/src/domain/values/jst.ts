/** A UTC instant: milliseconds since 1970-01-01. */
export type Instant = number;

/** A business date in Japan (Asia/Tokyo), as YYYY-MM-DD. */
export type JstDate = string;

const JST_OFFSET_MS = 9 * 60 * 60 * 1000;
const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * The first and last business dates. Within them text sorts like days, and PostgreSQL, JavaScript
 * and F-REGI agree; beyond them date arithmetic fails.
 */
export const FIRST_DATE = '2000-01-01';
export const LAST_DATE = '2100-12-31';

/** A date outside of {@link FIRST_DATE} to {@link LAST_DATE}, or no date at all. */
export class DateRangeError extends RangeError {
  constructor(what: string) {
    super(`${what} is not a business date from ${FIRST_DATE} to ${LAST_DATE}`);
    this.name = 'DateRangeError';
  }
}

/**
 * Returns the business date in Japan (JST) at an instant. Japan has kept UTC+9 all year since 1951.
 */
export function jstDateOf(at: Instant): JstDate {
  const shifted = new Date(at + JST_OFFSET_MS);
  const text = Number.isNaN(shifted.getTime()) ? '' : shifted.toISOString();
  // Years of five digits, and years before 0, begin with a sign.
  if (!/^\d{4}-/.test(text)) throw new DateRangeError(`the instant ${at}`);
  return text.slice(0, 10);
}

/**
 * Returns the instant at which a business date begins in Japan. Throws a {@link DateRangeError} on
 * no date.
 */
export function startOfJstDate(on: JstDate): Instant {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(on)) throw new DateRangeError(on);
  const [year, month, day] = [Number(on.slice(0, 4)), Number(on.slice(5, 7)), Number(on.slice(8))];
  const at = Date.UTC(year, month - 1, day);
  // A day that its month does not have would roll over into the next month.
  if (year < 100 || new Date(at).getUTCDate() !== day || month < 1 || month > 12) {
    throw new DateRangeError(on);
  }
  return at - JST_OFFSET_MS;
}

/** Returns the instant at which a business date ends: the beginning of the next. */
export function endOfJstDate(on: JstDate): Instant {
  return startOfJstDate(on) + DAY_MS;
}

/** Adds days to a date. Throws a {@link DateRangeError} beyond the business dates. */
export function addDays(on: JstDate, days: number): JstDate {
  if (!isBusinessDate(on)) throw new DateRangeError(on);
  return inRange(startOfJstDate(on) + days * DAY_MS, `${on} and ${days} days`);
}

/** As {@link addDays}, but beyond the business dates returns the first or the last of them. */
export function addDaysWithin(on: JstDate, days: number): JstDate {
  const at = startOfJstDate(on) + days * DAY_MS;
  if (at < FIRST_AT) return FIRST_DATE;
  return at > LAST_AT ? LAST_DATE : jstDateOf(at);
}

const FIRST_AT = startOfJstDate(FIRST_DATE);
const LAST_AT = startOfJstDate(LAST_DATE);

/**
 * Adds months to a date and returns `dayOfMonth` there, or the last day of a shorter month. Throws
 * a {@link DateRangeError} beyond the business dates.
 */
export function addMonths(on: JstDate, months: number, dayOfMonth: number): JstDate {
  if (!isBusinessDate(on)) throw new DateRangeError(on);
  const [year = 0, month = 1] = on.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  const at = Date.UTC(year, month - 1 + months, Math.min(dayOfMonth, last)) - JST_OFFSET_MS;
  return inRange(at, `${on} and ${months} months`);
}

/** Returns the last day of a month `YYYY-MM`. Throws a {@link DateRangeError} on a wrong month. */
export function lastOfMonth(month: string): JstDate {
  return addMonths(`${month}-01`, 0, 31);
}

/** Returns every date from one to another, both included, and never more than `most`. */
export function datesBetween(from: JstDate, to: JstDate, most: number): JstDate[] {
  const count = Math.min(daysBetween(from, to) + 1, most);
  return Array.from({ length: Math.max(0, count) }, (_, n) => addDays(from, n));
}

function inRange(at: Instant, what: string): JstDate {
  const tooFar = at < FIRST_AT || at > LAST_AT;
  if (tooFar || Number.isNaN(at)) throw new DateRangeError(what);
  return jstDateOf(at);
}

/** Returns the days between two business dates; negative if `to` is earlier. */
export function daysBetween(from: JstDate, to: JstDate): number {
  return Math.round((startOfJstDate(to) - startOfJstDate(from)) / DAY_MS);
}

/** True if a text is an existing date from {@link FIRST_DATE} to {@link LAST_DATE}. */
export function isBusinessDate(text: string): boolean {
  try {
    startOfJstDate(text);
    return text >= FIRST_DATE && text <= LAST_DATE;
  } catch {
    return false;
  }
}

/** True if an instant lies on a business date. */
export function isBusinessInstant(at: Instant): boolean {
  return at >= startOfJstDate(FIRST_DATE) && at < endOfJstDate(LAST_DATE);
}
