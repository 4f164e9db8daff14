import { describe, expect, test } from 'vitest';
import { readTable, wordOf } from '../../../test/kit/table.ts';
import { keysOf, TRANSACTION_STATE } from '../../src/domain/order/states.ts';
import { reasonOfState } from '../../src/domain/reasons/of-state.ts';
import {
  asksToGoal,
  GOALS,
  isAlike,
  isCaptured,
  isLive,
  isRefunded,
  leftIn,
  nextAsk,
  VERB,
  VERBS,
} from '../../src/domain/transaction/link.ts';
import { yen } from '../../src/domain/values/yen.ts';
import { named, STATES } from './order-words.ts';

const HELD = yen(9_115);
const OTHER = yen(9_850);

/**
 * The asks that lead from a state to a goal, for the held amount and for another one (C1, C2, V2,
 * V5, A3, B2). Written out by hand: the test must not believe the code's own table.
 */
const PATHS = readTable(
  `
  state                  | goal       | same amount → another amount

  # C1, C2: an authorization is captured; for another amount it is changed first
  authorized             | captured   | capture     → change_amount capture
  # U2: a capture for another amount is no way to a capture, and is never changed by it
  captured_untransmitted | captured   | reached     → no_way
  captured_transmitted   | captured   | reached     → no_way
  # C6: no other state can be captured
  voided                 | captured   | no_way      → no_way
  authorization_failed   | captured   | no_way      → no_way
  refunded_untransmitted | captured   | no_way      → no_way
  refunded_transmitted   | captured   | no_way      → no_way
  capture_failed         | captured   | no_way      → no_way
  preorder_unauthorized  | captured   | no_way      → no_way
  validated_unauthorized | captured   | no_way      → no_way

  # V2: 承認済 is voided, 売上済 is refunded, transmitted or not
  authorized             | cancelled  | void        → void
  captured_untransmitted | cancelled  | refund      → refund
  captured_transmitted   | cancelled  | refund      → refund
  # V5: in every other state there is nothing to cancel
  voided                 | cancelled  | reached     → reached
  authorization_failed   | cancelled  | reached     → reached
  refunded_untransmitted | cancelled  | reached     → reached
  refunded_transmitted   | cancelled  | reached     → reached
  capture_failed         | cancelled  | no_way      → no_way
  preorder_unauthorized  | cancelled  | reached     → reached
  validated_unauthorized | cancelled  | reached     → reached

  # B2, B3: only a transaction that was never authorized is authorized
  authorized             | authorized | reached     → reached
  preorder_unauthorized  | authorized | authorize   → authorize
  validated_unauthorized | authorized | authorize   → authorize
  voided                 | authorized | no_way      → no_way
  authorization_failed   | authorized | no_way      → no_way
  captured_untransmitted | authorized | no_way      → no_way
  captured_transmitted   | authorized | no_way      → no_way
  refunded_untransmitted | authorized | no_way      → no_way
  refunded_transmitted   | authorized | no_way      → no_way
  capture_failed         | authorized | no_way      → no_way

  # A3: only a goal of its own changes a captured amount, and only a captured one
  captured_untransmitted | adjusted   | reached     → change_captured_amount
  captured_transmitted   | adjusted   | reached     → change_captured_amount
  authorized             | adjusted   | no_way      → no_way
  voided                 | adjusted   | no_way      → no_way
  authorization_failed   | adjusted   | no_way      → no_way
  refunded_untransmitted | adjusted   | no_way      → no_way
  refunded_transmitted   | adjusted   | no_way      → no_way
  capture_failed         | adjusted   | no_way      → no_way
  preorder_unauthorized  | adjusted   | no_way      → no_way
  validated_unauthorized | adjusted   | no_way      → no_way
  `,
  {
    state: wordOf(STATES),
    goal: wordOf(named(GOALS)),
    'same amount': String,
    'another amount': String,
  },
);

/** The effect of each verb on a transaction, and what a lost answer allows; written out by hand. */
const VERB_TABLE = readTable(
  `
  verb                   | from         → to                     | the former             | lost answer

  # M4: a verb that F-REGI guards may be asked again
  capture                | authorized   → captured_untransmitted | captured_untransmitted | ask_again
  void                   | authorized   → voided                 | voided                 | ask_again
  refund                 | captured     → refunded_untransmitted | refunded_untransmitted | ask_again
  # M4: a verb that makes a transaction is never repeated, and releases the former one
  authorize              | unauthorized → authorized             | voided                 | never_repeat
  change_amount          | authorized   → authorized             | voided                 | never_repeat
  change_captured_amount | captured     → captured_untransmitted | refunded_untransmitted | never_repeat
  `,
  {
    verb: wordOf(named(VERBS)),
    from: wordOf({
      authorized: ['authorized'],
      captured: ['captured_untransmitted', 'captured_transmitted'],
      unauthorized: ['preorder_unauthorized', 'validated_unauthorized'],
    }),
    to: wordOf(STATES),
    'the former': wordOf(STATES),
    'lost answer': wordOf(named(['ask_again', 'never_repeat'])),
  },
);

