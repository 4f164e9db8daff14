import type { Edit } from './break-sources.ts';

/**
 * The protocol with one thing broken. The simulation must see each mutant; otherwise it proves
 * nothing about the whole protocol. `caught-at.json` has the place of the last catch, which is only
 * where the search begins. `equivalent` says why nobody can tell the mutant from the original.
 */
export type Mutant = {
  readonly name: string;
  /** A sentence that says what the mutant breaks. */
  readonly breaks: string;
  readonly edits: readonly Edit[];
  /** For a mutant too rare for histories: the scenario in which an end of a process shows it. */
  readonly scenario?: string;
  readonly equivalent?: string;
};
