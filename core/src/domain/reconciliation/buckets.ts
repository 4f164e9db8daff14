export const BUCKETS = [
  'matched',
  'amount_differs',
  'only_ours',
  'only_theirs',
  'timing_out',
  'timing_in',
] as const;

/** `timing_out`: ours in this period, theirs in another. `timing_in`: the other way round. */
export type Bucket = (typeof BUCKETS)[number];
