import { describe, expect, test } from 'vitest';
import { catchByEnds, crashLots, enumerateInParallel, INQUIRIES } from './crashes.ts';
import { MUTANTS } from './mutants.ts';
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
  // While one process holds a run's lease the other rests: it has fewer waits than under a lock.
  expect(new Set(lots.map(({ scenario }) => scenario)).size).toBe(SCENARIOS.length);
  expect(waits).toBeGreaterThan(1_500);
  expect(runs).toBe(3 * waits + lots.length); // each lot begins with a run that nothing ends
});

/** The restored scenarios have teeth of their own: where each way of breaking safe mode is seen. */
const SEEN_AT: readonly (readonly [mutant: string, scenario: string])[] = [
  ['safe mode is not heard', 'restored, capture forgotten'],
  ['nothing is parked', 'restored, withdrawn since it was asked'],
  ['compared too early', 'restored, capture under way'],
  ['parked too early', 'restored, capture asked anew'],
  ['parked too late', 'restored, work goes on after the release'],
  ['what is asked is not marked', 'restored, change and capture forgotten'],
  ['marked once it is answered', 'restored, change and capture forgotten'],
  ['a mail is not marked', 'restored, nothing forgotten'],
  ['mails are sent again after a restore', 'restored, nothing forgotten'],
  ['withdrawn in safe mode', 'restored, withdrawn since it was asked'],
];

describe('what is broken of a restore is seen where a process ends', () => {
  test.each(SEEN_AT)('%s: %s', { timeout: 60_000 }, async (name, scenario) => {
    const lots = crashLots({ pairs: false }).filter((lot) => lot.scenario === scenario);
    const { edits = [] } = MUTANTS.find((mutant) => mutant.name === name) ?? {};
    expect(edits).not.toEqual([]);
    expect(await catchByEnds(edits, lots)).not.toBeNull();
  });
});
