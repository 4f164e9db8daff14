import { keysOf, TRANSACTION_STATE, type TransactionState } from '../order/states.ts';
import type { Yen } from '../values/yen.ts';

/**
 * The heart: the next call to F-REGI that moves a transaction to the state the shop wants.
 *
 * The table is written once and used five times: by the loop that asks, by the buttons (offered or
 * not, and why), by the preview, by the generated tables in ARCHITECTURE.md, and by the exhaustive
 * test.
 */

/** The shop's goals for a transaction. `adjusted`: captured, for another amount (A3). */
export const GOALS = ['captured', 'cancelled', 'authorized', 'adjusted'] as const;
export type Goal = (typeof GOALS)[number];

/** The calls that F-REGI offers. */
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

/** Transaction state × goal → the next verb, `reached`, or `no_way`. */
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
  /** The states in which the verb is allowed. */
  readonly from: readonly TransactionState[];
  /** The state of the transaction after a `done` answer. */
  readonly to: TransactionState;
  /** True if F-REGI makes a new transaction, with a new 取引番号, for the asked amount. */
  readonly makesTransaction: boolean;
  /**
   * The consequence of a lost answer. `ask_again`: F-REGI's state guard on the 取引番号 makes a repeat
   * harmless, and its "already …" refusal proves the first ask. `never_repeat`: a repeat could make
   * a second transaction, and we would not know the new 取引番号.
   */
  readonly lostAnswer: 'ask_again' | 'never_repeat';
};

/**
 * Verb → the states it starts from and leads to, and the consequence of a lost answer (rule M4).
 */
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
 * Returns the next call for a transaction of `held` yen toward the goal for `wanted` yen. A
 * captured transaction of another amount has not reached its goal and has no way to it (promise 4).
 */
export function nextAsk(state: TransactionState, held: Yen, goal: Goal, wanted: Yen): Cell {
  const cell = LINK[state][goal];
  if (cell === 'capture' && held !== wanted) return 'change_amount';
  if (cell === 'reached' && goal === 'captured' && held !== wanted) return 'no_way';
  if (cell === 'change_captured_amount' && held === wanted) return 'reached';
  return cell;
}

/**
 * Returns every call from here to the goal, in order, provided that each succeeds: the preview of
 * rule M6.
 */
export function asksToGoal(state: TransactionState, held: Yen, goal: Goal, wanted: Yen): Verb[] {
  const next = nextAsk(state, held, goal, wanted);
  if (next === 'reached' || next === 'no_way') return [];
  const { to, makesTransaction } = VERB[next];
  return [next, ...asksToGoal(to, makesTransaction ? wanted : held, goal, wanted)];
}

/**
 * Returns the state in which a successful call leaves the transaction it acted on; F-REGI gives the
 * old one back if the verb makes a new one.
 */
export function leftIn(verb: Verb): TransactionState {
  const { to, makesTransaction } = VERB[verb];
  if (!makesTransaction) return to;
  return to === 'authorized' ? 'voided' : 'refunded_untransmitted';
}

/** The states in which a transaction holds the customer's money or has taken it. */
export const LIVE_STATES = keysOf(TRANSACTION_STATE).filter(isLive);

/** The states in which the customer is charged. */
export const CAPTURED_STATES = keysOf(TRANSACTION_STATE).filter(isCaptured);

/** The states that F-REGI or the card company can still change. */
export const UNSETTLED_STATES = [
  'authorized',
  'captured_untransmitted',
  'refunded_untransmitted',
] as const satisfies readonly TransactionState[];

/** True once the customer is charged, whether transmitted to the card company or not. */
export function isCaptured(state: TransactionState): boolean {
  return LINK[state].cancelled === 'refund';
}

/** True once the charge is refunded, whether transmitted or not. */
export function isRefunded(state: TransactionState): boolean {
  return state === 'refunded_untransmitted' || state === 'refunded_transmitted';
}

/** The verbs that end a transaction; they cannot be taken back. */
export const IRREVERSIBLE = ['void', 'refund'] as const satisfies readonly Verb[];
export type Irreversible = (typeof IRREVERSIBLE)[number];

/** Returns the first irreversible verb; null if there is none. */
export function irreversibleIn(verbs: readonly Verb[]): Irreversible | null {
  return IRREVERSIBLE.find((verb) => verbs.includes(verb)) ?? null;
}

/**
 * True if both states are equal apart from transmission. The card company's batch transmits; for
 * every decision captured is captured and refunded is refunded.
 */
export function isAlike(state: TransactionState, other: TransactionState): boolean {
  if (isCaptured(state)) return isCaptured(other);
  return isRefunded(state) ? isRefunded(other) : state === other;
}

/** True while the transaction holds the customer's money or has taken it. */
export function isLive(state: TransactionState): boolean {
  const cell = LINK[state].cancelled;
  return cell === 'void' || cell === 'refund';
}
