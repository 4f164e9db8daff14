/**
 * The faults and their rates. Each seed draws its own mixture: most kinds are rare and a few are
 * common, because rare coincidences need some frequent faults (swarm testing).
 */
export const GATEWAY_FAULTS = [
  'unsent',
  'lost_request',
  'lost_answer',
  'late_act',
  'late_answer',
  'error_before',
  'error_after',
  'garbage_before',
  'garbage_after',
  'unclear_before',
  'unclear_after',
  'declined',
  'half_done_change',
] as const;
/**
 * Of 発行取消 only: the customer pays while the request is on its way; F-REGI refuses a payable one.
 */
export const REVOCATION_FAULTS = ['paid_meanwhile', 'refused_anyway'] as const;
export const CALL_FAULTS = [...GATEWAY_FAULTS, ...REVOCATION_FAULTS] as const;
export type GatewayFault = (typeof CALL_FAULTS)[number];

/** At each wait a process dies or sleeps, before or after the call that it waits for. */
export const PROCESS_FAULTS = [
  'crash_before',
  'crash_after',
  'pause_before',
  'pause_after',
] as const;
export type ProcessFault = (typeof PROCESS_FAULTS)[number];

/** A transaction is rolled back, or committed without the process hearing of it. */
export const STORE_FAULTS = ['commit_lost', 'commit_untold'] as const;
export const READ_FAULTS = ['read_failed'] as const;
export const DATABASE_FAULTS = [...STORE_FAULTS, ...READ_FAULTS] as const;
export const INQUIRY_FAULTS = ['inquiry_failed', 'inquiry_slow'] as const;
/** Refused for good, refused for now, lost or delivered without an answer, answered very late. */
export const POST_FAULTS = [
  'post_refused',
  'post_later',
  'post_lost',
  'post_untold',
  'post_slow',
] as const;
export type PostFault = (typeof POST_FAULTS)[number];

export const RATES = {
  ...each(GATEWAY_FAULTS, { rare: 0.01, common: 0.12 }),
  ...each(PROCESS_FAULTS, { rare: 0.003, common: 0.02 }),
  ...each(STORE_FAULTS, { rare: 0.004, common: 0.03 }),
  ...each(READ_FAULTS, { rare: 0.02, common: 0.2 }),
  ...each(INQUIRY_FAULTS, { rare: 0.1, common: 0.5 }),
  ...each(POST_FAULTS, { rare: 0.02, common: 0.2 }),
};
/**
 * Rates of a rough day: more calls fail at once, so that doubts of several orders meet. These
 * mixtures broke INV-20 where the usual ones did not.
 */
export const ROUGH = {
  ...each(GATEWAY_FAULTS, { rare: 0.02, common: 0.25 }),
  ...each(PROCESS_FAULTS, { rare: 0.006, common: 0.03 }),
};
/** Rates that no seed draws. */
export const FIXED = { paid_meanwhile: 0.03, refused_anyway: 0.05 };
export type Fault = keyof typeof RATES | keyof typeof FIXED;

function each<K extends string>(kinds: readonly K[], rate: Rate): Record<K, Rate> {
  return Object.fromEntries(kinds.map((kind) => [kind, rate])) as Record<K, Rate>;
}
type Rate = { readonly rare: number; readonly common: number };
