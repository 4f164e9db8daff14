import { checkTiming, TIMING, type Timing } from '../../core/src/turns/timing.ts';

/** Deadlines short enough for tests, with the same inequalities as the real ones. */
export const QUICK: Timing = checkTiming({
  ...TIMING,
  callMs: 2_000,
  queueMs: 500,
  sendWindowMs: 1_000,
  inFlightMs: 500,
  quarantineMs: 4_000,
  takeoverMs: 3_600,
  lookMs: 200,
  resendMs: 100,
  holdMs: 1_000,
});
