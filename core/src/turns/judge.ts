import { type Books, isDisputed } from '../domain/drift/ownership.ts';
import type { Transaction } from '../domain/order/order.ts';
import type { TransactionState } from '../domain/order/states.ts';
import type { Reason } from '../domain/reasons/index.ts';
import { isAlike, isLive, VERB, type Verb } from '../domain/transaction/link.ts';
import type { Yen } from '../domain/values/yen.ts';
import type { InquiryResult, Refusal, Seen } from './asks.ts';
import type { Operation, Step } from './operation.ts';

/** The meaning of a refusal for the step that it answers. */
export type RefusalMeaning =
  /** Our own earlier call causes the refusal: F-REGI carried that call out. */
  | { readonly kind: 'proven' }
  /** Somebody else moved the transaction. Record the state, and stop. */
  | { readonly kind: 'found'; readonly state: TransactionState }
  /** F-REGI did nothing, and nothing has changed. */
  | { readonly kind: 'declined'; readonly reason: Reason }
  /** The refusal does not tell whether F-REGI did it. */
  | { readonly kind: 'unclear' };

/** The refusal that proves an earlier ask of the same verb (rule M4). */
const PROOF: Record<Verb, Refusal | null> = {
  capture: 'already_captured',
  void: 'already_voided',
  refund: 'already_refunded',
  change_amount: null,
  change_captured_amount: null,
  authorize: null,
};

/** The transaction state that a refusal shows. */
const FOUND = {
  already_captured: 'captured_untransmitted',
  already_voided: 'voided',
  already_refunded: 'refunded_untransmitted',
} as const satisfies Partial<Record<Refusal, TransactionState>>;

/**
 * Reads a refusal. The same refusal has two meanings: 売上受付済み proves our own call if the journal
 * holds an earlier ask, and shows somebody else's action if it does not (C6, M4).
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

/** The meaning of a sighting of a slip for a step whose outcome is unknown. */
export type SightingMeaning =
  /** F-REGI carried the step out; `seen` is the transaction now. */
  | { readonly kind: 'done'; readonly seen: Seen }
  /** F-REGI did not carry the step out, provided that no request is still under way. */
  | { readonly kind: 'not_done' }
  /** Somebody else moved the transaction. */
  | { readonly kind: 'found'; readonly seen: Seen }
  | { readonly kind: 'two_live' }
  | { readonly kind: 'unclear' };

/**
 * Reads a sighting. `done` is final at any time. Trust every other meaning only after the
 * quarantine, when no request can be under way any more. An incomplete list says nothing about a
 * verb that makes a transaction: the transaction shown need not be the only one.
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
 * O1: if another order's ask may have made a live transaction, that transaction proves nothing
 * about the step of an operation, neither that we made it nor that somebody moved our own. Only a
 * person can tell.
 */
export function withoutDispute(
  meaning: SightingMeaning,
  { step, operation }: { readonly step: Step; readonly operation: Operation },
  transactions: readonly Seen[],
  books: Books,
): SightingMeaning {
  const isInDispute = transactions.some(
    (seen) => seen.seqno !== step.seqno && isDisputed(seen, operation.createdAt, books),
  );
  const restsOnIt = meaning.kind === 'done' || meaning.kind === 'found';
  return isInDispute && restsOnIt ? { kind: 'unclear' } : meaning;
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
