import { describe, expect, test } from 'vitest';
import { compare } from '../../src/domain/drift/compare.ts';
import { payerOf } from '../../src/domain/drift/payer.ts';
import type { FileTold, Sighted } from '../../src/domain/drift/sighted.ts';
import type { TransactionState } from '../../src/domain/order/states.ts';
import { decideRelink } from '../../src/domain/rules/relink.ts';
import { VERBS, type Verb } from '../../src/domain/transaction/link.ts';
import { yen } from '../../src/domain/values/yen.ts';
import type { Seen } from '../../src/turns/asks.ts';
import { follow } from '../../src/turns/follow.ts';
import type { Operation, Page, Step } from '../../src/turns/operation.ts';
import { resolveReview } from '../../src/turns/protocol.ts';
import {
  choiceFor,
  type GivenAnswer,
  judgeAnswer,
  resolveBySighting,
  reviewChoices,
} from '../../src/turns/review.ts';
import { TIMING } from '../../src/turns/timing.ts';
import { asked, BEFORE, BILLED, FRESH, NOW, orderWith, SEQNO, seen } from './pages.ts';

/** A person's possible answers to an operation in review, and their effects. */

const { quarantineMs } = TIMING;
const inReview = (verb: Verb): Page => {
  return asked(verb, {
    afterMs: quarantineMs,
    operation: { state: 'review' },
    step: { state: 'unknown' },
  });
};
const stepOf = (page: Page): Step => page.step as Step;

const TANAKA = { id: 'u-1', name: '田中' };
const SATO = { id: 'u-2', name: '佐藤' };
type Given = GivenAnswer | null;

const GONE = ['voided', 'authorization_failed', 'refunded_untransmitted', 'refunded_transmitted'];
const TAKEN = ['captured_untransmitted', 'captured_transmitted'];

/** By verb, the states of the transaction that we asked about, by their meaning. */
const OWN: Readonly<Record<Verb, { done: string[]; not_done: string[] }>> = {
  capture: { done: TAKEN, not_done: ['authorized'] },
  void: { done: ['voided'], not_done: ['authorized'] },
  refund: { done: ['refunded_untransmitted', 'refunded_transmitted'], not_done: TAKEN },
  change_amount: { done: [], not_done: ['authorized'] },
  change_captured_amount: { done: [], not_done: TAKEN },
  authorize: { done: [], not_done: [] },
};
const ALL = ['authorized', ...GONE, ...TAKEN, 'capture_failed'];

test.each(VERBS)('%s has a meaning for every state of its transaction', (verb) => {
  const choices = reviewChoices(stepOf(inReview(verb)), BEFORE[verb]);
  const own = choices.filter(({ state, newTransaction }) => state !== null && !newTransaction);
  const states = (outcome: string) =>
    own.filter((choice) => choice.outcome === outcome).map(({ state }) => state);
  expect(new Set(states('done'))).toEqual(new Set(OWN[verb].done));
  expect(new Set(states('not_done'))).toEqual(new Set(OWN[verb].not_done));
  const known = [...OWN[verb].done, ...OWN[verb].not_done];
  const found = verb === 'authorize' ? [] : ALL.filter((state) => !known.includes(state));
  expect(new Set(states('found'))).toEqual(new Set(found));
  for (const { amount } of own) expect(amount).toBe(BEFORE[verb].amount);
});

test.each<[Verb, TransactionState | null]>([
  ['capture', null],
  ['void', null],
  ['refund', null],
  ['change_amount', 'authorized'],
  ['change_captured_amount', 'captured_untransmitted'],
  ['authorize', 'authorized'],
])('%s offers its new transaction first, if it makes one, for the asked amount', (verb, state) => {
  const [first, ...rest] = reviewChoices(stepOf(inReview(verb)), BEFORE[verb]);
  if (state !== null) {
    expect(first).toEqual({ state, outcome: 'done', newTransaction: true, amount: BILLED });
  } else expect(first?.newTransaction).toBe(false);
  expect(rest.every(({ newTransaction }) => !newTransaction)).toBe(true);
});

test('“nothing is live” can be answered only for an operation that began with nothing', () => {
  for (const verb of VERBS) {
    const page = inReview(verb);
    const choice = choiceFor(stepOf(page), BEFORE[verb], null);
    if (verb !== 'authorize') expect(choice).toBeNull();
    else expect(choice).toMatchObject({ state: null, outcome: 'not_done', newTransaction: false });
    const { page: after } = resolveReview(page, null, TIMING);
    if (verb !== 'authorize') expect(after).toBe(page);
    else {
      expect(after).toMatchObject({
        operation: { state: 'declined', reason: 'confirmed_not_executed' },
        step: { state: 'disproven' },
        order: { transaction: BEFORE.authorize },
      });
    }
  }
});

