import { describe, expect, test } from 'vitest';
import type { Command } from '../../src/domain/commands/command.ts';
import { previewCommand } from '../../src/domain/commands/preview-command.ts';
import {
  ALONE,
  type Books,
  belongingOf,
  isBereft,
  mateOf,
  objectionTo,
  ownerOf,
} from '../../src/domain/drift/ownership.ts';
import { compared, facts, NOW, OTHER, order, other, PAID, SEQNO, seen } from './scenes.ts';

/** O1: the owner of a transaction among several orders under one 伝票番号. */
const B = '100000394012';

function mate(changes: Partial<Books['mates'][number]> = {}): Books {
  const asked = { isMaking: false, unmadeAt: null };
  const nothing = { orderNumber: B, seqnos: [], ...asked, isBereft: false, liveAt: null };
  return { own: [SEQNO], restoredAt: null, mates: [{ ...nothing, ...changes }] };
}

const KNOWN = mate({ seqnos: [OTHER] });
const MAKING = mate({ isMaking: true });
const BEREFT = mate({ isBereft: true });
/** The look that shows the transaction is as old as {@link NOW}, or older than what followed. */
const { seenAt: SEEN_AT } = other('authorized');
const ASKED = mate({ unmadeAt: SEEN_AT });
const ASKED_BEFORE = mate({ unmadeAt: SEEN_AT - 1 });
const LIVES = mate({ liveAt: SEEN_AT });
const UNSEEN = mate({ liveAt: SEEN_AT - 1 });

const stray: Command = { kind: 'cancel_stray', stray: other('authorized') };
const relink: Command = { kind: 'relink', to: other('authorized'), adopt: false };
const ANOTHERS = 'transaction_of_another_order';
const PERHAPS = 'transaction_perhaps_of_another_order';

test.each([
  ['nobody shares the slip', ALONE, null, null],
  ['the other order has its own, and asks for nothing', mate(), null, null],
  ['it is, or was, the other order’s', KNOWN, ANOTHERS, ANOTHERS],
  ['the other order has asked for one, and was not told', MAKING, PERHAPS, PERHAPS],
  ['the other order has lost its own', BEREFT, PERHAPS, null],
  ['at the time of the look the other order was asking for one', ASKED, PERHAPS, PERHAPS],
  ['the other order had asked in vain before the look', ASKED_BEFORE, PERHAPS, null],
  ['the other order’s own was live at the time of the look', LIVES, null, null],
  ['nobody has seen the other order’s own live since', UNSEEN, PERHAPS, null],
  ['it is this order’s own', { ...MAKING, own: [SEQNO, OTHER] }, null, null],
] as const)('O1: a command may not name another’s: %s', (_name, books, cancels, links) => {
  expect([objectionTo(stray, books), objectionTo(relink, books)]).toEqual([cancels, links]);
});

test('O1, M6: the preview refuses with the same reason as the execution', () => {
  const settings = { linkEnabled: true, inquiry: true, mailPolicies: {} };
  const own = order('voided');
  const preview = (command: Command, books: Books) =>
    previewCommand(own, false, command, settings as never, '2026-11-24', books);
  for (const command of [stray, relink]) {
    expect(preview(command, KNOWN)).toMatchObject({ kind: 'refuse', reason: ANOTHERS });
    expect(preview(command, ALONE).kind).not.toBe('refuse');
  }
});

