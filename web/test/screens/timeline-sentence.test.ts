import { MAIL_KIND } from '@renkei/core/domain/mails/mail-kinds.ts';
import type { OrderEvent } from '@renkei/core/domain/order/events.ts';
import { REDIRECT_STATUS, REVOCATION_OUTCOME } from '@renkei/core/domain/transaction/redirect.ts';
import { describe, expect, test } from 'vitest';
import { sentenceOf } from '../../src/screens/order/history/timeline-sentence.ts';
import { LANGUAGES, translator } from '../words.ts';

type Facts = Parameters<typeof sentenceOf>[0]['facts'];
type Gateway = NonNullable<Extract<OrderEvent, { gateway?: unknown }>['gateway']>;

/** The states of F-REGI after a change of ours; the compiler names a missing state. */
const GATEWAYS: Record<Gateway, true> = {
  captured: true,
  confirmed: true,
  authorization_asked: true,
  cancelled: true,
  not_told: true,
  left_alone: true,
  nothing_to_cancel: true,
  not_concerned: true,
};

/** The evidence that shows a transaction in another state. */
const EVIDENCE: Record<Extract<OrderEvent, { kind: 'transaction_corrected' }>['evidence'], true> = {
  refusal: true,
  inquiry: true,
  console_csv: true,
  person: true,
};

const MOVED = { state: 'voided', seqno: '00000000000000000001', amount: 9_115, verb: 'void' };
const ADOPTED = { billed: 8_000, billedBefore: 9_115 };

/** The facts of every kind of event, in all variants that change its sentence. */
const KINDS: Record<Exclude<OrderEvent['kind'], GatewayKind>, readonly Facts[]> = {
  order_placed: [{ type: 'regular', status: 'processing', paymentMethod: 'カード' }],
  amounts_edited: [
    { billed: 9_850, linesEdited: false },
    { billed: 9_850, linesEdited: true },
    { billed: 9_850, linesEdited: true, toStock: 2, fromStock: 1 },
    { billed: 9_850, linesEdited: false, pointsGivenBack: 500 },
    { billed: 9_850, linesEdited: false, pointsTaken: 200 },
  ],
  operation_accepted: ['captured', 'cancelled', 'authorized', 'adjusted'].map((goal) => ({
    goal,
    amount: 9_115,
  })),
  operation_ended: ['succeeded', 'declined', 'not_sent'].map((outcome) => ({ outcome })),
  transaction_moved: [MOVED],
  transaction_corrected: Object.keys(EVIDENCE).flatMap((evidence) => [
    { ...MOVED, evidence },
    { ...MOVED, ...ADOPTED, evidence },
    { ...MOVED, evidence, toldBy: '田中、佐藤', fileHash: '1a2b3c4d5e6f' },
  ]),
  stray_moved: [{ ...MOVED, evidence: 'answer' }],
  review_answered: [
    { by: '田中', confirmedBy: null },
    { ...MOVED, by: '田中', confirmedBy: null },
    { ...MOVED, by: '田中', confirmedBy: '佐藤' },
  ],
  redirect_payment_seen: Object.keys(REDIRECT_STATUS).map((status) => ({
    settleno: '1234567890',
    amount: 5_000,
    status,
  })),
  command_proposed: ['refund', 'raise'].map((limited) => ({
    command: 'unmark_paid',
    limited,
    amount: 9_115,
    until: 0,
  })),
  proposal_ended: ['agreed', 'declined', 'withdrawn', 'expired', 'overtaken'].map((outcome) => ({
    outcome,
    proposedBy: '田中',
    word: '相違あり',
  })),
  revocation_ordered: [{ settlenos: '1234567890, 1234567891' }],
  revocation_asked: [{ settleno: '1234567890', n: 1 }],
  revocation_refused: [{ settleno: '1234567890', n: 1, code: 'CSC1-1-122', text: 'NG' }],
  revocation_ended: Object.keys(REVOCATION_OUTCOME).map((outcome) => ({
    settleno: '1234567890',
    outcome,
  })),
  paid_on_corrected: [{ before: '2026-11-14', paidOn: '2026-11-10' }],
  settled_otherwise: [
    { direction: 'received', amount: 900, by: 'bank_transfer', on: '2026-11-14', corrects: null },
    { direction: 'returned', amount: 900, by: 'cash', on: '2026-11-14', corrects: null },
    { direction: 'returned', amount: 900, by: 'bank_transfer', on: '2026-11-14', corrects: 2 },
  ],
  order_shipped: [
    { complete: true, shippedOn: '2026-11-14', trackingNumbers: '1234' },
    { complete: false, shippedOn: '2026-11-14', trackingNumbers: '' },
  ],
  cancel_requested: [{ message: '色が違う' }],
  cancel_request_dismissed: [{}],
  customer_erased: ['request', 'retention', 'restored'].map((cause) => ({ cause })),
  payment_mail_sent: [{}],
  mail_sent: Object.keys(MAIL_KIND).map((mail) => ({ mail })),
};
type GatewayKind =
  | 'order_marked_paid'
  | 'order_unmarked_paid'
  | 'status_changed'
  | 'payment_method_changed';

const WITH_GATEWAY: Record<GatewayKind, Facts> = {
  order_marked_paid: { paidOn: '2026-11-14', mail: 'auto' },
  order_unmarked_paid: {},
  status_changed: { to: 'cancelled', stock: 'returned', points: 'taken', pointsMoved: 735 },
  payment_method_changed: { paymentMethod: '銀行振込' },
};

const ENTRIES = [
  ...Object.entries(KINDS).flatMap(([kind, all]) => all.map((facts) => ({ kind, facts }))),
  ...Object.entries(WITH_GATEWAY).flatMap(([kind, facts]) =>
    Object.keys(GATEWAYS).map((gateway) => ({ kind, facts: { ...facts, gateway } })),
  ),
];

describe.each(LANGUAGES)('an entry of the history (%s)', (language) => {
  test.each(ENTRIES)('is told in words: $kind $facts', async ({ kind, facts }) => {
    const sentence = sentenceOf({ kind, facts }, await translator(language));
    expect(sentence).not.toMatch(/\w\.\w+\.|[{}]|undefined|NaN|—|_/);
    expect(sentence).toBe(sentence.replaceAll(/ {2,}/g, ' ').trim());
    expect(sentence).not.toBe('');
  });

  test('of a kind that is not known here is still shown', async () => {
    const entry = { kind: 'a_later_kind', facts: {} };
    expect(sentenceOf(entry, await translator(language))).toContain('a_later_kind');
  });
});

test('C11: an order that F-REGI is not concerned with says nothing of F-REGI', async () => {
  const facts = { paidOn: '2026-11-14', gateway: 'not_concerned', mail: 'auto' };
  const paid = sentenceOf({ kind: 'order_marked_paid', facts }, await translator('ja'));
  expect(paid).toBe('入金済にしました（入金日 2026/11/14）。');
});