test('an answer has exactly its own meaning, and none if it does not fit', () => {
  const change = stepOf(inReview('change_amount'));
  const chosen = (state: TransactionState, seqno: string) =>
    choiceFor(change, BEFORE.change_amount, seen(state, { seqno }));
  expect(chosen('authorized', FRESH)).toMatchObject({ outcome: 'done', newTransaction: true });
  expect(chosen('authorized', SEQNO)).toMatchObject({ outcome: 'not_done', newTransaction: false });
  expect(chosen('voided', SEQNO)).toMatchObject({ outcome: 'found' });
  expect(chosen('voided', FRESH)).toBeNull();
  expect(chosen('preorder_unauthorized', SEQNO)).toBeNull();
});

test.each<[what: string, seenAt: number, lookedAt: number | null, ended: boolean]>([
  ['all of the slip was looked up after the quarantine', NOW, NOW + quarantineMs, true],
  ['before its end', NOW, NOW + quarantineMs - 1, false],
  ['a file may leave something out', NOW + quarantineMs, null, false],
])(
  'an authorization without any sighting ends only after a full look: %s',
  (_what, _seenAt, lookedAt, ended) => {
    const page = inReview('authorize');
    const { page: after } = resolveBySighting(page, { sighted: [], lookedAt }, TIMING);
    expect(after.operation?.state).toBe(ended ? 'declined' : 'review');
  },
);

const SETTLED = NOW + quarantineMs;
const sighted = (state: TransactionState, changes: Partial<Sighted> = {}): Sighted => ({
  ...seen(state),
  slipId: '100000000011',
  authorizedAt: null,
  seenAt: SETTLED,
  source: 'inquiry',
  ...changes,
});
const made = sighted('authorized', { seqno: FRESH });

type Row = [what: string, Verb, Sighted[], whole: boolean, becomes: object];
const WAITS = { state: 'review' };
const GOES_ON = { state: 'asking' };
const DONE = { state: 'succeeded', reason: null };
const NOT_DONE = { state: 'declined', reason: 'confirmed_not_executed' };
test.each<Row>([
  ['carried out, in a file', 'capture', [sighted('captured_untransmitted')], false, DONE],
  [
    'too early',
    'capture',
    [sighted('captured_untransmitted', { seenAt: SETTLED - 1 })],
    true,
    WAITS,
  ],
  ['not carried out', 'capture', [sighted('authorized')], true, NOT_DONE],
  ['another file may show more', 'capture', [sighted('authorized')], false, WAITS],
  ['moved by others', 'capture', [sighted('voided')], true, { reason: 'already_voided' }],
  ['moved by others, in a file', 'capture', [sighted('voided')], false, WAITS],
  ['nothing to be seen', 'capture', [], true, WAITS],
  ['both, in a file', 'change_amount', [sighted('voided'), made], false, GOES_ON],
  ['the new one, in a file', 'change_amount', [made], false, WAITS],
  ['the new one, looked up', 'change_amount', [made], true, GOES_ON],
  ['two live', 'change_amount', [sighted('authorized'), made], true, WAITS],
  ['the new one, for another amount', 'change_amount', [{ ...made, amount: yen(1) }], true, WAITS],
])('a later sighting resolves a review, or not: %s', (_what, verb, seenThere, whole, becomes) => {
  const evidence = { sighted: seenThere, lookedAt: whole ? SETTLED : null };
  const { page } = resolveBySighting(inReview(verb), evidence, TIMING);
  expect(page.operation).toMatchObject(becomes);
});

test.each(['inquiry', 'console_csv'] as const)('a correction names its source: %s', (by) => {
  const evidence = { sighted: [sighted('voided', { source: by })], lookedAt: SETTLED };
  const { page } = resolveBySighting(inReview('capture'), evidence, TIMING);
  expect(page.entries).toMatchObject([
    { kind: 'transaction_corrected', evidence: by, transaction: { state: 'voided' } },
    { kind: 'operation_ended' },
  ]);
});

const FILE = { by: TANAKA, confirmedBy: null, fileHash: 'abc', isAlone: false };
const inFile = (told: FileTold) =>
  sighted('captured_untransmitted', { source: 'console_csv', told });

test.each([
  ['one person alone', inFile(FILE), WAITS],
  ['two people', inFile({ ...FILE, confirmedBy: SATO }), DONE],
  ['the only person of the shop', inFile({ ...FILE, isAlone: true }), DONE],
  ['one person alone, of a void', { ...inFile(FILE), state: 'voided' as const }, WAITS],
])('S6: a file ends a review, or not: %s', (_who, seenThere, becomes) => {
  const evidence = { sighted: [seenThere], lookedAt: null };
  const { page } = resolveBySighting(inReview('capture'), evidence, TIMING);
  expect(page.operation).toMatchObject(becomes);
});

test('S6: the journal names who imported the file that ended a review, and its hash', () => {
  const evidence = { sighted: [inFile({ ...FILE, confirmedBy: SATO })], lookedAt: null };
  const { page } = resolveBySighting(inReview('capture'), evidence, TIMING);
  expect(page.entries[0]).toMatchObject({
    kind: 'review_answered',
    by: TANAKA,
    confirmedBy: SATO,
    fileHash: 'abc',
  });
});

