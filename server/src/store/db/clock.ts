import type { Instant } from '@renkei/core/domain/order.ts';
import { createRounds } from '../../workers/rounds.ts';
import { readClock } from '../attention/observations.ts';
import type { Db } from './db.ts';

/**
 * The time, which is the database's: it is the same for all servers, and none of their own clocks is
 * asked. Read now and then, and counted on in between by a clock that is never set; so it is behind
 * the database's by the way of one answer, and never ahead of it.
 */
export type Clock = {
  readonly now: () => Instant;
  /** Begins to read it anew now and then: clocks drift, and a standby has another one. */
  open(everyMs?: number): void;
  close(): Promise<void>;
};

export type ClockOptions = {
  readonly db: Db;
  /** Milliseconds on a clock that is never set. */
  readonly stopwatch: () => number;
  readonly onError: (error: unknown) => void;
};

/** An answer that was longer under way tells too little. */
const ANSWER_MAX_MS = 1_000;

export async function createClock({ db, stopwatch, onError }: ClockOptions): Promise<Clock> {
  let startedAt = (await readClock(db)) - stopwatch();

  async function read(): Promise<void> {
    const asked = stopwatch();
    const now = await readClock(db);
    if (stopwatch() - asked <= ANSWER_MAX_MS) startedAt = now - stopwatch();
  }

  const rounds = createRounds(read, onError);
  return {
    now: () => Math.floor(startedAt + stopwatch()),
    open: (everyMs = 10_000) => rounds.open(everyMs),
    close: rounds.close,
  };
}
