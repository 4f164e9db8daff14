import type { Edit } from './break-sources.ts';

/**
 * The protocol with one thing broken: the simulation has to see each of them, or it proves
 * nothing about the protocol that is whole. `seed` is where the mutant was last caught first; it
 * is only where the search begins. `equivalent` says why a mutant cannot be told from the original.
 */
export type Mutant = {
  readonly name: string;
  /** What it breaks, as a sentence. */
  readonly breaks: string;
  readonly edits: readonly Edit[];
  readonly seed?: number;
  /** Where no history sees it, being too rare: the scenario in which some end of a process does. */
  readonly scenario?: string;
  readonly equivalent?: string;
};
