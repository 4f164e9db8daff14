import type { Sighted } from '../domain/drift/sighted.ts';
import { isEqual } from '../domain/equal.ts';
import type { Witnesses } from '../domain/events.ts';
import { VERB } from '../domain/link.ts';
import type { Instant, Transaction } from '../domain/order.ts';
import { keysOf, TRANSACTION_STATE, type TransactionState } from '../domain/states.ts';
import type { Yen } from '../domain/yen.ts';
import type { Seen } from './asks.ts';
import { readSighting, withoutDispute } from './judge.ts';
import type { Page, Step, Turn } from './operation.ts';
import { concerned, concerning, rest } from './page.ts';
import { resolveReview } from './protocol.ts';
import type { Timing } from './timing.ts';

/** What a person may find at F-REGI's console for an operation in review, and what it means. */
export type ReviewChoice = {
  /** Null: none of the slip's transactions is live, if there is any. */
  readonly state: TransactionState | null;
  /** `done`: our ask was carried out. `not_done`: it was not. `found`: somebody else was there. */
  readonly outcome: 'done' | 'not_done' | 'found';
  /** True where it is another transaction than the one that we asked about. */
  readonly newTransaction: boolean;
  /** The amount that is to be expected; another one takes a second person. */
  readonly amount: Yen;
};

/** States that no transaction at F-REGI can be in. */
const NOT_THERE: readonly TransactionState[] = ['preorder_unauthorized', 'validated_unauthorized'];
const ANOTHER = '99999999999999999999';

/**
 * The answers that a review can take, with their meaning: the same reading as an inquiry's, so
 * that a person's word and F-REGI's are judged by one rule. Pure.
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

/** The choice that an answer makes; null where it is none of them. */
export function choiceFor(step: Step, before: Transaction, seen: Seen | null): ReviewChoice | null {
  const newTransaction = seen !== null && seen.seqno !== step.seqno;
  const state = seen?.state ?? null;
  const choices = reviewChoices(step, before);
  return (
    choices.find((one) => one.state === state && one.newTransaction === newTransaction) ?? null
  );
}

/**
 * The two-person rule: an amount that nobody expected moves money on one person's word, so that a
 * second one has to find the same. The state alone is one of the choices, and takes nobody else.
 */
function takesSecondPerson({ amount }: ReviewChoice, seen: Seen | null): boolean {
  return seen !== null && seen.amount !== amount;
}

type Witness = Witnesses['by'];

/** An answer that was given, and who declined it since: it waits for a second person, or did. */
export type GivenAnswer<By extends Witness = Witness> = {
  readonly answer: Seen;
  readonly actor: By;
  readonly declinedBy: By | null;
};

/** What an answer comes to beside the one that was given before it. */
export type JudgedAnswer =
  /** It counts, on these people's word. `confirms`: it is the second of two. */
  | { readonly kind: 'counts'; readonly witnesses: Witnesses; readonly confirms: boolean }
  /** It waits for a second person, in place of any other that waited. */
  | { readonly kind: 'waits' }
  /** It is this person's own answer that waits already. */
  | { readonly kind: 'own' };

/**
 * The two-person rule, whole: whether an answer counts, waits for a second person, or waits
 * already. Two answers are the same where every fact is: number, code, state, amount.
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

/** Whose word an answer rests on: of `by`; where a second person confirmed it, first of `first`. */
function witnessesOf(by: Witness, first: Witness | null): Witnesses {
  const person = ({ id, name }: Witness): Witness => ({ id, name });
  if (first === null) return { by: person(by), confirmedBy: null };
  if (first.id === by.id) throw new Error('nobody confirms an answer of their own');
  return { by: person(first), confirmedBy: person(by) };
}

/** What was seen of a slip, each transaction with its time, and when all of it was looked up. */
export type SlipEvidence = {
  readonly sighted: readonly Sighted[];
  readonly lookedAt: Instant | null;
};

/**
 * Resolves a review by what was seen since: by an inquiry, or in the console's CSV. Only what was
 * seen after the quarantine counts, when no request could be under way any more. That it was done
 * is believed where both transactions are to be seen; that it was not, only where all of the slip
 * was looked up, for what a file does not show may stand in another one.
 */
export function resolveBySighting(page: Page, evidence: SlipEvidence, timing: Timing): Turn {
  const { operation, step } = page;
  const before = concerned(page);
  if (operation?.state !== 'review' || step === null || before === null) return rest(page, null);
  const settlesAt = step.sentAt + timing.quarantineMs;
  const settled = evidence.sighted.filter(({ seenAt }) => seenAt >= settlesAt);
  const transactions = concerning(page, settled);
  const read = readSighting(step, before, { transactions, complete: true });
  const meaning = withoutDispute(read, step, transactions, page.books);
  if (meaning.kind === 'two_live' || meaning.kind === 'unclear') return rest(page, null);
  const own = transactions.find(({ seqno }) => seqno === step.seqno);
  const isWhole = evidence.lookedAt !== null && evidence.lookedAt >= settlesAt;
  if (!isWhole && !(meaning.kind === 'done' && own !== undefined)) return rest(page, null);
  const seen = meaning.kind === 'not_done' ? (own ?? null) : meaning.seen;
  const by = own?.source === 'console_csv' ? 'console_csv' : 'inquiry';
  return resolveReview(page, seen, timing, by);
}
