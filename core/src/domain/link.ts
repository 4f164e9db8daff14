import { keysOf, TRANSACTION_STATE, type TransactionState } from './states.ts';
import type { Yen } from './yen.ts';

/**
 * The heart: what to ask F-REGI next, so that a transaction comes to the state that the shop wants.
 *
 * Written once, used five times: by the loop that asks, by the buttons (offered or not, and why),
 * by the preview, by the generated tables in ARCHITECTURE.md, and by the exhaustive test.
 */

/** What the shop can want of a transaction. `adjusted`: captured, for another amount (A3). */
export const GOALS = ['captured', 'cancelled', 'authorized', 'adjusted'] as const;
export type Goal = (typeof GOALS)[number];

/** What can be asked of F-REGI. */
export const VERBS = [
  'capture',
  'void',
  'refund',
  'change_amount',
  'change_captured_amount',
  'authorize',
] as const;
export type Verb = (typeof VERBS)[number];

export type Cell = Verb | 'reached' | 'no_way';

/** Transaction state × goal → the verb to ask next, or that there is nothing to ask. */
export const LINK: Record<TransactionState, Record<Goal, Cell>> = {
  authorized: row('capture', 'void', 'reached', 'no_way'),
  voided: row('no_way', 'reached', 'no_way', 'no_way'),
  authorization_failed: row('no_way', 'reached', 'no_way', 'no_way'),
  captured_untransmitted: row('reached', 'refund', 'no_way', 'change_captured_amount'),
  captured_transmitted: row('reached', 'refund', 'no_way', 'change_captured_amount'),
  refunded_untransmitted: row('no_way', 'reached', 'no_way', 'no_way'),
  refunded_transmitted: row('no_way', 'reached', 'no_way', 'no_way'),
  capture_failed: row('no_way', 'no_way', 'no_way', 'no_way'),
  preorder_unauthorized: row('no_way', 'reached', 'authorize', 'no_way'),
  validated_unauthorized: row('no_way', 'reached', 'authorize', 'no_way'),
};

/** The cells of a row, in the order of the goals. */
function row(captured: Cell, cancelled: Cell, authorized: Cell, adjusted: Cell) {
  return { captured, cancelled, authorized, adjusted };
}

type VerbFacts = {
  /** States that the verb starts from. */
  readonly from: readonly TransactionState[];
  /** The state that a done answer leaves the transaction in. */
  readonly to: TransactionState;
  /** True where F-REGI makes a new transaction, with a new 取引番号, for the amount asked. */
  readonly makesTransaction: boolean;
  /**
   * What a lost answer allows. `ask_again`: F-REGI's state guard on the 取引番号 makes a repeat
   * harmless, and its "already …" refusal proves the first ask. `never_repeat`: a repeat could make
   * a second transaction, and the new 取引番号 would be out of reach.
   */
  readonly lostAnswer: 'ask_again' | 'never_repeat';
};

/** Verb → where it starts, where it ends, and what a lost answer means (rule M4). */
export const VERB: Record<Verb, VerbFacts> = {
  capture: {
    from: ['authorized'],
    to: 'captured_untransmitted',
    makesTransaction: false,
    lostAnswer: 'ask_again',
  },
  void: { from: ['authorized'], to: 'voided', makesTransaction: false, lostAnswer: 'ask_again' },
  refund: {
    from: ['captured_untransmitted', 'captured_transmitted'],
    to: 'refunded_untransmitted',
    makesTransaction: false,
    lostAnswer: 'ask_again',
  },
  change_amount: {
    from: ['authorized'],
    to: 'authorized',
    makesTransaction: true,
    lostAnswer: 'never_repeat',
  },
  change_captured_amount: {
    from: ['captured_untransmitted', 'captured_transmitted'],
    to: 'captured_untransmitted',
    makesTransaction: true,
    lostAnswer: 'never_repeat',
  },
  authorize: {
    from: ['preorder_unauthorized', 'validated_unauthorized'],
    to: 'authorized',
    makesTransaction: true,
    lostAnswer: 'never_repeat',
  },
};

/**
 * What to ask next for a transaction of `held` yen, so that it reaches the goal for `wanted` yen.
 * Reached and captured for another amount are not the same: that has no way (promise 4).
 */
export function nextAsk(state: TransactionState, held: Yen, goal: Goal, wanted: Yen): Cell {
  const cell = LINK[state][goal];
  if (cell === 'capture' && held !== wanted) return 'change_amount';
  if (cell === 'reached' && goal === 'captured' && held !== wanted) return 'no_way';
  if (cell === 'change_captured_amount' && held === wanted) return 'reached';
  return cell;
}

/** Every ask from here to the goal, in order, if each is done: the preview of rule M6. */
export function asksToGoal(state: TransactionState, held: Yen, goal: Goal, wanted: Yen): Verb[] {
  const next = nextAsk(state, held, goal, wanted);
  if (next === 'reached' || next === 'no_way') return [];
  const { to, makesTransaction } = VERB[next];
  return [next, ...asksToGoal(to, makesTransaction ? wanted : held, goal, wanted)];
}

/**
 * The state in which a done ask leaves the transaction that it was about: where a new one was made
 * in its place, the former is given back.
 */
export function leftIn(verb: Verb): TransactionState {
  const { to, makesTransaction } = VERB[verb];
  if (!makesTransaction) return to;
  return to === 'authorized' ? 'voided' : 'refunded_untransmitted';
}

/** The states in which a transaction holds or has taken the customer's money. */
export const LIVE_STATES = keysOf(TRANSACTION_STATE).filter(isLive);

/** The states in which the customer is charged. */
export const CAPTURED_STATES = keysOf(TRANSACTION_STATE).filter(isCaptured);

/** The states that F-REGI or the card company still moves on from: nothing in them is final. */
export const UNSETTLED_STATES = [
  'authorized',
  'captured_untransmitted',
  'refunded_untransmitted',
] as const satisfies readonly TransactionState[];

/** True once the customer is charged, transmitted to the card company or not yet. */
export function isCaptured(state: TransactionState): boolean {
  return LINK[state].cancelled === 'refund';
}

/** True once what was captured is given back, transmitted or not yet. */
export function isRefunded(state: TransactionState): boolean {
  return state === 'refunded_untransmitted' || state === 'refunded_transmitted';
}

/** What cannot be taken back once it is done: the verbs that end a transaction. */
export const IRREVERSIBLE = ['void', 'refund'] as const satisfies readonly Verb[];
export type Irreversible = (typeof IRREVERSIBLE)[number];

/** The verb among these that cannot be taken back, or null. */
export function irreversibleIn(verbs: readonly Verb[]): Irreversible | null {
  return IRREVERSIBLE.find((verb) => verbs.includes(verb)) ?? null;
}

/**
 * True of one state, before and after its transmission, which is the card company's own batch:
 * captured is captured and refunded is refunded, to every decision.
 */
export function isAlike(state: TransactionState, other: TransactionState): boolean {
  if (isCaptured(state)) return isCaptured(other);
  return isRefunded(state) ? isRefunded(other) : state === other;
}

/** True while the transaction holds or has taken the customer's money. */
export function isLive(state: TransactionState): boolean {
  const cell = LINK[state].cancelled;
  return cell === 'void' || cell === 'refund';
}
