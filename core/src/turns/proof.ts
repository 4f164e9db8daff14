import type { Proof } from '../domain/order/states.ts';
import { VERB } from '../domain/transaction/link.ts';
import type { Operation, ShopSettings, Step } from './operation.ts';
import { LIMITS } from './timing.ts';

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
