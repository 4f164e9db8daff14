/** How long things may take, in milliseconds. See reliability of a money operation, below. */
export type Timing = {
  /** The most time between writing an ask and its first byte; after that it is not sent. */
  readonly sendWindowMs: number;
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
};

/** F-REGI says that a card round trip can take about 30 s (protocol §2). */
export const TIMING: Timing = checkTiming({
  sendWindowMs: 10_000,
  callMs: 60_000,
  inFlightMs: 60_000,
  quarantineMs: 150_000,
  takeoverMs: 80_000,
  lookMs: 5_000,
  resendMs: 1_000,
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
  const { sendWindowMs, callMs, inFlightMs, quarantineMs, takeoverMs } = timing;
  if (quarantineMs < sendWindowMs + callMs + inFlightMs) {
    throw new RangeError('quarantine must outlast send window + call + in-flight time');
  }
  if (takeoverMs <= sendWindowMs + callMs) {
    throw new RangeError('takeover must come after send window + call');
  }
  return timing;
}

/** A doubling wait with a ceiling of one hour. `tries` counts from 0. */
export function backoffMs(baseMs: number, tries: number): number {
  return Math.min(baseMs * 2 ** tries, 3_600_000);
}
