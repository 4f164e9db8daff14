import { catchByEnds, crashLots } from './crashes.ts';
import { playBroken } from './hands.ts';
import type { Mutant } from './mutant.ts';
import type { Violation } from './scene.ts';

/** `at`: the seed, or the end of a process in a scenario. */
export type Catch = Violation & { readonly at: string };

/** So many histories a mutant may live through at the most. */
export const HUNT_SEEDS = 5_000;

/** The first seed that catches a mutant: where it was caught last, or from the first one on. */
export async function catchMutant(mutant: Mutant): Promise<Catch | null> {
  const { edits, seed } = mutant;
  const known = seed === undefined ? null : await firstSeed(edits, seed, 1);
  return known ?? huntMutant(mutant);
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
      const caught = await huntMutant(mutant);
      if (caught === null) alive.push(mutant);
      onDone(mutant, caught);
    }
  };
  await Promise.all(Array.from({ length: hands }, hunt));
  return alive;
}

async function huntMutant({ edits, scenario }: Mutant): Promise<Catch | null> {
  if (scenario === undefined) return firstSeed(edits, 1, HUNT_SEEDS);
  const lots = crashLots({ pairs: false }).filter((lot) => lot.scenario === scenario);
  const seen = await catchByEnds(edits, lots);
  return seen && { ...seen, at: seen.run };
}

async function firstSeed(edits: Mutant['edits'], from: number, seeds: number) {
  const [first] = (await playBroken(edits, { from, seeds })).violations;
  return first ? { ...first, at: `seed ${first.seed}` } : null;
}
