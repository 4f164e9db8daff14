/** C10: the bands of 承認期限 with the last day of each, in whole days that are left of it. */
const BANDS = { passed: -1, d1: 1, d3: 3, d7: 7, d14: 14, later: Infinity } as const;

/** How near a deadline is; the nearest band first. */
export type DeadlineLevel = keyof typeof BANDS;
export const DEADLINE_LEVELS = ['passed', 'd1', 'd3', 'd7', 'd14', 'later'] as const;

/** From how many days before the deadline on somebody is warned of it. */
export const DEADLINE_WARNING_DAYS = BANDS.d14;

/** The band of so many days that are left; below zero, the deadline has passed. */
export function deadlineLevel(daysLeft: number): DeadlineLevel {
  return DEADLINE_LEVELS.find((level) => daysLeft <= BANDS[level]) ?? 'later';
}

/** The last day of a band, in days that are left; of `later` there is none (Infinity). */
export function lastDayOf(level: DeadlineLevel): number {
  return BANDS[level];
}
