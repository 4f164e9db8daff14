/** Durations in milliseconds. `checkTiming` holds their inequalities. */
export type Timing = {
  /** The most time between writing an ask and its first byte; after that the ask is not sent. */
  readonly sendWindowMs: number;
  /** The most time that a call may wait behind other calls; after that it is not sent. */
  readonly queueMs: number;
  /** The deadline of a call, from connecting to the last byte of the answer. */
  readonly callMs: number;
  /** The time after our deadline in which the gateway may still carry a request out. */
  readonly inFlightMs: number;
  /** After this time from the ask, an ask without a trace at the gateway did not happen. */
  readonly quarantineMs: number;
  /**
   * After this time from the ask, a cardholder who was asked to confirm can do it no more. F-REGI's
   * own limit is not known; the sandbox takes 15 minutes.
   */
  readonly confirmMs: number;
  /** After this time from the ask, its sender is presumed gone. */
  readonly takeoverMs: number;
  /** The wait before the first look at an unknown outcome; doubles each time, up to an hour. */
  readonly lookMs: number;
  /** The wait before repeating an ask that was never sent; doubles each time. */
  readonly resendMs: number;
  /** The wait before checking again whether Renkei may ask the gateway. */
  readonly holdMs: number;
  /** The time in which an unknown outcome may resolve itself before it concerns a person (D9). */
  readonly unknownMs: number;
};

/** F-REGI states that a card round trip can take about 30 s (protocol §2). */
export const TIMING: Timing = checkTiming({
  sendWindowMs: 10_000,
  queueMs: 5_000,
  callMs: 60_000,
  inFlightMs: 60_000,
  quarantineMs: 150_000,
  confirmMs: 1_200_000,
  takeoverMs: 80_000,
  lookMs: 5_000,
  resendMs: 1_000,
  holdMs: 30_000,
  unknownMs: 900_000,
});

export const LIMITS = {
  /** Asks of one operation, all verbs together. */
  asks: 12,
  /** Consecutive asks that never left; then the operation ends as `not_sent`. */
  unsent: 6,
  /** Looks at one unknown outcome; then a person decides. */
  looks: 18,
  /** Looks after which a returning cardholder brings no further look forward. */
  returns: 6,
} as const;

/** Checks the inequalities that safety rests on. Throws a RangeError if one fails. */
export function checkTiming(timing: Timing): Timing {
  const { sendWindowMs, queueMs, callMs, inFlightMs, quarantineMs, takeoverMs, confirmMs } = timing;
  const answeredMs = sendWindowMs + queueMs + callMs;
  if (quarantineMs < answeredMs + inFlightMs) {
    throw new RangeError('quarantine must outlast send window, queue, call and in-flight time');
  }
  if (confirmMs < quarantineMs) {
    throw new RangeError('the time to confirm must outlast the quarantine');
  }
  if (takeoverMs <= answeredMs) {
    throw new RangeError('takeover must come after send window, queue and call');
  }
  return timing;
}

/** Returns a doubling wait in milliseconds, at most one hour. `tries` counts from 0. */
export function backoffMs(baseMs: number, tries: number): number {
  return Math.min(baseMs * 2 ** tries, 3_600_000);
}
