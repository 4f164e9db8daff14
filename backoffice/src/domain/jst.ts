import type { Instant, JstDate } from './order.ts';

const JST_OFFSET_MS = 9 * 60 * 60 * 1000;
const DAY_MS = 24 * 60 * 60 * 1000;

/** The business date in Japan at an instant. Japan keeps UTC+9 all year, since 1951. */
export function jstDateOf(at: Instant): JstDate {
  const shifted = new Date(at + JST_OFFSET_MS);
  return shifted.toISOString().slice(0, 10);
}

/** The instant at which a business date begins in Japan. Throws a RangeError on a wrong date. */
export function startOfJstDate(on: JstDate): Instant {
  const at = Date.parse(`${on}T00:00:00Z`);
  if (Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== on) {
    throw new RangeError(`not a date: ${on}`);
  }
  return at - JST_OFFSET_MS;
}

export function addDays(on: JstDate, days: number): JstDate {
  return jstDateOf(startOfJstDate(on) + days * DAY_MS);
}

/** Days from one business date to another; negative where it lies before. */
export function daysBetween(from: JstDate, to: JstDate): number {
  return Math.round((startOfJstDate(to) - startOfJstDate(from)) / DAY_MS);
}

export function isJstDate(text: string): boolean {
  try {
    startOfJstDate(text);
    return true;
  } catch {
    return false;
  }
}
