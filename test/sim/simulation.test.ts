import { describe, expect, test } from 'vitest';
import { FAULT_LABELS } from './faults.ts';
import { playInParallel } from './hands.ts';
import { SOMETIMES } from './labels.ts';
import { REGRESSIONS } from './regressions.ts';
import { missing } from './report.ts';
import { play } from './world.ts';

/** Layer 1 of three: many histories, each with its own faults, judged by the gateway's ledger. */
const SEEDS = 3_000;

test(`M1–M5, INV-1…25: every invariant holds in ${SEEDS} histories`, {
  timeout: 300_000,
}, async () => {
  const summary = await playInParallel({ from: 1, seeds: SEEDS, workers: 2 });
  expect(summary.violations).toEqual([]);
  expect(summary.seeds).toBe(SEEDS);
  expect(missing(FAULT_LABELS, summary.labels), 'faults that never struck').toEqual([]);
  expect(missing(SOMETIMES, summary.labels), 'states that were never reached').toEqual([]);
});

test('a seed is a history: a second play gives the same history', async () => {
  for (let seed = 1; seed <= 25; seed += 1) {
    const [once, again] = [await play(seed), await play(seed)];
    expect(again.fingerprint, `seed ${seed}`).toBe(once.fingerprint);
    expect(again.events).toBe(once.events);
  }
  expect((await play(1)).fingerprint).not.toBe((await play(2)).fingerprint);
});

describe('a seed that once failed does not fail again', () => {
  test.each(REGRESSIONS)('seed $seed: $found', async ({ seed }) => {
    expect((await play(seed)).violation).toBeNull();
  });
});
