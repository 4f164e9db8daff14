import { expect, test } from 'vitest';
import { crashLots, enumerateInParallel, INQUIRIES } from './crashes.ts';
import { SCENARIOS } from './scenarios.ts';

/**
 * Layer 2 of three: not by chance, but everywhere. Here of each scenario a quarter of its ends is
 * played, with one kind of inquiry; all of them, and the pairs, are played by the command.
 */
test('M4: a process ends at its waits, before and after, and nothing is wrong', {
  timeout: 300_000,
}, async () => {
  const lots = crashLots({ pairs: false }).filter(({ scenario, inquiry, part }) => {
    const at = SCENARIOS.findIndex(({ name }) => name === scenario);
    return inquiry === INQUIRIES[at % INQUIRIES.length] && (part - at) % 4 === 0;
  });
  const { runs, waits, violations } = await enumerateInParallel(lots, 2);
  expect(violations).toEqual([]);
  expect(waits).toBeGreaterThan(1_200);
  expect(runs).toBeGreaterThan(3_700);
});
