import { expect, test } from 'vitest';
import { enumerateAll } from './crashes.ts';

/** Layer 2 of three: not by chance, but everywhere. The pairs are played by the command. */
test('M4: a process ends at each of its waits, before and after, and nothing is wrong', {
  timeout: 60_000,
}, async () => {
  const { runs, waits, violations } = await enumerateAll({ pairs: false });
  expect(violations).toEqual([]);
  expect(waits).toBeGreaterThan(900);
  expect(runs).toBeGreaterThan(2_500);
});