describe('O1: a comparison', () => {
  const live = order('authorized');
  const both = [seen('authorized'), other('captured_untransmitted')];
  test.each([
    ['known', KNOWN],
    ['being made', MAKING],
    ['perhaps the other’s, which has lost its own', BEREFT],
  ])('a comparison takes no other order’s transaction for a stray: %s', (_name, books) => {
    expect(compared(facts({ order: live, sighted: both, books }))).toEqual([]);
  });

  test('a comparison finds the stray that is nobody’s, though the slip is shared', () => {
    const [drift] = compared(facts({ order: live, sighted: both, books: mate() }));
    expect(drift).toMatchObject({ kind: 'stray_transaction', story: 'two_live' });
  });

  test.each([
    ['nobody has seen the other order’s own live since', UNSEEN],
    ['the other order was asking at the time of the look', ASKED],
    ['the other order had asked in vain', ASKED_BEFORE],
  ])(
    'a stray that may be another order’s is told, and not cancelled from here: %s',
    (_name, books) => {
      const [drift] = compared(facts({ order: live, sighted: both, books }));
      expect(drift).toMatchObject({ kind: 'stray_transaction', story: 'two_live' });
      expect(drift?.repairs.map(({ id }) => id)).toEqual([
        'look_again',
        'relink',
        'check_at_gateway',
      ]);
      expect(drift?.theirs.at(-1)?.belongsTo).toEqual({ orderNumber: B, certain: false });
    },
  );

  test('a comparison does not take another’s capture for its own that has moved (A3)', () => {
    const paid = order('refunded_untransmitted', PAID);
    const sighted = [seen('refunded_untransmitted'), other('captured_untransmitted')];
    const [drift] = compared(facts({ order: paid, sighted, books: KNOWN }));
    expect(drift).toMatchObject({ kind: 'paid_not_captured', story: 'paid_cancelled' });
    expect(JSON.stringify(drift?.repairs)).not.toContain('relink');
    expect(drift?.theirs.at(-1)).toMatchObject({
      seqno: OTHER,
      belongsTo: { orderNumber: B, certain: true },
    });
  });

  test('a comparison does not take another’s transaction as evidence that its own is merely hidden (D13)', () => {
    const sighted = [other('captured_untransmitted')];
    const [drift] = compared(facts({ order: live, sighted, books: KNOWN, lookedAt: NOW }));
    expect(drift).toMatchObject({ kind: 'not_found' });
  });

  test('a new transaction is offered to both of two orders that have lost their own (A2)', () => {
    const sighted = [seen('voided'), other('authorized')];
    const [drift] = compared(facts({ order: order('voided'), sighted, books: BEREFT }));
    expect(drift?.repairs[0]).toMatchObject({ id: 'relink' });
    expect(drift?.theirs.at(-1)?.belongsTo).toEqual({ orderNumber: B, certain: false });
  });
});

test('O1: an order that needs a transaction and has lost its own may be waiting for another', () => {
  const given = { paymentKind: 'card_fregi', status: 'processing' } as const;
  const states = (['voided', 'refunded_transmitted', 'capture_failed'] as const).map((state) =>
    isBereft({ ...given, state }),
  );
  expect(states).toEqual([true, true, true]);
  expect(isBereft({ ...given, state: 'authorized' })).toBe(false);
  expect(isBereft({ ...given, state: 'validated_unauthorized' })).toBe(false);
  expect(isBereft({ ...given, state: null })).toBe(false);
  expect(isBereft({ ...given, status: 'cancelled', state: 'voided' })).toBe(false);
  expect(isBereft({ ...given, paymentKind: 'none', state: 'voided' })).toBe(false);
});

test('O1: what the tables say of another order of the slip', () => {
  const facts = {
    orderNumber: B,
    seqnos: [OTHER],
    isMaking: false,
    unmadeAt: null,
    paymentKind: 'card_fregi',
    status: 'processing',
    state: 'authorized',
    asOf: NOW,
    isOfSlip: true,
  } as const;
  const { isBereft: bereft, liveAt } = mateOf(facts);
  expect([bereft, liveAt]).toEqual([false, NOW]);
  expect(mateOf({ ...facts, state: 'voided' })).toMatchObject({ isBereft: true, liveAt: null });
  // What is not needed, or stands under another slip, is replaced by none of this one.
  expect(mateOf({ ...facts, status: 'cancelled' }).liveAt).toBeNull();
  expect(mateOf({ ...facts, isOfSlip: false }).liveAt).toBeNull();
});

test('O1: a dead transaction in nobody’s books is told as nobody’s', () => {
  expect(ownerOf(other('voided'), MAKING)).toMatchObject({ kind: 'perhaps', orderNumber: B });
  expect(belongingOf(other('voided'), MAKING)).toBe(null);
  expect(belongingOf(other('authorized'), MAKING)).toEqual({ orderNumber: B, certain: false });
  expect(belongingOf(other('voided'), KNOWN)).toEqual({ orderNumber: B, certain: true });
});
