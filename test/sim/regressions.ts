/**
 * Seeds that found a mistake in the protocol, played in every run. A seed is a history only for
 * the simulation of its day: when the simulation learns something new, its histories change, and
 * the row in a table test beside the fix keeps the case.
 */
export const REGRESSIONS = [
  { seed: 85, found: 'an old sighting was believed because it was heard late' },
] as const;
