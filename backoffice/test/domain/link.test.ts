import { describe, expect, test } from 'vitest';
import {
  asksToGoal,
  GOALS,
  isLive,
  LINK,
  leftIn,
  nextAsk,
  VERB,
  VERBS,
} from '../../src/domain/link.ts';
import { keysOf, TRANSACTION_STATE } from '../../src/domain/states.ts';
import { yen } from '../../src/domain/yen.ts';

/** Every state × goal × verb of the table (rules C1, C2, V2, V5, A3, B2, M4). */
const STATES = keysOf(TRANSACTION_STATE);
const HELD = yen(9_115);
const OTHER = yen(9_850);

const cells = STATES.flatMap((state) => GOALS.map((goal) => [state, goal] as const));

describe('the table', () => {
  test.each(cells)(
    'from %s to %s: what is asked may be asked there, and leads to the goal',
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

  test('C2: another amount is changed first, then captured; the same is captured', () => {
    expect(asksToGoal('authorized', HELD, 'captured', HELD)).toEqual(['capture']);
    expect(asksToGoal('authorized', HELD, 'captured', OTHER)).toEqual(['change_amount', 'capture']);
  });

  test('V2: 承認済 is voided, 売上済 is refunded, transmitted or not', () => {
    expect(LINK.authorized.cancelled).toBe('void');
    expect(LINK.captured_untransmitted.cancelled).toBe('refund');
    expect(LINK.captured_transmitted.cancelled).toBe('refund');
  });

  test('V5: everywhere else there is nothing to cancel', () => {
    for (const state of STATES.filter((each) => !isLive(each))) {
      expect(['reached', 'no_way']).toContain(LINK[state].cancelled);
    }
  });

  test('U2: a capture for another amount is no way to a capture, and is never changed by it', () => {
    for (const state of ['captured_untransmitted', 'captured_transmitted'] as const) {
      expect(nextAsk(state, HELD, 'captured', OTHER)).toBe('no_way');
      expect(nextAsk(state, HELD, 'captured', HELD)).toBe('reached');
    }
  });

  test('A3: only a goal of its own changes a captured amount, and only a captured one', () => {
    for (const state of STATES) {
      const captured = state === 'captured_untransmitted' || state === 'captured_transmitted';
      expect(nextAsk(state, HELD, 'adjusted', OTHER)).toBe(
        captured ? 'change_captured_amount' : 'no_way',
      );
      expect(nextAsk(state, HELD, 'adjusted', HELD)).toBe(captured ? 'reached' : 'no_way');
    }
  });

  test('M4: what makes a transaction is never repeated, what F-REGI guards is', () => {
    for (const verb of VERBS) {
      const { makesTransaction, lostAnswer } = VERB[verb];
      expect(lostAnswer).toBe(makesTransaction ? 'never_repeat' : 'ask_again');
    }
  });
});

test.each([
  ['capture', 'captured_untransmitted'],
  ['void', 'voided'],
  ['refund', 'refunded_untransmitted'],
  ['change_amount', 'voided'],
  ['change_captured_amount', 'refunded_untransmitted'],
  ['authorize', 'voided'],
] as const)('%s leaves what it was about in %s', (verb, state) => {
  expect(leftIn(verb)).toBe(state);
});
