import type { Command } from '../../domain/commands/command.ts';
import { NO_LIMITS } from '../../domain/limits/limits.ts';
import { isAsSeen, type Order } from '../../domain/order/order.ts';
import type { Proposal, ProposalEvent, ProposalOutcome } from '../../domain/order/proposal.ts';
import type { Reason } from '../../domain/reasons/index.ts';
import { proposalOf } from '../../domain/rules/end-proposal.ts';
import type { Instant } from '../../domain/values/jst.ts';
import type { Page } from '../operation.ts';
import { write } from '../page.ts';
import type { Giver, Reach } from './reach.ts';

/**
 * F59: the second person. A command above a limit is not refused: it is recorded as a proposal, and
 * carried out once another person agrees, decided anew at that moment by the same rules.
 */

/** Returns the command that is to be carried out: the given one, or the one that it agrees to. */
export function meantBy({ order }: Page, command: Command): Command {
  if (command.kind !== 'agree_to_proposal') return command;
  return proposalOf(order, command.proposal)?.command ?? command;
}

/** The part of a page that an agreement rests on. */
type AgreementScene = Pick<Page, 'order' | 'now'> & {
  readonly settings: Pick<Page['settings'], 'limits'>;
};

/** Returns the reason why somebody may not agree; null if they may, or agree to nothing. */
export function objectionToAgreement(
  { order, now, settings }: AgreementScene,
  { command, actor, memberSince = null }: Giver,
): Reason | null {
  if (command.kind !== 'agree_to_proposal') return null;
  const proposal = proposalOf(order, command.proposal);
  if (proposal === null) return 'no_proposal';
  if (now >= proposal.until) return 'proposal_expired';
  if (!isAsSeen(order, proposal.fits)) return 'proposal_overtaken';
  if (actor.kind !== 'user' || actor.id === proposal.by.id) return 'own_proposal';
  const { memberDays } = settings.limits ?? NO_LIMITS;
  const isKnown = memberSince !== null && memberSince <= proposal.at - memberDays * DAY_MS;
  return isKnown ? null : 'too_new_to_agree';
}

const DAY_MS = 24 * 60 * 60 * 1000;
/** True while somebody can still agree to the order's proposal. */
export function isWaitingForSecond(order: Order, now: Instant): boolean {
  const { proposal } = order;
  return proposal !== null && now < proposal.until && isAsSeen(order, proposal.fits);
}

/** Records a proposal, in place of one that nobody can agree to any more. */
export function propose(page: Page, proposed: NonNullable<Reach['waits']>): Page {
  const { order, now } = page;
  const { proposal } = order;
  if (proposal === null) return write(page, proposed);
  const outcome = now >= proposal.until ? 'expired' : 'overtaken';
  return write(write(page, ended(proposal, outcome)), proposed);
}

/** Ends the proposal that the command agrees to; the rest of the turn carries it out. */
export function agree(page: Page, command: Command): Page {
  const { proposal } = page.order;
  if (command.kind !== 'agree_to_proposal' || proposal === null) return page;
  return write(page, ended(proposal, 'agreed'));
}

/** Ends a proposal whose time is over. While an operation is open, it can wait. */
export function expire(page: Page): { readonly page: Page } {
  const { order, now, operation } = page;
  const { proposal } = order;
  if (operation !== null || proposal === null || now < proposal.until) return { page };
  return { page: write(page, ended(proposal, 'expired')) };
}

function ended({ by: proposedBy }: Proposal, outcome: ProposalOutcome): ProposalEvent {
  return { kind: 'proposal_ended', outcome, proposedBy, word: '' };
}
