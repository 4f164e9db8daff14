import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { type CrashLot, catchByEnds, crashLots } from './crashes.ts';
import { playBroken } from './hands.ts';
import type { Mutant } from './mutant.ts';
import { MUTANTS } from './mutants.ts';
import type { Violation } from './scene.ts';

/** A violation and its place: a seed, or the end of a process in a scenario. */
export type Catch = Violation & { readonly at: string };

/** The greatest number of histories in which a mutant is hunted. */
export const HUNT_SEEDS = 20_000;

/**
 * The place where the last hunt caught each mutant, by name. Stale after a change of the
 * simulation.
 */
const CAUGHT_AT = new URL('./caught-at.json', import.meta.url);
export const caughtAt: Readonly<Record<string, string>> = JSON.parse(
  readFileSync(CAUGHT_AT, 'utf8'),
);

/** Catches a mutant at the place of the last catch; hunts it if that place no longer catches it. */
export async function catchMutant(mutant: Mutant): Promise<Catch | null> {
  const at = caughtAt[mutant.name];
  return (at === undefined ? null : await catchAt(mutant, at)) ?? huntMutant(mutant);
}

/** Keeps the places of the catches, so that the tests need not hunt for them again. */
export async function writeCaught(caught: ReadonlyMap<string, Catch>): Promise<void> {
  const isThere = (name: string) => MUTANTS.some((mutant) => mutant.name === name);
  const known = Object.entries(caughtAt).filter(([name]) => isThere(name) && !caught.has(name));
  const found = [...caught].map(([name, { at }]) => [name, at] as const);
  const places = [...known, ...found].sort();
  await writeFile(CAUGHT_AT, `${JSON.stringify(Object.fromEntries(places), null, 2)}\n`);
}

function catchAt({ edits, scenario }: Mutant, at: string): Promise<Catch | null> {
  if (scenario === undefined) return firstSeed(edits, Number(at.replace('seed ', '')), 1);
  return firstEnd(edits, (lot) => lotName(lot) === at);
}

/** Hunts every mutant and reports each when it is done. Resolves to the mutants that survive. */
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
  return firstEnd(edits, (lot) => lot.scenario === scenario);
}

async function firstEnd(edits: Mutant['edits'], isAsked: (lot: CrashLot) => boolean) {
  for (const lot of crashLots({ pairs: false }).filter(isAsked)) {
    const seen = await catchByEnds(edits, [lot]);
    if (seen !== null) return { ...seen, at: lotName(lot) };
  }
  return null;
}

function lotName({ scenario, inquiry, part }: CrashLot): string {
  return `${scenario}, inquiry ${inquiry}, part ${part}`;
}

async function firstSeed(edits: Mutant['edits'], from: number, seeds: number) {
  const [first] = (await playBroken(edits, { from, seeds })).violations;
  return first ? { ...first, at: `seed ${first.seed}` } : null;
}
