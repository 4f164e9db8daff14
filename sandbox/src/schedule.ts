/** The daily transmission: at a time of day in Japan, by the sandbox's clock. */
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const JST_MS = 9 * HOUR_MS;

/** Milliseconds after midnight in Japan of `23:00`; null if that is no time of day. */
export function parseTimeOfDay(text: string): number | null {
  const [, hours, minutes] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text) ?? [];
  if (hours === undefined || minutes === undefined) return null;
  return Number(hours) * HOUR_MS + Number(minutes) * 60_000;
}

/** The last instant, at or before `now`, when it was that time of day in Japan. */
export function lastDueAt(now: number, timeOfDayMs: number): number {
  const shift = JST_MS - timeOfDayMs;
  return Math.floor((now + shift) / DAY_MS) * DAY_MS - shift;
}