describe('S6: an authorized order', () => {
  const { order } = inReview('capture');
  const quiet = { ...inReview('capture'), operation: null, step: null };
  const facts = {
    order,
    books: quiet.books,
    lookedAt: null,
    open: null,
    captureDeadlineDays: 60,
    payer: payerOf([]),
  };
  const kindsOf = (seenThere: Sighted) =>
    compare({ ...facts, sighted: [seenThere] }, SETTLED, 0).map(({ kind }) => kind);

  test('is not made captured by one person’s file, and 要対応 says what the file says', () => {
    expect(follow(quiet, [inFile(FILE)]).page.entries).toEqual([]);
    expect(kindsOf(inFile(FILE))).toContain('file_unconfirmed');
    expect(kindsOf(inFile(FILE))).not.toContain('captured_not_paid');
  });

  test('is made captured by the file of two people, and the entry names them', () => {
    const both = inFile({ ...FILE, confirmedBy: SATO });
    expect(follow(quiet, [both]).page.entries).toMatchObject([
      {
        kind: 'transaction_corrected',
        evidence: 'console_csv',
        told: { by: TANAKA, confirmedBy: SATO, fileHash: 'abc' },
      },
    ]);
    expect(kindsOf(both)).toContain('captured_not_paid');
  });

  test('is made voided by one person’s file: no goods leave by that', () => {
    const voided = { ...inFile(FILE), state: 'voided' as const };
    expect(follow(quiet, [voided]).page.entries).toMatchObject([{ evidence: 'console_csv' }]);
  });

  test('is not linked to a captured transaction that only one person’s file shows', () => {
    const other = { ...inFile(FILE), seqno: FRESH };
    const relink = (to: Sighted) => decideRelink(order, { kind: 'relink', to, adopt: false });
    expect(relink(other)).toMatchObject({ kind: 'refuse', reason: 'file_unconfirmed' });
    const both = { ...other, told: { ...FILE, confirmedBy: SATO } };
    expect(relink(both)).toMatchObject({ kind: 'record' });
  });
});

test('an operation not in review is not touched by a sighting', () => {
  const evidence = { sighted: [sighted('captured_untransmitted')], lookedAt: SETTLED };
  const page = inReview('capture');
  const nobody: Page[] = [
    { ...page, operation: { ...(page.operation as Operation), state: 'unknown' } },
    { ...page, step: null },
    { ...page, operation: null, step: null },
    { ...page, order: orderWith(null) },
  ];
  for (const one of nobody) {
    const turn = resolveBySighting(one, evidence, TIMING);
    expect(turn).toEqual({ page: one, next: { kind: 'rest', until: null } });
  }
});

test('an unexpected amount takes a second person; a state does not', () => {
  const step = stepOf(inReview('capture'));
  const found = (amount: number) =>
    ({
      seqno: SEQNO,
      authCode: null,
      state: 'captured_untransmitted',
      amount: yen(amount),
    }) as const;
  const expected = BEFORE.capture.amount;
  for (const [seen, takes] of [
    [found(expected), false],
    [found(expected + 1), true],
    [found(expected - 1), true],
    [{ ...found(expected), state: 'voided' as const }, false],
    [{ ...found(0), state: 'voided' as const }, true],
  ] as const) {
    const choice = choiceFor(step, BEFORE.capture, seen);
    if (choice === null) throw new Error(`${seen.state} is no choice`);
    const { kind } = judgeAnswer(null, { choice, seen }, TANAKA);
    expect(kind, `${seen.state} ${seen.amount}`).toBe(takes ? 'waits' : 'counts');
    expect(judgeAnswer(null, { choice, seen: null }, TANAKA).kind).toBe('counts');
  }
});

/** The same unexpected amount, found by one person after another. */
test('two answers are the same if all their facts are; then the second person confirms the first', () => {
  const step = stepOf(inReview('capture'));
  const seen = {
    seqno: SEQNO,
    authCode: null,
    state: 'captured_untransmitted',
    amount: yen(7_777),
  } as const;
  const choice = choiceFor(step, BEFORE.capture, seen);
  if (choice === null) throw new Error('this is a choice');
  const given = { answer: seen, actor: TANAKA, declinedBy: null };
  const judged = (before: Given, answer: Seen, by = SATO) =>
    judgeAnswer(before, { choice, seen: answer }, by);
  expect(judged(null, seen)).toEqual({ kind: 'waits' });
  expect(judged(given, seen)).toEqual({
    kind: 'counts',
    witnesses: { by: TANAKA, confirmedBy: SATO },
    confirms: true,
  });
  expect(judged(given, seen, TANAKA)).toEqual({ kind: 'own' });
  expect(judged({ ...given, declinedBy: SATO }, seen)).toEqual({ kind: 'waits' });
  for (const other of [
    { ...seen, amount: yen(7_778) },
    { ...seen, authCode: 'A1b2C3' },
    { ...seen, seqno: '00000000000000000009' },
  ]) {
    expect(judged(given, other)).toEqual({ kind: 'waits' });
    expect(judged(given, other, TANAKA)).toEqual({ kind: 'waits' });
  }
});
