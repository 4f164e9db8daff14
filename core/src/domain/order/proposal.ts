import type { Command } from '../commands/command.ts';
import { isAlike } from '../transaction/link.ts';
import type { Instant } from '../values/jst.ts';
import type { Yen } from '../values/yen.ts';
import type { TransactionState } from './states.ts';
import type { Person } from './witnesses.ts';

/** The money that a shop limits: given back to the customer, or taken beyond what was approved. */
export const LIMITED_KINDS = ['refund', 'raise'] as const;
export type LimitedKind = (typeof LIMITED_KINDS)[number];

/** The yen of a command that count towards a limit. */
export type Limited = { readonly kind: LimitedKind; readonly amount: Yen };

/** F59: a command above a limit of the shop, which waits for a second person. */
export type Proposal = {
  /** The order's version that recorded it; serves as its id. */
  readonly version: number;
  /** The last version of the order that it is about; a later change overtakes it. */
  readonly fits: number;
  readonly command: Command;
  readonly limited: Limited;
  readonly by: Person;
  readonly at: Instant;
  /** When it expires. */
  readonly until: Instant;
};

export type ProposalOutcome = 'agreed' | 'declined' | 'withdrawn' | 'expired' | 'overtaken';

/** The entries of a journal about commands that wait for a second person. */
export type ProposalEvent =
  | ({ readonly kind: 'command_proposed' } & Omit<Proposal, 'version' | 'fits'>)
  | {
      /** By a person, by the time, or by the next proposal. */
      readonly kind: 'proposal_ended';
      readonly outcome: ProposalOutcome;
      readonly proposedBy: Person;
      /** Why it was declined; otherwise empty. */
      readonly word: string;
    };

const KINDS: readonly string[] = [
  'command_proposed',
  'proposal_ended',
] satisfies readonly ProposalEvent['kind'][];

export function isProposalEvent<E extends { readonly kind: string }>(
  event: E,
): event is Extract<E, ProposalEvent> {
  return KINDS.includes(event.kind);
}

/** Returns the waiting proposal of an order after an event about it. */
export function afterProposalEvent(
  order: { readonly version: number },
  event: ProposalEvent,
): Proposal | null {
  if (event.kind === 'proposal_ended') return null;
  const { kind: _kind, ...proposed } = event;
  const version = order.version + 1;
  return { version, fits: version, ...proposed };
}

type HeldMoney = {
  readonly seqno: string | null;
  readonly amount: Yen;
  readonly state: TransactionState;
};

/**
 * Returns the proposal of an order whose transaction is found otherwise. The card company's batch
 * overtakes none: captured is captured, transmitted or not.
 */
export function stillFitting(
  order: {
    readonly proposal: Proposal | null;
    readonly transaction: HeldMoney | null;
    readonly version: number;
    readonly changedIn: number;
  },
  seen: HeldMoney,
): Proposal | null {
  const { proposal, transaction, version, changedIn } = order;
  if (proposal === null || transaction === null || changedIn > proposal.fits) return proposal;
  const { seqno, amount, state } = transaction;
  const isSame = seen.seqno === seqno && seen.amount === amount && isAlike(seen.state, state);
  return isSame ? { ...proposal, fits: version + 1 } : proposal;
}
