import { describe, expect, test } from 'vitest';
import { strayOf } from '../../src/domain/compare.ts';
import { asAnswered, type ComparisonFacts } from '../../src/domain/comparison.ts';
import { DRIFT, type DriftKind } from '../../src/domain/drift.ts';
import { STORY } from '../../src/domain/drift-stories.ts';
import { yen } from '../../src/domain/yen.ts';
import {
  AMOUNTS,
  compared,
  daysAgo,
  facts,
  HOUR,
  NOW,
  OTHER,
  order,
  other,
  PAID,
  SEQNO,
  seen,
  UNKNOWN_MS,
} from './scenes.ts';

/** What is the case → what is found: kind, story, and the repairs in their rank. */
const TABLE: readonly [string, ComparisonFacts, string[]][] = [
  ['both agree: authorized', facts({ order: order('authorized') }), []],
  ['both agree: captured', facts({ order: order('captured_transmitted', PAID) }), []],
  [
    'the billed amount differs before the capture (C2)',
    facts({ order: order('authorized', { amounts: { ...AMOUNTS, items: yen(5_000) } }) }),
    [],
  ],
  [
    'paid, and refunded with the order',
    facts({ order: order('refunded_transmitted', { ...PAID, status: 'cancelled' }) }),
    [],
  ],
  [
    'on hold and paid',
    facts({ order: order('captured_untransmitted', { ...PAID, status: 'on_hold' }) }),
    [],
  ],
  [
    'a pre-order that waits',
    facts({
      order: order(
        'preorder_unauthorized',
        { status: 'preorder', type: 'preorder' },
        { seqno: null },
      ),
    }),
    [],
  ],
  [
    'no card, no transaction',
    facts({ order: order('authorized', { paymentKind: 'bank_transfer', transaction: null }) }),
    [],
  ],
  [
    'transmitted meanwhile',
    facts({
      order: order('captured_untransmitted', PAID),
      sighted: [seen('captured_transmitted')],
    }),
    [],
  ],

  [
    'D1 paid, authorized',
    facts({ order: order('authorized', PAID) }),
    ['paid_not_captured/paid_authorized: capture unmark_paid check_at_gateway'],
  ],
  [
    'D1 paid without F-REGI (C5), voided',
    facts({ order: order('voided', PAID) }),
    ['paid_not_captured/paid_cancelled: unmark_paid ask_customer'],
  ],
  [
    'D1 paid without F-REGI (C5), never authorized',
    facts({ order: order('validated_unauthorized', PAID, { seqno: null }) }),
    ['paid_not_captured/paid_unauthorized: unmark_paid ask_customer'],
  ],
  [
    'D3 refunded with 入金日取消 (U1): to be billed another way',
    facts({ order: order('refunded_untransmitted') }),
    ['link_broken/refunded_unpaid: look_again change_method record_as_paid ask_customer'],
  ],
  [
    'D1 refunded at the console',
    facts({
      order: order('captured_transmitted', PAID),
      sighted: [seen('refunded_untransmitted')],
    }),
    ['paid_not_captured/paid_cancelled: unmark_paid ask_customer'],
  ],
  [
    'D2 U1: unmarked, still captured',
    facts({ order: order('captured_untransmitted') }),
    ['captured_not_paid/captured_not_paid: record_as_paid cancel_transaction'],
  ],
  [
    'D2 captured at the console',
    facts({ order: order('authorized'), sighted: [seen('captured_untransmitted')] }),
    ['captured_not_paid/captured_not_paid: record_as_paid cancel_transaction'],
  ],
  [
    'D2 U2: another amount by now',
    facts({
      order: order('captured_untransmitted', { amounts: { ...AMOUNTS, items: yen(5_000) } }),
    }),
    [
      'captured_not_paid/captured_not_paid_other_amount: cancel_transaction record_as_paid check_at_gateway',
    ],
  ],
  [
    'D3 voided at the console',
    facts({ order: order('authorized'), sighted: [seen('voided')] }),
    ['link_broken/link_broken: look_again change_method record_as_paid ask_customer'],
  ],
  [
    'D3 A2: amount changed at the console',
    facts({ order: order('authorized'), sighted: [seen('voided'), other('authorized')] }),
    ['link_broken/link_broken_found: relink record_as_paid ask_customer'],
  ],
  [
    'D4 V4: cancelled, box off',
    facts({ order: order('authorized', { status: 'cancelled' }) }),
    ['authorization_left/authorization_left: cancel_transaction check_at_gateway'],
  ],
  [
    'D4 on hold',
    facts({ order: order('authorized', { status: 'on_hold' }) }),
    ['authorization_left/authorization_held: cancel_transaction check_at_gateway'],
  ],
  [
    'D5 returned, still captured',
    facts({ order: order('captured_transmitted', { ...PAID, status: 'returned' }) }),
    ['charge_left/charge_left: cancel_transaction check_at_gateway'],
  ],
  [
    'D6 another amount is captured',
    facts({ order: order('captured_untransmitted', PAID, { amount: yen(8_000) }) }),
    [
      'amount_differs/amount_differs: adopt_amount change_captured_amount settle_otherwise check_at_gateway',
    ],
  ],
  [
    'D6 C4: the amount before the change is captured; what is missing stays to be seen',
    facts({
      order: order('captured_untransmitted', {
        ...PAID,
        amounts: { ...AMOUNTS, items: yen(12_000) },
      }),
    }),
    [
      'amount_differs/amount_differs: adopt_amount change_captured_amount settle_otherwise check_at_gateway',
    ],
  ],
  [
    'D6 A3: changed at the console',
    facts({
      order: order('captured_untransmitted', PAID),
      sighted: [seen('refunded_untransmitted'), other('captured_untransmitted')],
    }),
    ['amount_differs/captured_amount_changed: adopt_amount check_at_gateway'],
  ],
  [
    'D6 the charge moved, for the same amount',
    facts({
      order: order('captured_untransmitted', PAID),
      sighted: [seen('refunded_untransmitted'), other('captured_untransmitted', 9_115)],
    }),
    ['amount_differs/capture_moved: relink check_at_gateway'],
  ],
  [
    'D7 P2: 決済不要, authorized',
    facts({ order: order('authorized', { paymentKind: 'none' }) }),
    ['other_method_live/other_method_authorized: cancel_transaction check_at_gateway'],
  ],
  [
    'D7 another method, captured',
    facts({ order: order('captured_transmitted', { paymentKind: 'bank_transfer' }) }),
    ['other_method_live/other_method_captured: cancel_transaction check_at_gateway'],
  ],
  [
    'D8 承認失敗',
    facts({ order: order('authorization_failed') }),
    ['gateway_refused/authorization_refused: change_method ask_customer'],
  ],
  [
    'D8 売上失敗, paid',
    facts({ order: order('capture_failed', PAID) }),
    ['gateway_refused/capture_refused: unmark_paid change_method ask_customer check_at_gateway'],
  ],
  [
    'D9 unknown for 15 minutes',
    facts({ order: order('authorized'), open: { state: 'unknown', since: NOW - UNKNOWN_MS } }),
    ['outcome_unknown/unknown_long: look_again'],
  ],
  [
    'D9 要確認',
    facts({ order: order('authorized'), open: { state: 'review', since: NOW } }),
    ['outcome_unknown/needs_review: look_again answer_review'],
  ],
  [
    'an operation underway says nothing yet',
    facts({ order: order('authorized', PAID), open: { state: 'asking', since: NOW - HOUR } }),
    [],
  ],
  ['D10 fifteen days are left', facts({ order: order('authorized', {}, daysAgo(45)) }), []],
  [
    'D10 C10: fourteen days are left',
    facts({ order: order('authorized', {}, daysAgo(46)) }),
    ['deadline_near/deadline_near: mark_paid cancel_transaction ask_customer'],
  ],
  [
    'D10 処理済み, never captured (C7)',
    facts({ order: order('authorized', { status: 'completed' }, daysAgo(59)) }),
    ['deadline_near/deadline_near: mark_paid cancel_transaction ask_customer'],
  ],
  [
    'D10 the last day',
    facts({ order: order('authorized', {}, daysAgo(60)) }),
    ['deadline_near/deadline_near: mark_paid cancel_transaction ask_customer'],
  ],
  [
    'D10 passed',
    facts({ order: order('authorized', {}, daysAgo(61)) }),
    ['deadline_near/deadline_passed: cancel_transaction change_method ask_customer'],
  ],
  [
    'D11 B3: its authorization failed',
    facts({ order: order('validated_unauthorized', {}, { seqno: null, customerId: 'C1' }) }),
    ['not_authorized_yet/validated_unauthorized: authorize change_method ask_customer'],
  ],
  [
    'D11 due, not authorized',
    facts({ order: order('preorder_unauthorized', {}, { seqno: null }) }),
    ['not_authorized_yet/preorder_unauthorized: change_method ask_customer'],
  ],
  [
    'D12 two live',
    facts({
      order: order('captured_untransmitted', PAID),
      sighted: [other('captured_untransmitted')],
    }),
    ['stray_transaction/two_live: cancel_stray relink check_at_gateway'],
  ],
  [
    'D12 two live, and the money was taken by the other one',
    facts({ order: order('authorized'), sighted: [other('captured_untransmitted')] }),
    ['stray_transaction/two_live: relink cancel_stray check_at_gateway'],
  ],
  [
    'D12 cancelled, and another of its slip is live',
    facts({ order: order('voided', { status: 'cancelled' }), sighted: [other('authorized')] }),
    ['stray_transaction/stray_left: cancel_stray check_at_gateway'],
  ],
  [
    'D13 looked up, not there',
    facts({ order: order('authorized'), lookedAt: NOW - HOUR }),
    ['not_found/not_found: look_again check_settings check_at_gateway'],
  ],
  [
    'D13 there once, and gone at the last look',
    facts({
      order: order('authorized'),
      sighted: [seen('authorized')],
      lookedAt: NOW - HOUR / 2,
    }),
    ['not_found/not_found: look_again check_settings check_at_gateway'],
  ],
  [
    'D13 not yet: looked up before we knew',
    facts({ order: order('authorized'), lookedAt: NOW - 3 * HOUR }),
    [],
  ],
];

