import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Rounds } from '../src/workers/rounds.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Rounds whose ends the test decides. */
function underControl() {
  const begun: PromiseWithResolvers<unknown>[] = [];
  const errors: unknown[] = [];
  const rounds = new Rounds(
    () => {
      const round = Promise.withResolvers<unknown>();
      begun.push(round);
      return round.promise;
    },
    (error) => errors.push(error),
  );
  async function end(result?: unknown): Promise<void> {
    begun.at(-1)?.resolve(result);
    await vi.advanceTimersByTimeAsync(0);
  }
  return { begun, errors, rounds, end };
}

test('the first round begins at once, the next after a pause, and never two at a time', async () => {
  const { begun, rounds, end } = underControl();
  rounds.open(1_000);
  expect(begun).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(begun).toHaveLength(1);
  await end();
  await vi.advanceTimersByTimeAsync(999);
  expect(begun).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(begun).toHaveLength(2);
});

test('after a round that has left work undone, the next does not wait', async () => {
  const { begun, rounds, end } = underControl();
  rounds.open(1_000);
  await end('more');
  await vi.advanceTimersByTimeAsync(1);
  expect(begun).toHaveLength(2);
});

test('a failed round is reported, and the rounds go on', async () => {
  const { begun, errors, rounds } = underControl();
  rounds.open(1_000);
  begun[0]?.reject(new Error('the database was away'));
  await vi.advanceTimersByTimeAsync(1_000);
  expect(errors).toEqual([new Error('the database was away')]);
  expect(begun).toHaveLength(2);
});

test('closing waits for the running round, and no other begins', async () => {
  const { begun, rounds, end } = underControl();
  rounds.open(1_000);
  let ended = false;
  const closing = rounds.close().then(() => (ended = true));
  expect(rounds.closed).toBe(true);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(ended).toBe(false);
  await end('more');
  await closing;
  rounds.open(1_000);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(begun).toHaveLength(1);
});

test('closing in the pause between two rounds ends them at once', async () => {
  const { begun, rounds, end } = underControl();
  rounds.open(1_000);
  await end();
  await rounds.close();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(begun).toHaveLength(1);
});
