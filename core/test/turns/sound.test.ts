import { describe, expect, test } from 'vitest';
import type { OrderEvent } from '../../src/domain/order/events.ts';
import type { Transaction } from '../../src/domain/order/order.ts';
import { VERBS } from '../../src/domain/transaction/link.ts';
import { yen } from '../../src/domain/values/yen.ts';
import type { Operation, Page, Step } from '../../src/turns/operation.ts';
import { write } from '../../src/turns/page.ts';
import { hear, take } from '../../src/turns/protocol.ts';
import { assertSound, UnsoundTurn, unsoundness } from '../../src/turns/sound.ts';
import { LIMITS, TIMING } from '../../src/turns/timing.ts';
import { asked, awaited, FRESH, NOW, orderWith } from './pages.ts';

/** The checks of every turn in production: sound turns pass, and each rule refuses a broken one. */

const done = (page: Page, seqno: string | null = null) =>
  hear(page, awaited(page), { kind: 'done', seqno, authCode: seqno && 'A1' }, TIMING).page;
const unsent = (page: Page) =>
  hear(page, awaited(page), { kind: 'unsent', cause: 'refused' }, TIMING).page;
const due = (page: Page): Page => ({ ...page, now: page.now + TIMING.quarantineMs });

const operationOf = (
  { operation }: Page,
  changes: Partial<Operation>,
): Pick<Page, 'operation'> => ({
  operation: { ...(operation as Operation), ...changes },
});
const stepOf = ({ step }: Page, changes: Partial<Step>): Pick<Page, 'step'> => ({
  step: { ...(step as Step), ...changes },
});
const writing = (page: Page, ...events: readonly OrderEvent[]) => events.reduce(write, page);

/** The page as it is read from the database, with nothing written on it. */
const read = (page: Page): Page => ({ ...page, entries: [], mails: [], closedStep: null });
const sent = asked('capture');
const unasked: Page = { ...sent, step: null };
/** Not sent at its n-th ask, and due again. */
const waitingAt = (n: number) => due(read(unsent(asked('capture', { step: { n } }))));
const waiting = waitingAt(1);
const lastTime = waitingAt(LIMITS.asks);
const doubted = due(asked('capture', { inquiry: false, operation: { state: 'unknown' } }));

const authenticated = (page: Page): Page => ({
  ...page,
  order: { ...page.order, authentication: 'authenticated' },
});

const next = (was: Page) => take(was, TIMING).page;
const ask = (changes: Partial<Step>) => (was: Page) => {
  const is = next(was);
  return { ...is, ...stepOf(is, changes) };
};
const change = (changes: Partial<Operation>) => (was: Page) => {
  return { ...was, ...operationOf(was, changes) };
};
const add =
  (...events: readonly OrderEvent[]) =>
  (was: Page) =>
    writing(was, ...events);
/** Ends the operation so, with an entry that tells it. */
const end =
  (outcome: 'succeeded' | 'declined', ...before: readonly OrderEvent[]) =>
  (was: Page) => {
    const operationId = was.operation?.id ?? '';
    const told = { kind: 'operation_ended', operationId, outcome, reason: null } as const;
    return writing(change({ state: outcome, endedAt: NOW })(was), ...before, told);
  };

const PAID = {
  kind: 'order_marked_paid',
  gateway: 'captured',
  paidOn: '2026-11-20',
  mail: 'auto',
} as const;
const transactionAs = (changes: Partial<Transaction>) =>
  ({ ...sent.order.transaction, ...changes }) as Transaction;
const corrected = (changes: Partial<Transaction>) => {
  const transaction = transactionAs(changes);
  return { kind: 'transaction_corrected', evidence: 'inquiry', transaction } as const;
};
const CAPTURED = { state: 'captured_untransmitted' } as const;

describe('sound', () => {
  test.each(VERBS)('%s done, with its next event, is sound', (verb) => {
    const page = asked(verb);
    expect(unsoundness(page, page)).toBeNull();
    const makes = verb !== 'capture' && verb !== 'void' && verb !== 'refund';
    const after = done(page, makes ? FRESH : null);
    expect(after.entries).not.toEqual([]);
    expect(() => assertSound(page, after)).not.toThrow();
  });

  test('a first ask, a second, and one after a lost answer are sound', () => {
    const first: Page = { ...asked('capture'), step: null };
    expect(unsoundness(first, take(first, TIMING).page)).toBeNull();
    const lost = due(asked('capture', { inquiry: false, operation: { state: 'unknown' } }));
    const again = take(lost, TIMING).page;
    expect(again.step).toMatchObject({ n: 2, repeat: true });
    expect(unsoundness(lost, again)).toBeNull();
    expect(unsoundness(sent, unsent(sent))).toBeNull();
    expect(unsoundness(waiting, next(waiting))).toBeNull();
  });
});