const inWords = (given: ComparisonFacts) =>
  compared(given).map(
    ({ kind, story, repairs }) => `${kind}/${story}: ${repairs.map(({ id }) => id).join(' ')}`,
  );

describe('compare', () => {
  test.each(TABLE)('%s', (_what, given, expected) => {
    expect(inWords(given)).toEqual(expected);
  });

  test('every kind of drift, and every story, is found by a row of the table', () => {
    const found = TABLE.flatMap(([, given]) => compared(given));
    const stray = strayOf(other('authorized'));
    const all = stray === null ? found : [...found, stray];
    const kinds = Object.keys(DRIFT) as DriftKind[];
    expect(kinds).toHaveLength(13);
    expect(new Set(all.map(({ kind }) => kind))).toEqual(new Set(kinds));
    const stories = new Set(all.map(({ story }) => story));
    expect(Object.keys(STORY).filter((id) => !stories.has(id as never))).toEqual([]);
  });

  test('what is older than what is known is not believed', () => {
    const given = order('captured_untransmitted', PAID);
    const stale = seen('authorized', { seenAt: NOW - 3 * HOUR });
    expect(inWords(facts({ order: given, sighted: [stale] }))).toEqual([]);
  });

  test('C2: a transaction that we have replaced ourselves is not live because it once was', () => {
    const before = [seen('authorized', { seqno: OTHER, seenAt: NOW - 3 * HOUR })];
    const answered = [{ seqno: OTHER, state: 'voided', at: NOW - 2 * HOUR } as const];
    const given = order('captured_untransmitted', PAID);
    expect(inWords(facts({ order: given, sighted: before }))).toHaveLength(1);
    expect(inWords(facts({ order: given, sighted: asAnswered(before, answered) }))).toEqual([]);
    const after = [seen('authorized', { seqno: OTHER, seenAt: NOW - HOUR })];
    expect(inWords(facts({ order: given, sighted: asAnswered(after, answered) }))).toHaveLength(1);
  });

  test('the warning of C10 comes anew at 14, 7, 3 and 1 days, and when it has passed', () => {
    const levels = [46, 47, 52, 53, 56, 57, 58, 59, 60, 61].map(
      (days) => compared(facts({ order: order('authorized', {}, daysAgo(days)) }))[0],
    );
    const fingerprints = levels.map((found) => found?.fingerprint);
    expect(new Set(fingerprints).size).toBe(5);
    expect(levels.map((found) => found?.urgency)).toEqual([
      ...['later', 'later', 'later', 'later', 'later'],
      ...['today', 'today', 'now', 'now', 'now'],
    ]);
  });

  test('a stray that is dead is nobody’s business', () => {
    expect(strayOf(other('voided'))).toBeNull();
    expect(strayOf(other('captured_transmitted'))).toMatchObject({ urgency: 'now', ours: null });
  });

  test('both sides stand in the finding, each with its time', () => {
    const [found] = compared(
      facts({ order: order('authorized'), sighted: [seen('voided'), other('authorized')] }),
    );
    expect(found?.ours).toMatchObject({ billed: 9_115, transactionState: 'authorized' });
    expect(found?.theirs.map(({ seqno, source }) => [seqno, source])).toEqual([
      [SEQNO, 'inquiry'],
      [OTHER, 'inquiry'],
    ]);
  });
});
