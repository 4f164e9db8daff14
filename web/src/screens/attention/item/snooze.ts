import { jstDateOf } from '../../../ui/browser/format.ts';

export const SNOOZES = ['hour', 'tomorrow', 'days3', 'week'] as const;
export type Snooze = (typeof SNOOZES)[number];

const HOUR_MS = 60 * 60 * 1000;
const DAYS: Record<Exclude<Snooze, 'hour'>, number> = { tomorrow: 1, days3: 3, week: 7 };

/** The instant when the item returns: in an hour, or at nine in the morning in Japan. */
export function snoozeUntil(snooze: Snooze, now: Date): string {
  if (snooze === 'hour') return new Date(now.getTime() + HOUR_MS).toISOString();
  const nine = new Date(`${jstDateOf(now)}T09:00:00+09:00`);
  return new Date(nine.getTime() + DAYS[snooze] * 24 * HOUR_MS).toISOString();
}
