import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type BookEntry,
  equationOf,
  listUnseen,
  match,
  matchDays,
  type OwnEntry,
  type Period,
  type TheirEntry,
  verdictOf,
  withAnswers,
} from '../../src/domain/reconciliation/match.ts';
import { addDays } from '../../src/domain/values/jst.ts';

const NOVEMBER: Period = { from: '2026-11-01', to: '2026-11-30' };

function entry(seqno: string, changes: Partial<BookEntry> = {}): BookEntry {
  return { kind: 'capture', seqno, amount: 1_000, on: '2026-11-10', orderNumber: null, ...changes };
}

const KNOWN = 1_000;
const LATER = 2_000;

/** Our entry, as known at 1,000; F-REGI was looked at afterwards unless `changes` say otherwise. */
function own(entry: BookEntry, changes: Partial<OwnEntry> = {}): OwnEntry {
  return { ...entry, knownAt: KNOWN, answered: false, lookedAt: LATER, ...changes };
}

function seen(entry: BookEntry): TheirEntry {
  return { ...entry, evidence: 'seen' };
}

const buckets = (ours: BookEntry[], theirs: BookEntry[]) =>
  match(
    ours.map((entry) => own(entry)),
    theirs.map(seen),
    NOVEMBER,
  ).map(({ bucket, moves }) => [bucket, moves]);

describe('match', () => {
  test.each<[string, BookEntry[], BookEntry[], [string, number][]]>([
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
  ])('match sorts into buckets: %s', (_what, ours, theirs, expected) => {
    expect(buckets(ours, theirs)).toEqual(expected);
  });

  test('every yen is explained for any two sides', () => {
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
        const lines = match(
          ours.map((entry) => own(entry)),
          theirs.map(seen),
          NOVEMBER,
        );
        const equation = equationOf(lines, NOVEMBER);
        const net = (entries: BookEntry[]) =>
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

describe('evidence (M8)', () => {
  const capture = entry('1');
  const judge = (ours: OwnEntry[], theirs: TheirEntry[]) => {
    const lines = match(ours, withAnswers(ours, theirs), NOVEMBER);
    const verdict = verdictOf(lines, equationOf(lines, NOVEMBER));
    return [lines.map(({ bucket, evidence }) => [bucket, evidence]), verdict.kind];
  };

  test.each<[string, OwnEntry[], TheirEntry[], [string, string | null][], string]>([
    ['nothing on either side', [], [], [], 'empty'],
    ['F-REGI shows it', [own(capture)], [seen(capture)], [['matched', 'seen']], 'agrees'],
    [
      'F-REGI answered, and nobody has looked',
      [own(capture, { answered: true, lookedAt: null })],
      [],
      [['matched', 'answered']],
      'agrees',
    ],
    [
      'F-REGI answered after the last look',
      [own(capture, { answered: true, lookedAt: KNOWN })],
      [],
      [['matched', 'answered']],
      'agrees',
    ],
    [
      'F-REGI answered, and a look since does not show it',
      [own(capture, { answered: true })],
      [],
      [['only_ours', null]],
      'differs',
    ],
    [
      'a person said so, and nobody has looked',
      [own(capture, { lookedAt: null })],
      [],
      [['not_looked', null]],
      'not_looked',
    ],
    [
      'a person said so, and a look since does not show it',
      [own(capture)],
      [],
      [['only_ours', null]],
      'differs',
    ],
    [
      'F-REGI answered the refund of a capture that was seen before',
      [own(capture), own(entry('1', { kind: 'refund' }), { answered: true, lookedAt: KNOWN })],
      [seen(capture)],
      [
        ['matched', 'seen'],
        ['matched', 'answered'],
      ],
      'agrees',
    ],
    [
      'another amount is shown than F-REGI answered',
      [own(capture, { answered: true, lookedAt: KNOWN })],
      [seen(entry('1', { amount: 900 }))],
      [['amount_differs', 'seen']],
      'differs',
    ],
    [
      'ours is another month’s there: nothing to do',
      [own(capture)],
      [seen(entry('1', { on: '2026-12-01' }))],
      [['timing_out', 'seen']],
      'agrees',
    ],
  ])(
    'the lines and the verdict follow from the evidence: %s',
    (_what, ours, theirs, lines, verdict) => {
      expect(judge(ours, theirs)).toEqual([lines, verdict]);
    },
  );

  test('a difference outweighs unseen entries, and both tell number and yen', () => {
    const ours = [
      own(entry('1')),
      own(entry('2', { amount: 300 }), { lookedAt: null }),
      own(entry('3', { amount: 50 }), { answered: true, lookedAt: null }),
    ];
    const verdict = (given: OwnEntry[]) => {
      const lines = match(given, withAnswers(given, []), NOVEMBER);
      return verdictOf(lines, equationOf(lines, NOVEMBER));
    };
    const answered = { count: 1, amount: 50 };
    expect(verdict(ours)).toEqual({ kind: 'differs', count: 1, amount: 1_000, answered });
    const [, ...others] = ours;
    expect(verdict(others)).toEqual({ kind: 'not_looked', count: 1, amount: 300, answered });
  });

  test('no entry is “not at F-REGI” without a later look at F-REGI', () => {
    const anyOwn = fc.record({
      seqno: fc.integer({ min: 1, max: 9 }).map(String),
      answered: fc.boolean(),
      lookedAt: fc.constantFrom(null, KNOWN - 1, KNOWN, LATER),
      isSeen: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.uniqueArray(anyOwn, { selector: ({ seqno }) => seqno }), (given) => {
        const ours = given.map(({ seqno, answered, lookedAt }) =>
          own(entry(seqno), { answered, lookedAt }),
        );
        const shown = given.filter(({ isSeen }) => isSeen).map(({ seqno }) => seen(entry(seqno)));
        const lines = match(ours, withAnswers(ours, shown), NOVEMBER);
        expect(lines).toHaveLength(given.length);
        for (const { bucket, lookedAt } of lines) {
          if (bucket === 'only_ours') expect(lookedAt).toBe(LATER);
        }
      }),
    );
  });
});

/** Both sides: a few transactions each, some without a date on F-REGI's side. */
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

describe('one pass finds the same as many', () => {
  test('the days of a period together equal each day matched by itself', () => {
    fc.assert(
      fc.property(anySide(DATES), anySide([...DATES, null]), (ours, theirs) => {
        const [owned, shown] = [ours.map((entry) => own(entry)), theirs.map(seen)];
        const days = matchDays(owned, shown, NOVEMBER);
        expect(days.size).toBe(30);
        for (let on = NOVEMBER.from; on <= NOVEMBER.to; on = addDays(on, 1)) {
          expect(days.get(on)).toEqual(match(owned, shown, { from: on, to: on }));
        }
      }),
    );
  });

  test('the unseen transactions are those that a search through all sightings does not find', () => {
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
