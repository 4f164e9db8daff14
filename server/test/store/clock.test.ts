import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createClock } from '../../src/store/db/clock.ts';
import type { Db } from '../../src/store/db/db.ts';

/** A database that tells a time after `wayMs`; and a stopwatch that is at 5,000. */
let told: number | Error;
let wayMs: number;
let stopwatchMs: number;
const errors: unknown[] = [];
beforeEach(() => {
  vi.useFakeTimers();
  [told, wayMs, stopwatchMs] = [1_000_000, 0, 5_000];
  errors.length = 0;
});
afterEach(() => void vi.useRealTimers());

const db = {
  query() {
    stopwatchMs += wayMs;
    return told instanceof Error
      ? Promise.reject(told)
      : Promise.resolve({ rows: [{ now: told }] });
  },
} as unknown as Db;

const open = () =>
  createClock({ db, stopwatch: () => stopwatchMs, onError: (error) => errors.push(error) });

test("F38: the clock starts at the database's time and counts on by the stopwatch", async () => {
  const clock = await open();
  expect(clock.now()).toBe(1_000_000);
  stopwatchMs += 1_234.9;
  vi.setSystemTime(0); // the machine's own clock is set
  expect(clock.now()).toBe(1_001_234);
});

test('the clock is behind by the time of an answer, and never ahead', async () => {
  wayMs = 300;
  const clock = await open();
  expect(clock.now()).toBe(1_000_000); // told 300 ms ago
});

test.each([
  ['is read anew', 900, 2_000_000],
  ['an answer that was long under way is not believed', 1_100, 1_001_100],
])('the clock: %s', async (_what, ms, expected) => {
  const clock = await open();
  [told, wayMs] = [2_000_000, ms];
  clock.open(10_000);
  await vi.advanceTimersByTimeAsync(0);
  expect(clock.now()).toBe(expected);
  await clock.close();
});

test('while the database is away the clock goes on, and reports it', async () => {
  const clock = await open();
  told = new Error('away');
  clock.open(10_000);
  await vi.advanceTimersByTimeAsync(0);
  stopwatchMs += 60_000;
  expect(clock.now()).toBe(1_060_000);
  expect(errors).toEqual([told]);
  told = 3_000_000;
  await vi.advanceTimersByTimeAsync(10_000);
  expect(clock.now()).toBe(3_000_000);
  await clock.close();
});
