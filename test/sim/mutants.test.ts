import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { applyEdit, pathOf } from './break-sources.ts';
import { catchMutant, caughtAt } from './hunt.ts';
import { MUTANTS } from './mutants.ts';

/** Proves the judge: the protocol fails in each of these broken forms. */
describe('the simulation catches every way of breaking the protocol', () => {
  const caught = MUTANTS.filter(({ equivalent }) => equivalent === undefined);
  test.each(caught)('$name: $breaks', { timeout: 60_000 }, async (mutant) => {
    expect(await catchMutant(mutant)).not.toBeNull();
  });
});

test('every mutant changes the code as it is today', () => {
  for (const { edits } of MUTANTS) {
    for (const edit of edits) {
      const source = readFileSync(pathOf(edit), 'utf8');
      expect(applyEdit(source, edit)).not.toBe(source);
    }
  }
  expect(new Set(MUTANTS.map(({ name }) => name)).size).toBe(MUTANTS.length);
});

test('`npm run sim -- --mutants` has hunted every mutant', () => {
  expect(Object.keys(caughtAt).sort()).toEqual(MUTANTS.map(({ name }) => name).sort());
});
