import { describe, expect, test } from 'vitest';
import { catchByEnds, crashLots, enumerateInParallel, INQUIRIES } from './crashes.ts';
import { MUTANTS } from './mutants.ts';
import { SCENARIOS } from './scenarios.ts';

/**
 * Layer 2 of three: every place instead of chance. This test plays a quarter of each scenario's
 * ends, with one kind of inquiry; the command plays all of them, and the pairs.
 */
test('M4: a process may end before or after each of its waits, and no invariant breaks', {
  timeout: 300_000,
}, async () => {
  const lots = crashLots({ pairs: false }).filter(({ scenario, inquiry, part }) => {
    const at = SCENARIOS.findIndex(({ name }) => name === scenario);
    return inquiry === INQUIRIES[at % INQUIRIES.length] && (part - at) % 4 === 0;
  });
  const { runs, waits, violations } = await enumerateInParallel(lots, 2);
  expect(violations).toEqual([]);
  // While one process holds a run's lease, the other rests: so a run has fewer waits than under a
  // lock.
  expect(new Set(lots.map(({ scenario }) => scenario)).size).toBe(SCENARIOS.length);
  expect(waits).toBeGreaterThan(1_500);
  expect(runs).toBe(3 * waits + lots.length); // each lot begins with an undisturbed run
});

/**
 * The scenarios with a restore catch mutants of their own: each way of breaking safe mode, and the
 * scenario that sees it.
 */
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

describe('an ended process shows every mutant of the restore', () => {
  test.each(SEEN_AT)(
    'the mutant “%s” is seen in the scenario “%s”',
    { timeout: 60_000 },
    async (name, scenario) => {
      const lots = crashLots({ pairs: false }).filter((lot) => lot.scenario === scenario);
      const { edits = [] } = MUTANTS.find((mutant) => mutant.name === name) ?? {};
      expect(edits).not.toEqual([]);
      expect(await catchByEnds(edits, lots)).not.toBeNull();
    },
  );
});