type Row = [rule: string, what: string, was: Page, turn: (was: Page) => Page];
const ROWS: readonly Row[] = [
  ['INV-13', 'a change without an entry', sent, (was) => ({ ...was, order: done(was).order })],
  ['INV-13', 'an entry without its change', sent, (was) => ({ ...done(was), order: was.order })],

  [
    'Y1',
    'the new transaction is authenticated by the old one',
    authenticated(asked('change_amount')),
    (was) => {
      const transaction = { ...was.order.transaction, seqno: FRESH } as Transaction;
      return writing(was, {
        kind: 'transaction_moved',
        operationId: was.operation?.id ?? '',
        verb: 'change_amount',
        transaction,
      });
    },
  ],

  ['M1', 'another amount is wanted', sent, change({ amount: yen(1) })],
  ['M1', 'another goal', sent, change({ goal: 'cancelled' })],
  ['M1', 'another operation', sent, change({ id: 'another' })],
  ['M1', 'another key', sent, change({ key: 'another' })],
  ['M1', 'something else follows', sent, change({ afterwards: PAID })],
  ['M1', 'another time', sent, change({ createdAt: NOW - 1 })],
  ['M1', 'another transaction', sent, change({ stray: transactionAs({ seqno: FRESH }) })],
  ['M1', 'the operation is gone', sent, (was) => ({ ...was, operation: null })],

  ['M2: what', 'another amount', unasked, ask({ amount: yen(1) })],
  ['M2: what', 'another transaction', unasked, ask({ seqno: FRESH })],
  ['M2: what', 'what it cannot come from', unasked, ask({ verb: 'refund' })],
  ['M2: what', 'for another operation', unasked, ask({ operationId: 'another' })],
  ['M2: what', 'not underway', unasked, (was) => change({ state: 'unknown' })(next(was))],
  [
    'M2: what',
    'not now',
    unasked,
    (was) => {
      return { ...next(was), settings: { ...was.settings, hold: 'gateway_down' } };
    },
  ],

  ['M2: one', 'a number is left out', unasked, ask({ n: 2 })],
  ['M2: one', 'a number comes again', waiting, ask({ n: 0 })],
  ['M2: one', 'the step is gone', sent, (was) => ({ ...was, step: null })],
  ['M2: one', 'the former is open', doubted, (was) => ({ ...next(was), closedStep: null })],
  [
    'M2: one',
    'the former is open still',
    doubted,
    (was) => ({ ...next(was), closedStep: was.step }),
  ],
  [
    'M2: one',
    'another was closed',
    doubted,
    (was) => ({ ...next(was), closedStep: lastTime.step }),
  ],
  [
    'M2: one',
    'too often',
    lastTime,
    (was) => {
      return { ...was, ...stepOf(was, { n: LIMITS.asks + 1, state: 'sent' }) };
    },
  ],

  ['C6: a repeat', 'nothing was repeated', unasked, ask({ repeat: true })],
  ['C6: a repeat', 'it does not know', doubted, ask({ repeat: false })],
  ['C6: a repeat', 'none comes', doubted, (was) => ({ ...was, closedStep: next(was).closedStep })],
  [
    'C6: a repeat',
    'of another verb',
    doubted,
    (was) => {
      const closed = next(was).closedStep;
      return { ...next(was), closedStep: closed && { ...closed, verb: 'void' } };
    },
  ],

  [
    'INV-12: what was',
    'reopened',
    waiting,
    (was) => ({ ...was, ...stepOf(was, { state: 'sent' }) }),
  ],
  [
    'INV-12: what was',
    'other words',
    waiting,
    (was) => ({ ...was, ...stepOf(was, { text: '?' }) }),
  ],
  ['INV-12: what was', 'another time', sent, (was) => ({ ...was, ...stepOf(was, { sentAt: 1 }) })],
  [
    'INV-12: what was',
    'another amount',
    sent,
    (was) => {
      return { ...was, ...stepOf(was, { amount: yen(1) }) };
    },
  ],

  ['INV-12: what has', 'open, with an end', sent, change({ endedAt: NOW })],
  ['INV-12: what has', 'ended, without an end', waiting, change({ state: 'declined' })],
  ['INV-12: what has', 'in doubt', sent, end('declined')],
  ['INV-12: what has', 'untold', waiting, change({ state: 'declined', endedAt: NOW })],
  [
    'INV-12: what has',
    'told otherwise',
    waiting,
    (was) => {
      return change({ state: 'not_sent' })(end('declined')(was));
    },
  ],

  ['INV-3: succeeded', 'authorized only', waiting, end('succeeded')],
  [
    'INV-3: succeeded',
    'of no transaction',
    { ...waiting, order: orderWith(null) },
    end('succeeded'),
  ],
  [
    'INV-3: succeeded',
    'for another amount',
    waiting,
    end('succeeded', corrected({ ...CAPTURED, amount: yen(2) })),
  ],

  ['INV-3: paid', 'not captured', unasked, add(PAID)],
  [
    'INV-3: paid',
    'captured, and declined',
    waiting,
    (was) => {
      return writing(end('declined', corrected(CAPTURED))(was), PAID);
    },
  ],
  ['INV-3: paid', 'by what has voided', asked('void'), (was) => writing(done(was), PAID)],
  [
    'INV-8',
    'live',
    unasked,
    add({ kind: 'status_changed', to: 'cancelled', gateway: 'cancelled' }),
  ],
  [
    'C6: what we',
    'captured, and so voided',
    unasked,
    add({
      kind: 'transaction_moved',
      operationId: sent.operation?.id ?? '',
      verb: 'capture',
      transaction: transactionAs({ state: 'voided' }),
    }),
  ],
];

describe('unsound', () => {
  test.each(ROWS)('the rule %s refuses: %s', (rule, _what, was, turn) => {
    expect(unsoundness(was, turn(was))).toMatch(new RegExp(`^${rule}`));
    expect(() => assertSound(was, turn(was))).toThrow(UnsoundTurn);
  });
});
