import { isHearsay, type Sighted } from '../domain/drift/sighted.ts';
import type { Transaction } from '../domain/order/order.ts';
import { keysOf, TRANSACTION_STATE, type TransactionState } from '../domain/order/states.ts';
import type { Witnesses } from '../domain/order/witnesses.ts';
import { VERB } from '../domain/transaction/link.ts';
import { isEqual } from '../domain/values/equal.ts';
import type { Instant } from '../domain/values/jst.ts';
import type { Yen } from '../domain/values/yen.ts';
import type { Seen } from './asks.ts';
import { settlesAt } from './in-doubt.ts';
import { readSighting, withoutDispute } from './judge.ts';
import type { Page, Step, Turn } from './operation.ts';
import { concerned, concerning, rest, writeAnswer } from './page.ts';
import { resolveReview } from './protocol.ts';
import type { Timing } from './timing.ts';

/** A possible finding at F-REGI's console for an operation in review, and its meaning. */
export type ReviewChoice = {
  /** Null: none of the slip's transactions is live. */
  readonly state: TransactionState | null;
  /**
   * `done`: F-REGI carried our ask out. `not_done`: it did not. `found`: somebody else moved the
   * transaction.
   */
  readonly outcome: 'done' | 'not_done' | 'found';
  /** True if the finding is another transaction than our ask acted on. */
  readonly newTransaction: boolean;
  /** The expected amount in yen; a different amount needs a second person. */
  readonly amount: Yen;
};

/** States that no transaction at F-REGI can have. */
const NOT_THERE: readonly TransactionState[] = ['preorder_unauthorized', 'validated_unauthorized'];
const ANOTHER = '99999999999999999999';

/**
 * Returns the answers that a review accepts, with their meaning. Inquiries are read by the same
 * function, so one rule judges a person's word and F-REGI's. Pure.
 */
export function reviewChoices(step: Step, before: Transaction): ReviewChoice[] {
  const { verb, seqno, amount } = step;
  const made: Seen = { seqno: ANOTHER, authCode: null, state: VERB[verb].to, amount };
  const states = keysOf(TRANSACTION_STATE).filter((state) => !NOT_THERE.includes(state));
  const own = states.flatMap((state): Seen[] =>
    seqno === null ? [] : [{ seqno, authCode: null, state, amount: before.amount }],
  );
  return [made, ...own, null].flatMap((seen) => choiceOf(step, before, seen));
}

function choiceOf(step: Step, before: Transaction, seen: Seen | null): ReviewChoice[] {
  const transactions = seen === null ? [] : [seen];
  const meaning = readSighting(step, before, { transactions, complete: true });
  if (meaning.kind === 'two_live' || meaning.kind === 'unclear') return [];
  const { state, amount } = seen ?? { state: null, amount: before.amount };
  return [{ state, outcome: meaning.kind, newTransaction: seen?.seqno === ANOTHER, amount }];
}

/** Returns the choice that matches an answer; null if none does. */
export function choiceFor(step: Step, before: Transaction, seen: Seen | null): ReviewChoice | null {
  const newTransaction = seen !== null && seen.seqno !== step.seqno;
  const state = seen?.state ?? null;
  const choices = reviewChoices(step, before);
  return (
    choices.find((one) => one.state === state && one.newTransaction === newTransaction) ?? null
  );
}

/**
 * The two-person rule: an unexpected amount would move money on one person's word, so a second
 * person must find the same. An expected amount needs no second person.
 */
function takesSecondPerson({ amount }: ReviewChoice, seen: Seen | null): boolean {
  return seen !== null && seen.amount !== amount;
}

type Witness = Witnesses['by'];

/** An answer that waits for a second person, or was declined since. */
export type GivenAnswer<By extends Witness = Witness> = {
  readonly answer: Seen;
  readonly actor: By;
  readonly declinedBy: By | null;
};

/** The verdict on an answer, given the answer before it. */
export type JudgedAnswer =
  /** The answer counts, on these people's word. `confirms`: it is the second of two. */
  | { readonly kind: 'counts'; readonly witnesses: Witnesses; readonly confirms: boolean }
  /** The answer waits for a second person and replaces any other waiting answer. */
  | { readonly kind: 'waits' }
  /** The same person gave this answer before, and it still waits. */
  | { readonly kind: 'own' };

/**
 * The whole two-person rule: an answer counts, waits for a second person, or waits already. Two
 * answers are the same if number, code, state and amount are.
 */
export function judgeAnswer(
  given: GivenAnswer | null,
  { choice, seen }: { readonly choice: ReviewChoice; readonly seen: Seen | null },
  by: Witness,
): JudgedAnswer {
  if (!takesSecondPerson(choice, seen)) {
    return { kind: 'counts', witnesses: witnessesOf(by, null), confirms: false };
  }
  const stands = given !== null && given.declinedBy === null && isEqual(given.answer, seen);
  if (!stands) return { kind: 'waits' };
  if (given.actor.id === by.id) return { kind: 'own' };
  return { kind: 'counts', witnesses: witnessesOf(by, given.actor), confirms: true };
}

/**
 * Returns the people behind an answer: `by` alone, or `first` confirmed by `by`. Throws if both are
 * the same person.
 */
function witnessesOf(by: Witness, first: Witness | null): Witnesses {
  const person = ({ id, name }: Witness): Witness => ({ id, name });
  if (first === null) return { by: person(by), confirmedBy: null };
  if (first.id === by.id) throw new Error('a person cannot confirm their own answer');
  return { by: person(first), confirmedBy: person(by) };
}

/** The sightings of a slip, each with its time, and the time of the last complete look. */
export type SlipEvidence = {
  readonly sighted: readonly Sighted[];
  readonly lookedAt: Instant | null;
};

/**
 * Resolves a review by newer sightings, from an inquiry or the console's CSV. Only sightings after
 * the quarantine count, when no request could be under way any more, and no file of one person. `done` needs the order's own
 * transaction among them. `not_done` and `found` need a complete look at the slip, because one file
 * may leave out what another shows.
 */
export function resolveBySighting(page: Page, evidence: SlipEvidence, timing: Timing): Turn {
  const { operation, step } = page;
  const before = concerned(page);
  if (operation?.state !== 'review' || step === null || before === null) return rest(page, null);
  const settledAt = settlesAt(step, timing);
  const settled = evidence.sighted.filter(
    (seen) => seen.seenAt >= settledAt && !isHearsay(seen), // S6
  );
  const transactions = concerning(page, settled);
  const read = readSighting(step, before, { transactions, complete: true });
  const meaning = withoutDispute(read, { step, operation }, transactions, page.books);
  if (meaning.kind === 'two_live' || meaning.kind === 'unclear') return rest(page, null);
  const own = transactions.find(({ seqno }) => seqno === step.seqno);
  const isWhole = evidence.lookedAt !== null && evidence.lookedAt >= settledAt;
  if (!isWhole && !(meaning.kind === 'done' && own !== undefined)) return rest(page, null);
  const seen = meaning.kind === 'not_done' ? (own ?? null) : meaning.seen;
  const file = transactions.find(({ source }) => source === 'console_csv');
  const by = own?.source === 'console_csv' ? 'console_csv' : 'inquiry';
  return resolveReview(writeAnswer(page, seen, file?.told ?? null), seen, timing, by);
}
