import type { Edit } from './break-sources.ts';

/**
 * The protocol with one thing broken: the simulation has to see each of them, or it proves
 * nothing about the protocol that is whole. `caught-at.json` says where each was last
 * caught, which is only where the search begins. `equivalent` says why a mutant cannot be told from the original.
 */
export type Mutant = {
  readonly name: string;
  /** A sentence that says what the mutant breaks. */
  readonly breaks: string;
  readonly edits: readonly Edit[];
  /** Where no history sees it, being too rare: the scenario in which some end of a process does. */
  readonly scenario?: string;
  readonly equivalent?: string;
};
