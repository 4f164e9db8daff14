import type { CommandOf } from '../commands/command.ts';
import { type Decision, record, refuse } from '../commands/decision.ts';
import type { Order, Proposal } from '../order/order.ts';

/** F59: ends a proposal: whoever made it withdraws it, anybody else declines it with a word. */
export function decideEndProposal(
  order: Order,
  { proposal: version, by, word }: CommandOf<'end_proposal'>,
): Decision {
  const proposal = proposalOf(order, version);
  if (proposal === null) return refuse('no_proposal');
  const isOwn = proposal.by.id === by;
  if (!isOwn && word === '') return refuse('word_wanted');
  const outcome = isOwn ? 'withdrawn' : 'declined';
  return record({ kind: 'proposal_ended', outcome, proposedBy: proposal.by, word });
}

/** Returns the waiting proposal of this number; null if another one waits, or none. */
export function proposalOf({ proposal }: Order, version: number): Proposal | null {
  return proposal?.version === version ? proposal : null;
}
