import type { Instant } from '@renkei/core/domain/order.ts';
import { Rounds, type Worker } from '../../workers/rounds.ts';
import { readClock } from '../attention/observations.ts';
import type { Db } from './db.ts';

export type ClockOptions = {
  readonly db: Db;
  /** Milliseconds on a clock that is never set. */
  readonly stopwatch: () => number;
  readonly onError: (error: unknown) => void;
};

/** An answer that was longer under way tells too little. */
const ANSWER_MAX_MS = 1_000;

/** Reads the time once, so that it is known from the beginning. */
export async function createClock(options: ClockOptions): Promise<Clock> {
  const { db, stopwatch } = options;
  return new Clock(options, (await readClock(db)) - stopwatch());
}

/**
 * The time, which is the database's: it is the same for all servers, and none of their own clocks is
 * asked. Read now and then, and counted on in between by a clock that is never set; so it is behind
 * the database's by the way of one answer, and never ahead of it.
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

  /** Begins to read it anew now and then: clocks drift, and a standby has another one. */
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
