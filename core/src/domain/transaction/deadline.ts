/** C10: the bands of 承認期限, each with its last day, in whole days left. */
const BANDS = { passed: -1, d1: 1, d3: 3, d7: 7, d14: 14, later: Infinity } as const;

/** The distance to a deadline; the nearest band first. */
export type DeadlineLevel = keyof typeof BANDS;
export const DEADLINE_LEVELS = ['passed', 'd1', 'd3', 'd7', 'd14', 'later'] as const;

/** Renkei warns of a deadline from this many days before it. */
export const DEADLINE_WARNING_DAYS = BANDS.d14;

/**
 * Returns the band for a number of days left; a negative number means that the deadline has passed.
 */
export function deadlineLevel(daysLeft: number): DeadlineLevel {
  return DEADLINE_LEVELS.find((level) => daysLeft <= BANDS[level]) ?? 'later';
}

/** Returns the last day of a band, in days left; Infinity for `later`. */
export function lastDayOf(level: DeadlineLevel): number {
  return BANDS[level];
}
