import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { applyEdit, pathOf } from './break-sources.ts';
import { catchMutant, caughtAt } from './hunt.ts';
import { MUTANTS } from './mutants.ts';

/** The judge has teeth: broken in any of these ways, the protocol does not get through. */
describe('every way of breaking the protocol is caught', () => {
  const caught = MUTANTS.filter(({ equivalent }) => equivalent === undefined);
  test.each(caught)('$name: $breaks', { timeout: 60_000 }, async (mutant) => {
    expect(await catchMutant(mutant)).not.toBeNull();
  });
});

test('the mutants are changes of the code as it is today', () => {
  for (const { edits } of MUTANTS) {
    for (const edit of edits) {
      const source = readFileSync(pathOf(edit), 'utf8');
      expect(applyEdit(source, edit)).not.toBe(source);
    }
  }
  expect(new Set(MUTANTS.map(({ name }) => name)).size).toBe(MUTANTS.length);
});

test('`npm run sim -- --mutants` has hunted for every mutant', () => {
  expect(Object.keys(caughtAt).sort()).toEqual(MUTANTS.map(({ name }) => name).sort());
});