const STATE_NAMES = keysOf(TRANSACTION_STATE);
const cells = STATE_NAMES.flatMap((state) => GOALS.map((goal) => [state, goal] as const));

describe('the table', () => {
  for (const { title, state, goal, 'same amount': same, 'another amount': another } of PATHS) {
    test(title, () => {
      const pathFor = (wanted: typeof HELD) => {
        const asks = asksToGoal(state, HELD, goal, wanted);
        return asks.length > 0 ? asks.join(' ') : nextAsk(state, HELD, goal, wanted);
      };
      expect(pathFor(HELD)).toBe(same);
      expect(pathFor(OTHER)).toBe(another);
    });
  }

  test('M4: the tables of this test leave out no state, goal or verb', () => {
    const written = PATHS.map(({ state, goal }) => `${state} ${goal}`);
    expect(written.toSorted()).toEqual(cells.map((cell) => cell.join(' ')).toSorted());
    expect(VERB_TABLE.map(({ verb }) => verb).toSorted()).toEqual(VERBS.toSorted());
  });

  for (const { title, verb, from, to, 'the former': former, 'lost answer': lost } of VERB_TABLE) {
    test(title, () => {
      const makesTransaction = lost === 'never_repeat';
      expect(VERB[verb]).toEqual({ from, to, makesTransaction, lostAnswer: lost });
      expect(leftIn(verb)).toBe(former);
    });
  }

  test('V5: a transaction is live if it is authorized or captured', () => {
    const live = STATE_NAMES.filter(isLive);
    expect(live).toEqual(['authorized', 'captured_untransmitted', 'captured_transmitted']);
  });

  test.each(cells)(
    'from %s to %s every ask starts where it may, and the asks lead to the goal',
    (state, goal) => {
      for (const wanted of [HELD, OTHER]) {
        const asks = asksToGoal(state, HELD, goal, wanted);
        let at = state;
        let held = HELD;
        for (const verb of asks) {
          expect(VERB[verb].from).toContain(at);
          expect(nextAsk(at, held, goal, wanted)).toBe(verb);
          at = VERB[verb].to;
          if (VERB[verb].makesTransaction) held = wanted;
        }
        const end = nextAsk(at, held, goal, wanted);
        expect(asks.length > 0 ? end : ['reached', 'no_way'].includes(end) && 'reached').toBe(
          'reached',
        );
      }
    },
  );
});

/** The meaning of each state, in the words that decisions need; written out by hand. */
const STANDING = readTable(
  `
  state                  | live | captured | refunded → not captured, because

  # C6: the meaning of each state, and why it is not captured
  authorized             | yes  | no       | no       → not_authorized
  voided                 | no   | no       | no       → already_voided
  authorization_failed   | no   | no       | no       → not_authorized
  captured_untransmitted | yes  | yes      | no       → already_captured
  captured_transmitted   | yes  | yes      | no       → already_captured
  refunded_untransmitted | no   | no       | yes      → already_refunded
  refunded_transmitted   | no   | no       | yes      → already_refunded
  capture_failed         | no   | no       | no       → not_authorized
  preorder_unauthorized  | no   | no       | no       → not_authorized
  validated_unauthorized | no   | no       | no       → not_authorized
  `,
  {
    state: wordOf(STATES),
    live: wordOf({ yes: true, no: false }),
    captured: wordOf({ yes: true, no: false }),
    refunded: wordOf({ yes: true, no: false }),
    'not captured, because': String,
  },
);

describe('the meaning of a state', () => {
  for (const row of STANDING) {
    test(row.title, () => {
      expect(isLive(row.state)).toBe(row.live);
      expect(isCaptured(row.state)).toBe(row.captured);
      expect(isRefunded(row.state)).toBe(row.refunded);
      expect(reasonOfState(row.state)).toBe(row['not captured, because']);
    });
  }

  test('C6: only transmission distinguishes these states', () => {
    const bare = (state: string) => state.replace(/_(un)?transmitted$/, '');
    for (const one of STATE_NAMES) {
      for (const other of STATE_NAMES) {
        expect(isAlike(one, other), `${one} ${other}`).toBe(bare(one) === bare(other));
      }
    }
    expect(STANDING.map(({ state }) => state).toSorted()).toEqual(STATE_NAMES.toSorted());
  });
});
