/** How long things may take, in milliseconds. The inequalities stand below. */
export type Timing = {
  /** The most time between writing an ask and its first byte; after that it is not sent. */
  readonly sendWindowMs: number;
  /** The most time that a call may wait for its turn among other calls; then it is not sent. */
  readonly queueMs: number;
  /** The deadline of a call, from connecting to the last byte of the answer. */
  readonly callMs: number;
  /** How long after our deadline a request may still be carried out by the gateway. */
  readonly inFlightMs: number;
  /** After this time from the ask, what is not seen at the gateway did not happen. */
  readonly quarantineMs: number;
  /** After this time from the ask, whoever sent it is presumed gone. */
  readonly takeoverMs: number;
  /** Wait before the first look at an unknown outcome; doubled each time, up to an hour. */
  readonly lookMs: number;
  /** Wait before asking again what was never sent; doubled each time. */
  readonly resendMs: number;
  /** Wait before looking again whether the gateway may be asked. */
  readonly holdMs: number;
  /** How long an unknown outcome may resolve itself before it is somebody's business (D9). */
  readonly unknownMs: number;
};

/** F-REGI says that a card round trip can take about 30 s (protocol §2). */
export const TIMING: Timing = checkTiming({
  sendWindowMs: 10_000,
  queueMs: 5_000,
  callMs: 60_000,
  inFlightMs: 60_000,
  quarantineMs: 150_000,
  takeoverMs: 80_000,
  lookMs: 5_000,
  resendMs: 1_000,
  holdMs: 30_000,
  unknownMs: 900_000,
});

export const LIMITS = {
  /** Asks of one operation, of whatever verb. */
  asks: 12,
  /** Asks in a row that never left; then the operation ends as `not_sent`. */
  unsent: 6,
  /** Looks at one unknown outcome; then a person is asked. */
  looks: 18,
} as const;

/** The inequalities that safety rests on. Throws where one does not hold. */
export function checkTiming(timing: Timing): Timing {
  const { sendWindowMs, queueMs, callMs, inFlightMs, quarantineMs, takeoverMs } = timing;
  const answeredMs = sendWindowMs + queueMs + callMs;
  if (quarantineMs < answeredMs + inFlightMs) {
    throw new RangeError('quarantine must outlast send window, queue, call and in-flight time');
  }
  if (takeoverMs <= answeredMs) {
    throw new RangeError('takeover must come after send window, queue and call');
  }
  return timing;
}

/** A doubling wait with a ceiling of one hour. `tries` counts from 0. */
export function backoffMs(baseMs: number, tries: number): number {
  return Math.min(baseMs * 2 ** tries, 3_600_000);
}
