import { playBroken } from './hands.ts';
import type { Mutant } from './mutants.ts';
import type { Violation } from './scene.ts';

export type Catch = Violation & { readonly seed: number };

/** So many histories a mutant may live through at the most. */
export const HUNT_SEEDS = 5_000;

/** The first seed that catches a mutant: where it was caught last, or from the first one on. */
export async function catchMutant({ edits, seed }: Mutant): Promise<Catch | null> {
  if (seed !== undefined) {
    const { violations } = await playBroken(edits, { from: seed, seeds: 1 });
    if (violations[0] !== undefined) return violations[0];
  }
  return huntMutant(edits);
}

/** Hunts for every mutant, and tells of each as it is done. Resolves to those that live. */
export async function huntInParallel(
  mutants: readonly Mutant[],
  hands: number,
  onDone: (mutant: Mutant, caught: Catch | null) => void,
): Promise<Mutant[]> {
  const waiting = [...mutants];
  const alive: Mutant[] = [];
  const hunt = async () => {
    for (let mutant = waiting.shift(); mutant !== undefined; mutant = waiting.shift()) {
      const caught = await huntMutant(mutant.edits);
      if (caught === null) alive.push(mutant);
      onDone(mutant, caught);
    }
  };
  await Promise.all(Array.from({ length: hands }, hunt));
  return alive;
}

async function huntMutant(edits: Mutant['edits']): Promise<Catch | null> {
  const { violations } = await playBroken(edits, { from: 1, seeds: HUNT_SEEDS });
  return violations[0] ?? null;
}
