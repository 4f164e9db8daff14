import { VERB } from '../domain/transaction/link.ts';
import type { Operation, ShopSettings, Step } from './operation.ts';
import { LIMITS } from './timing.ts';

/**
 * The ways in which Renkei learns the outcome of an ask in doubt (M4): it looks at F-REGI; it asks
 * again, and F-REGI carries the same ask out only once; or a person reads F-REGI's console.
 */
export const PROOFS = ['inquiry', 'repeat', 'person'] as const;
export type Proof = (typeof PROOFS)[number];

/** Returns the next way for an operation in doubt. The protocol goes it, and the screens tell it. */
export function proofOf(
  { looks }: Pick<Operation, 'looks'>,
  { verb }: Pick<Step, 'verb'>,
  { inquiry }: Pick<ShopSettings, 'inquiry'>,
): Proof {
  return inquiry && looks < LIMITS.looks ? 'inquiry' : proofWithoutLooks(verb);
}

/** Returns the way if F-REGI shows nothing. A lost change of amount must not be asked again. */
export function proofWithoutLooks(verb: Step['verb']): Exclude<Proof, 'inquiry'> {
  return VERB[verb].lostAnswer === 'ask_again' ? 'repeat' : 'person';
}
