/** Instants are milliseconds since 1970 UTC; days and times of day are those of Japan. */
const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;
const JST_MS = 9 * HOUR_MS;

/** Returns the milliseconds after midnight in Japan of `23:00`; null if it is no time of day. */
export function parseTimeOfDay(text: string): number | null {
  const [, hours, minutes] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text) ?? [];
  if (hours === undefined || minutes === undefined) return null;
  return Number(hours) * HOUR_MS + Number(minutes) * 60_000;
}

/** Returns the last instant, at or before `now`, of that time of day in Japan. */
export function lastDueAt(now: number, timeOfDayMs: number): number {
  const shift = JST_MS - timeOfDayMs;
  return Math.floor((now + shift) / DAY_MS) * DAY_MS - shift;
}

/** 2012/11/08 19:28:26 in Japan. */
export function formatInstant(at: number): string {
  const iso = new Date(at + JST_MS).toISOString();
  return `${iso.slice(0, 10).replaceAll('-', '/')} ${iso.slice(11, 19)}`;
}

/** The day in Japan, 2012/11/08. */
export function formatDay(at: number): string {
  return formatInstant(at).slice(0, 10);
}

/**
 * Reads `2012/11/08` or `20121108`: the first instant of that day in Japan, null if it is no day.
 */
export function parseDay(text: string): number | null {
  const [, year, slash, month, day] = /^(\d{4})(\/?)(\d\d)\2(\d\d)$/.exec(text) ?? [];
  if (year === undefined || slash === undefined) return null;
  const at = Date.UTC(Number(year), Number(month) - 1, Number(day)) - JST_MS;
  return formatDay(at) === `${year}/${month}/${day}` ? at : null;
}

/** Returns the first instant of the day in Japan `daysLater` days after that of `now`. */
export function startOfDay(now: number, daysLater = 0): number {
  return (Math.floor((now + JST_MS) / DAY_MS) + daysLater) * DAY_MS - JST_MS;
}
