export const BUCKETS = [
  'matched',
  'amount_differs',
  'only_ours',
  'only_theirs',
  'not_looked',
  'timing_out',
  'timing_in',
] as const;

/**
 * `only_ours`: a later look at F-REGI does not show it. `not_looked`: nobody has looked since.
 * `timing_out`: ours in this period, theirs in another. `timing_in`: the reverse.
 */
export type Bucket = (typeof BUCKETS)[number];

/** The verdicts on a period, as `Verdict` in match.ts explains them. */
export const VERDICTS = ['miscounted', 'differs', 'not_looked', 'agrees', 'empty'] as const;

/** The buckets that a person has to examine; `not_looked` needs a look at F-REGI first. */
export const DIFFERENCES = ['amount_differs', 'only_ours', 'only_theirs'] as const;
