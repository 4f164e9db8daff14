import type { Instant } from '@renkei/core/domain/values/jst.ts';
import { Rounds, type Worker } from '../../workers/rounds.ts';
import { readClock } from '../attention/observations.ts';
import type { Db } from './db.ts';

export type ClockOptions = {
  readonly db: Db;
  /** Milliseconds on a clock that nobody sets. */
  readonly stopwatch: () => number;
  readonly onError: (error: unknown) => void;
};

/** An answer that took longer is too imprecise. */
const ANSWER_MAX_MS = 1_000;

/** Reads the time once, so that the clock knows it from the beginning. */
export async function createClock(options: ClockOptions): Promise<Clock> {
  const { db, stopwatch } = options;
  return new Clock(options, (await readClock(db)) - stopwatch());
}

/**
 * The time of the database, the same for all servers, whose own clocks do not matter. It is read
 * now and then, and counted in between on a clock that nobody sets. So it lags the database by one
 * answer's way, and is never ahead of it.
 */
export class Clock implements Worker {
  readonly #db: Db;
  readonly #stopwatch: () => number;
  readonly #rounds: Rounds;
  #startedAt: Instant;

  constructor({ db, stopwatch, onError }: ClockOptions, startedAt: Instant) {
    this.#db = db;
    this.#stopwatch = stopwatch;
    this.#startedAt = startedAt;
    this.#rounds = new Rounds(() => this.#read(), onError);
  }

  readonly now = (): Instant => Math.floor(this.#startedAt + this.#stopwatch());

  /**
   * Starts to reread the time regularly: clocks drift, and after a failover the clock is another
   * one.
   */
  open(everyMs = 10_000): void {
    this.#rounds.open(everyMs);
  }

  close(): Promise<void> {
    return this.#rounds.close();
  }

  async #read(): Promise<void> {
    const asked = this.#stopwatch();
    const now = await readClock(this.#db);
    if (this.#stopwatch() - asked <= ANSWER_MAX_MS) this.#startedAt = now - this.#stopwatch();
  }
}
