import { type Books, ownerOf } from '../domain/drift/ownership.ts';
import { isAlike, isLive, VERB, type Verb } from '../domain/link.ts';
import type { Transaction } from '../domain/order.ts';
import type { Reason } from '../domain/reasons/index.ts';
import type { TransactionState } from '../domain/states.ts';
import type { Yen } from '../domain/yen.ts';
import type { InquiryResult, Refusal, Seen } from './asks.ts';

/** What a refusal means for the step that it answers. */
export type RefusalMeaning =
  /** It is our own earlier call that stands in the way: that call was carried out. */
  | { readonly kind: 'proven' }
  /** Not our doing: somebody else has moved the transaction. Mirror it, and stop. */
  | { readonly kind: 'found'; readonly state: TransactionState }
  /** It did not happen, and nothing has changed. */
  | { readonly kind: 'declined'; readonly reason: Reason }
  /** It does not say whether it happened. */
  | { readonly kind: 'unclear' };

/** The refusal that proves a verb's earlier ask, if there was one (rule M4). */
const PROOF: Record<Verb, Refusal | null> = {
  capture: 'already_captured',
  void: 'already_voided',
  refund: 'already_refunded',
  change_amount: null,
  change_captured_amount: null,
  authorize: null,
};

/** The state that a refusal shows the transaction to be in. */
const FOUND = {
  already_captured: 'captured_untransmitted',
  already_voided: 'voided',
  already_refunded: 'refunded_untransmitted',
} as const satisfies Partial<Record<Refusal, TransactionState>>;

/**
 * Reads a refusal. The same words mean different things: 売上受付済み answers our own repeat when
 * the journal holds an earlier ask, and is somebody else's doing when it does not (C6, M4).
 */
export function readRefusal(verb: Verb, refusal: Refusal, repeat: boolean): RefusalMeaning {
  if (repeat && PROOF[verb] === refusal) return { kind: 'proven' };
  switch (refusal) {
    case 'already_captured':
    case 'already_voided':
    case 'already_refunded':
      return { kind: 'found', state: FOUND[refusal] };
    case 'unclear':
      return { kind: 'unclear' };
    case 'card_declined':
    case 'request_rejected':
      return { kind: 'declined', reason: declinedAs(verb, refusal) };
    default:
      return { kind: 'declined', reason: refusal };
  }
}

function declinedAs(verb: Verb, refusal: 'card_declined' | 'request_rejected'): Reason {
  if (verb === 'change_captured_amount') return 'captured_change_declined'; // A4
  return verb === 'change_amount' ? 'amount_change_declined' : refusal; // C4
}

/** What a sighting of a slip's transactions means for a step whose outcome is not known. */
export type SightingMeaning =
  /** The step was carried out; the transaction as it is now. */
  | { readonly kind: 'done'; readonly seen: Seen }
  /** The step was not carried out, if nothing is on its way any more. */
  | { readonly kind: 'not_done' }
  /** Neither: somebody else has moved the transaction. */
  | { readonly kind: 'found'; readonly seen: Seen }
  | { readonly kind: 'two_live' }
  | { readonly kind: 'unclear' };

/**
 * Reads a sighting. `done` is final whenever it is seen; the rest is to be believed only after the
 * quarantine, when no request can be under way any more. Where others may be hidden, a verb that
 * makes a transaction is not judged at all: the one shown need not be the only one.
 */
export function readSighting(
  step: { readonly verb: Verb; readonly seqno: string | null; readonly amount: Yen },
  before: Transaction,
  {
    transactions,
    complete,
  }: Pick<Extract<InquiryResult, { kind: 'seen' }>, 'transactions' | 'complete'>,
): SightingMeaning {
  if (VERB[step.verb].makesTransaction && !complete) return { kind: 'unclear' };
  const live = transactions.filter(({ state }) => isLive(state));
  if (live.length > 1) return { kind: 'two_live' };
  const [only] = live;
  if (VERB[step.verb].makesTransaction) return readMade(step, before, transactions, only);

  const own = transactions.find(({ seqno }) => seqno === step.seqno);
  if (own === undefined) return { kind: 'unclear' };
  if (only !== undefined && only !== own) return { kind: 'found', seen: own };
  if (isAlike(own.state, VERB[step.verb].to)) return { kind: 'done', seen: own };
  return isAlike(own.state, before.state) ? { kind: 'not_done' } : { kind: 'found', seen: own };
}

/**
 * O1: what another order's ask may have made is no evidence of what became of ours: neither that it
 * made it, nor that somebody else has moved our own. Only a person can tell.
 */
export function withoutDispute(
  meaning: SightingMeaning,
  step: { readonly seqno: string | null },
  transactions: readonly Seen[],
  books: Books,
): SightingMeaning {
  const isDisputed = transactions.some(
    ({ seqno, state }) =>
      seqno !== step.seqno && isLive(state) && ownerOf(seqno, books)?.isMaking === true,
  );
  const restsOnIt = meaning.kind === 'done' || meaning.kind === 'found';
  return isDisputed && restsOnIt ? { kind: 'unclear' } : meaning;
}

function readMade(
  step: { readonly verb: Verb; readonly seqno: string | null; readonly amount: Yen },
  before: Transaction,
  transactions: readonly Seen[],
  live: Seen | undefined,
): SightingMeaning {
  const own = transactions.find(({ seqno }) => seqno === step.seqno);
  if (live === undefined) {
    return step.seqno === null || own === undefined
      ? { kind: step.seqno === null ? 'not_done' : 'unclear' }
      : { kind: 'found', seen: own };
  }
  if (live.seqno === step.seqno) {
    return isAlike(live.state, before.state) ? { kind: 'not_done' } : { kind: 'found', seen: live };
  }
  const asAsked = isAlike(live.state, VERB[step.verb].to) && live.amount === step.amount;
  return asAsked ? { kind: 'done', seen: live } : { kind: 'unclear' };
}
