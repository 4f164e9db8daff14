import { describe, expect, test } from 'vitest';
import { keysOf, TRANSACTION_STATE, type TransactionState } from '../../src/domain/order/states.ts';
import { VERB, VERBS, type Verb } from '../../src/domain/transaction/link.ts';
import { yen } from '../../src/domain/values/yen.ts';
import type { Refusal, Seen } from '../../src/turns/asks.ts';
import { readRefusal, readSighting } from '../../src/turns/judge.ts';
import { BEFORE, BILLED, FRESH, SEQNO } from './pages.ts';

const REFUSALS: readonly Refusal[] = [
  'already_captured',
  'already_voided',
  'already_refunded',
  'not_captured',
  'capture_deadline_passed',
  'transaction_not_found',
  'card_declined',
  'customer_not_registered',
  'request_rejected',
  'unclear',
];
const STATES = keysOf(TRANSACTION_STATE);

const OWN: Partial<Record<Verb, Refusal>> = {
  capture: 'already_captured',
  void: 'already_voided',
  refund: 'already_refunded',
};
const FOUND: Partial<Record<Refusal, TransactionState>> = {
  already_captured: 'captured_untransmitted',
  already_voided: 'voided',
  already_refunded: 'refunded_untransmitted',
};
const WORSE: Partial<Record<Verb, Partial<Record<Refusal, string>>>> = {
  change_amount: {
    card_declined: 'amount_change_declined',
    request_rejected: 'amount_change_declined',
  },
  change_captured_amount: {
    card_declined: 'captured_change_declined',
    request_rejected: 'captured_change_declined',
  },
};

describe('M4, C6: the meaning of every refusal, for every verb, first and again', () => {
  const cases = VERBS.flatMap((verb) =>
    REFUSALS.flatMap((refusal) => [false, true].map((repeat) => ({ verb, refusal, repeat }))),
  );
  test.each(cases)('$verb: $refusal, repeat: $repeat', ({ verb, refusal, repeat }) => {
    const state = FOUND[refusal];
    const meaning = readRefusal(verb, refusal, repeat);
    if (repeat && OWN[verb] === refusal) return expect(meaning).toEqual({ kind: 'proven' });
    if (state) return expect(meaning).toEqual({ kind: 'found', state });
    if (refusal === 'unclear') return expect(meaning).toEqual({ kind: 'unclear' });
    const reason = WORSE[verb]?.[refusal] ?? refusal;
    return expect(meaning).toEqual({ kind: 'declined', reason });
  });
});

const ENDS: Record<Verb, readonly TransactionState[]> = {
  capture: ['captured_untransmitted', 'captured_transmitted'],
  void: ['voided'],
  refund: ['refunded_untransmitted', 'refunded_transmitted'],
  change_amount: ['authorized'],
  change_captured_amount: ['captured_untransmitted', 'captured_transmitted'],
  authorize: ['authorized'],
};
const LIVE: readonly TransactionState[] = [
  'authorized',
  'captured_untransmitted',
  'captured_transmitted',
];

function seen(seqno: string, state: TransactionState, amount = BILLED): Seen {
  return { seqno, authCode: 'A1', state, amount };
}

function judged(verb: Verb, transactions: readonly Seen[], complete = true): string {
  const step = { verb, seqno: verb === 'authorize' ? null : SEQNO, amount: BILLED };
  return readSighting(step, BEFORE[verb], { transactions, complete }).kind;
}

/**
 * A captured transaction that has been transmitted since is where it was: the batch took it along.
 */
function isAsBefore(verb: Verb, state: TransactionState): boolean {
  const was = BEFORE[verb].state;
  const captured = LIVE.slice(1);
  return state === was || (captured.includes(state) && captured.includes(was));
}

const GUARDED = VERBS.filter((verb) => !VERB[verb].makesTransaction);
const MAKING = VERBS.filter((verb) => VERB[verb].makesTransaction);

describe('M4: the own transaction of a verb that F-REGI guards', () => {
  const cases = GUARDED.flatMap((verb) => STATES.map((state) => ({ verb, state })));
  test.each(cases)('$verb is judged by the state of its transaction: $state', ({ verb, state }) => {
    const wanted = ENDS[verb].includes(state)
      ? 'done'
      : isAsBefore(verb, state)
        ? 'not_done'
        : 'found';
    expect(judged(verb, [seen(SEQNO, state)])).toBe(wanted);
    expect(judged(verb, [seen(SEQNO, state)], false)).toBe(wanted);
    // Another live one beside it is somebody else's doing; two live ones are for a person.
    const withOther = LIVE.includes(state) ? 'two_live' : 'found';
    expect(judged(verb, [seen(SEQNO, state), seen(FRESH, 'authorized')])).toBe(withOther);
    expect(judged(verb, [seen(SEQNO, state), seen(FRESH, 'voided')])).toBe(wanted);
  });

  test.each(GUARDED)('%s is unclear while its own transaction is not shown', (verb) => {
    expect(judged(verb, [])).toBe('unclear');
    expect(judged(verb, [seen(FRESH, 'authorized')])).toBe('unclear');
  });
});

describe('M4: the slip of a verb that makes a transaction', () => {
  const changing = MAKING.filter((verb) => verb !== 'authorize');
  const cases = changing.flatMap((verb) => STATES.map((state) => ({ verb, state })));
  test.each(cases)(
    '$verb is judged by the new transaction beside the old one: $state',
    ({ verb, state }) => {
      const old = seen(SEQNO, verb === 'change_amount' ? 'voided' : 'refunded_untransmitted');
      const done = ENDS[verb].includes(state);
      const wanted = LIVE.includes(state) ? (done ? 'done' : 'unclear') : 'found';
      expect(judged(verb, [old, seen(FRESH, state)])).toBe(wanted);
      // A new one of another amount belongs to nobody that we know.
      const other = LIVE.includes(state) ? 'unclear' : 'found';
      expect(judged(verb, [old, seen(FRESH, state, yen(1_234))])).toBe(other);
    },
  );

  test.each(cases)('$verb is judged by the old transaction alone: $state', ({ verb, state }) => {
    expect(judged(verb, [seen(SEQNO, state)])).toBe(isAsBefore(verb, state) ? 'not_done' : 'found');
  });

  test.each(changing)('%s is not judged as done if nothing is shown, or two live', (verb) => {
    expect(judged(verb, [])).toBe('unclear');
    expect(judged(verb, [seen(SEQNO, 'authorized'), seen(FRESH, 'authorized')])).toBe('two_live');
    expect(judged(verb, [seen(FRESH, 'voided')])).toBe('unclear');
  });

  test('authorize is judged by what lives: nothing, one as asked, one otherwise', () => {
    expect(judged('authorize', [])).toBe('not_done');
    expect(judged('authorize', [seen(FRESH, 'voided')])).toBe('not_done');
    expect(judged('authorize', [seen(FRESH, 'authorized')])).toBe('done');
    expect(judged('authorize', [seen(FRESH, 'authorized', yen(1_234))])).toBe('unclear');
    expect(judged('authorize', [seen(FRESH, 'captured_untransmitted')])).toBe('unclear');
  });

  test.each(MAKING)('%s is unclear if other transactions may be hidden', (verb) => {
    for (const state of STATES) {
      expect(judged(verb, [seen(SEQNO, state)], false)).toBe('unclear');
      expect(judged(verb, [seen(FRESH, state)], false)).toBe('unclear');
    }
  });
});
