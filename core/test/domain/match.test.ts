import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays } from '../../src/domain/jst.ts';
import {
  type Entry,
  equationOf,
  listUnseen,
  match,
  matchDays,
  type Period,
} from '../../src/domain/reconciliation/match.ts';

const NOVEMBER: Period = { from: '2026-11-01', to: '2026-11-30' };

function entry(seqno: string, changes: Partial<Entry> = {}): Entry {
  return { kind: 'capture', seqno, amount: 1_000, on: '2026-11-10', orderNumber: null, ...changes };
}

const buckets = (ours: Entry[], theirs: Entry[]) =>
  match(ours, theirs, NOVEMBER).map(({ bucket, moves }) => [bucket, moves]);

describe('match', () => {
  test.each<[string, Entry[], Entry[], [string, number][]]>([
    ['both the same', [entry('1')], [entry('1')], [['matched', 0]]],
    [
      'another day of the period',
      [entry('1')],
      [entry('1', { on: '2026-11-11' })],
      [['matched', 0]],
    ],
    ['F-REGI does not tell its day', [entry('1')], [entry('1', { on: null })], [['matched', 0]]],
    ['another amount', [entry('1')], [entry('1', { amount: 900 })], [['amount_differs', -100]]],
    ['only ours', [entry('1')], [], [['only_ours', -1_000]]],
    ['only theirs', [], [entry('1')], [['only_theirs', 1_000]]],
    [
      'theirs next month',
      [entry('1')],
      [entry('1', { on: '2026-12-01' })],
      [['timing_out', -1_000]],
    ],
    ['ours last month', [entry('1', { on: '2026-10-31' })], [entry('1')], [['timing_in', 1_000]]],
    ['a refund only ours', [entry('1', { kind: 'refund' })], [], [['only_ours', 1_000]]],
    [
      'a refund of another amount',
      [entry('1', { kind: 'refund' })],
      [entry('1', { kind: 'refund', amount: 1 })],
      [['amount_differs', 999]],
    ],
    [
      'neither in the period',
      [entry('1', { on: '2026-10-01' })],
      [entry('1', { on: '2026-10-02' })],
      [],
    ],
  ])('%s', (_what, ours, theirs, expected) => {
    expect(buckets(ours, theirs)).toEqual(expected);
  });

  test('every yen is explained, whatever both sides hold', () => {
    const some = fc.record({
      kind: fc.constantFrom('capture' as const, 'refund' as const),
      seqno: fc.integer({ min: 1, max: 30 }).map(String),
      amount: fc.integer({ min: 0, max: 9_999_999 }),
      on: fc.constantFrom('2026-10-31', '2026-11-01', '2026-11-30', '2026-12-01'),
      orderNumber: fc.constant(null),
    });
    const side = fc.uniqueArray(some, { selector: ({ kind, seqno }) => `${kind} ${seqno}` });
    fc.assert(
      fc.property(side, side, (ours, theirs) => {
        const equation = equationOf(match(ours, theirs, NOVEMBER), NOVEMBER);
        const net = (entries: Entry[]) =>
          entries
            .filter(({ on }) => on !== null && on >= NOVEMBER.from && on <= NOVEMBER.to)
            .reduce((sum, { kind, amount }) => sum + (kind === 'capture' ? amount : -amount), 0);
        expect(equation.ours.net).toBe(net(ours));
        expect(equation.theirs.net).toBe(net(theirs));
        expect(equation.unexplained).toBe(0);
      }),
    );
  });
});

/** Both sides as they come: of a few transactions, some without a date on F-REGI's side. */
const anySide = (dates: readonly (string | null)[]) =>
  fc.uniqueArray(
    fc.record({
      kind: fc.constantFrom('capture' as const, 'refund' as const),
      seqno: fc.integer({ min: 1, max: 30 }).map(String),
      amount: fc.integer({ min: 0, max: 3 }),
      on: fc.constantFrom(...dates),
      orderNumber: fc.constantFrom(null, '100000000001'),
    }),
    { selector: ({ kind, seqno }) => `${kind} ${seqno}` },
  );
const DATES = ['2026-10-31', '2026-11-01', '2026-11-02', '2026-11-29', '2026-11-30', '2026-12-01'];

describe('one pass instead of many finds the same', () => {
  test('the days of a period together are each day matched by itself', () => {
    fc.assert(
      fc.property(anySide(DATES), anySide([...DATES, null]), (ours, theirs) => {
        const days = matchDays(ours, theirs, NOVEMBER);
        expect(days.size).toBe(30);
        for (let on = NOVEMBER.from; on <= NOVEMBER.to; on = addDays(on, 1)) {
          expect(days.get(on)).toEqual(match(ours, theirs, { from: on, to: on }));
        }
      }),
    );
  });

  test('what was not seen is what a search through all that was seen does not find', () => {
    fc.assert(
      fc.property(anySide(DATES), anySide(DATES), (ours, seen) => {
        const bySearch = [...new Set(ours.map(({ seqno }) => seqno))].filter(
          (seqno) => !seen.some((row) => row.seqno === seqno),
        );
        expect(listUnseen(ours, seen)).toEqual(bySearch);
      }),
    );
  });
});
