import { describe, expect, test } from 'vitest';
import { yen } from '../../src/domain/values/yen.ts';
import { accept } from '../../src/turns/accept.ts';
import type { Page } from '../../src/turns/operation.ts';
import { hear, resolveReview, see, take } from '../../src/turns/protocol.ts';
import { resolveBySighting } from '../../src/turns/review.ts';
import { unsoundness } from '../../src/turns/sound.ts';
import { TIMING } from '../../src/turns/timing.ts';
import { asked, awaited, BEFORE, BILLED, FRESH, NOW, SEQNO, seen } from './pages.ts';

/** D12: an operation on another transaction of the slip never touches the order's own. */
const STRAY = { ...BEFORE.void, seqno: FRESH, authCode: 'stray' };
const OWN = { ...BEFORE.refund };
const AFTER = { afterMs: TIMING.quarantineMs };

function voiding(changes: { readonly afterMs?: number; readonly inquiry?: boolean } = {}): Page {
  return asked('void', {
    ...changes,
    transaction: OWN,
    operation: { stray: STRAY, dueAt: NOW },
    step: { seqno: FRESH },
  });
}

const look = (page: Page) => ({ ...awaited(page), from: page.now });
const shown = (...transactions: ReturnType<typeof seen>[]) =>
  ({ kind: 'seen', complete: true, transactions }) as const;
const own = seen('captured_untransmitted');
const stray = (state: Parameters<typeof seen>[0]) => seen(state, { seqno: FRESH });

test('an accepted cancellation of a stray asks about the stray, with its own 取引番号', () => {
  const page = { ...voiding(), operation: null, step: null };
  const sighted = {
    seqno: FRESH,
    slipId: OWN.slipId,
    authCode: 'stray',
    state: 'authorized' as const,
    amount: BILLED,
    authorizedAt: null,
    seenAt: NOW,
    source: 'inquiry' as const,
  };
  const command = { kind: 'cancel_stray', stray: sighted } as const;
  const common = { operationId: 'op', key: 'k', inputHash: 'h', expectedVersion: null };
  const actor = { kind: 'user', id: 'tanaka', name: '田中' } as const;
  const turn = accept(page, null, { ...common, actor, command }, TIMING);
  expect(turn.next).toMatchObject({ kind: 'ask', step: { verb: 'void', seqno: FRESH } });
  expect(turn.page.order.transaction).toEqual(OWN);
  const refusedBecause = (changes: object, settings = page.settings) =>
    accept(
      { ...page, settings },
      null,
      { ...common, actor, command: { ...command, stray: { ...sighted, ...changes } } },
      TIMING,
    ).acceptance;
  expect(refusedBecause({ seqno: SEQNO })).toMatchObject({ reason: 'transaction_in_use' });
  expect(refusedBecause({ slipId: '999' })).toMatchObject({ reason: 'other_slip' });
  expect(refusedBecause({ state: 'voided' })).toMatchObject({ reason: 'nothing_to_cancel' });
  expect(refusedBecause({}, { ...page.settings, linkEnabled: false })).toMatchObject({
    reason: 'link_off',
  });
});

test('a done cancellation moves the stray, not the order, and reaches the goal', () => {
  const page = voiding();
  const { page: after } = hear(
    page,
    awaited(page),
    { kind: 'done', seqno: null, authCode: null },
    TIMING,
  );
  expect(after.order).toEqual({
    ...page.order,
    version: page.order.version + 2,
    changedIn: page.order.version + 2,
  });
  expect(after.operation).toMatchObject({ state: 'succeeded' });
  expect(after.entries).toMatchObject([
    { kind: 'stray_moved', evidence: 'answer', transaction: { seqno: FRESH, state: 'voided' } },
    { kind: 'operation_ended', outcome: 'succeeded' },
  ]);
});

test('M4: after a lost answer, a stray seen voided beside the live one counts as cancelled', () => {
  const page = voiding(AFTER);
  const { page: after } = see(page, look(page), shown(own, stray('voided')), TIMING);
  expect(after.operation?.state).toBe('succeeded');
  expect(after.order.transaction).toEqual(OWN);
});

test('M4: after a lost answer, two live transactions mean not cancelled, and Renkei asks again', () => {
  const page = voiding(AFTER);
  const { next } = see(page, look(page), shown(own, stray('authorized')), TIMING);
  expect(next).toMatchObject({ kind: 'ask', step: { n: 2, verb: 'void', seqno: FRESH } });
  const early = voiding();
  expect(see(early, look(early), shown(own, stray('authorized')), TIMING).next.kind).toBe('rest');
});

test('M4: a stray that somebody captured meanwhile is told so, and never shown as success', () => {
  const page = voiding(AFTER);
  const { page: after } = see(page, look(page), shown(own, stray('captured_transmitted')), TIMING);
  expect(after.operation).toMatchObject({ state: 'declined', reason: 'already_captured' });
  expect(after.entries[0]).toMatchObject({ kind: 'stray_moved', evidence: 'inquiry' });
  expect(after.order.transaction).toEqual(OWN);
});

test('M4: without an inquiry Renkei asks again after the quarantine, about the same stray', () => {
  const { next } = take(voiding({ ...AFTER, inquiry: false }), TIMING);
  expect(next).toMatchObject({ kind: 'ask', step: { n: 2, repeat: true, seqno: FRESH } });
});

test('in review, a person’s word and the console’s CSV are about the stray alone', () => {
  const page = voiding(AFTER);
  const parked: Page = {
    ...page,
    operation: page.operation && { ...page.operation, state: 'review' },
  };
  expect(resolveReview(parked, stray('voided'), TIMING).page.operation?.state).toBe('succeeded');
  const sighted = [own, stray('voided')].map((one) => ({
    ...one,
    amount: yen(9_115),
    slipId: OWN.slipId,
    authorizedAt: null,
    seenAt: page.now,
    source: 'console_csv' as const,
  }));
  const evidence = { sighted, lookedAt: page.now };
  expect(resolveBySighting(parked, evidence, TIMING).page.operation?.state).toBe('succeeded');
});

describe('O1: a shared slip', () => {
  const B = '100000000012';
  const nothing = { isMaking: false, unmadeAt: null, isBereft: false, liveAt: null };
  const shared = (mate: Partial<Page['books']['mates'][number]>): Page['books'] => ({
    own: [SEQNO],
    restoredAt: null,
    mates: [{ orderNumber: B, seqnos: [], ...nothing, ...mate }],
  });
  const KNOWN = shared({ seqnos: [FRESH] });
  const MAKING = shared({ isMaking: true });

  test("a look at a void is not confused by another order's live transaction", () => {
    const page = { ...asked('void', AFTER), books: KNOWN };
    const sighting = shown(seen('voided'), seen('authorized', { seqno: FRESH }));
    const { page: after } = see(page, look(page), sighting, TIMING);
    expect(after.operation).toMatchObject({ state: 'succeeded' });
  });

  test('another order’s transaction of the same amount does not count as a change of amount done', () => {
    const page = { ...asked('change_amount', AFTER), books: KNOWN };
    const sighting = shown(seen('voided'), seen('authorized', { seqno: FRESH }));
    const { page: after } = see(page, look(page), sighting, TIMING);
    expect(after.order.transaction).toMatchObject({ seqno: SEQNO, state: 'voided' });
    expect(after.operation?.state).toBe('declined');
  });

  test('a person decides about a transaction that two orders may have made', () => {
    const page = { ...asked('change_amount', AFTER), books: MAKING };
    const sighting = shown(seen('voided'), seen('authorized', { seqno: FRESH }));
    const { page: after } = see(page, look(page), sighting, TIMING);
    expect(after.operation).toMatchObject({ state: 'review', reason: 'outcome_needs_review' });
    const found = seen('authorized', { seqno: FRESH });
    const answered = { ...after, books: KNOWN };
    expect(resolveReview(answered, found, TIMING).page).toBe(answered);
    const { page: told } = resolveReview(after, found, TIMING);
    expect(told.order.transaction).toMatchObject({ seqno: FRESH, state: 'authorized' });
  });

  test.each([
    ['was asking at the time of the look', { unmadeAt: NOW + AFTER.afterMs }],
    ['had asked in vain before', { unmadeAt: NOW - 1 }],
    ['has lost its own', { isBereft: true }],
  ])('a person decides about a transaction under a slip whose other order %s', (_name, mate) => {
    const page = { ...asked('change_amount', AFTER), books: shared(mate) };
    const sighting = shown(seen('voided'), seen('authorized', { seqno: FRESH }));
    const { page: after } = see(page, look(page), sighting, TIMING);
    expect(after.operation).toMatchObject({ state: 'review', reason: 'outcome_needs_review' });
  });

  test('beside a transaction that another order may have made, a person decides about a lost void', () => {
    const page = { ...asked('void', AFTER), books: MAKING };
    const sighting = shown(seen('voided'), seen('authorized', { seqno: FRESH }));
    const { page: after } = see(page, look(page), sighting, TIMING);
    expect(after.operation).toMatchObject({ state: 'review', reason: 'outcome_needs_review' });
  });

  describe('after a restore, our books may have forgotten that another order asked', () => {
    const restored = (restoredAt: number) => ({ ...shared({}), restoredAt });
    const made = seen('authorized', { seqno: FRESH });
    const doubt = (verb: 'authorize' | 'change_amount', books: Page['books']) => ({
      ...asked(verb, AFTER),
      books,
    });
    const before = { authorize: [], change_amount: [seen('voided')] };

    const forgotten = { own: [], mates: [], restoredAt: NOW };
    test.each([
      ['authorize', 'forgot an ask', restored(NOW)],
      ['change_amount', 'forgot an ask', restored(NOW)],
      ['authorize', 'may have forgotten a whole order of the slip', forgotten],
      ['change_amount', 'may have forgotten a whole order of the slip', forgotten],
    ] as const)(
      'a person decides whose the transaction is that %s may have made, if it %s',
      (verb, _what, books) => {
        const page = doubt(verb, books);
        const sighting = shown(...before[verb], made);
        const { page: after } = see(page, look(page), sighting, TIMING);
        expect(after.operation).toMatchObject({ state: 'review', reason: 'outcome_needs_review' });
        expect(after.order.transaction).toBe(page.order.transaction);
        const how = { slipId: OWN.slipId, authorizedAt: null, seenAt: page.now } as const;
        const sighted = [{ ...made, ...how, source: 'inquiry' as const }];
        const looked = resolveBySighting(after, { sighted, lookedAt: page.now }, TIMING);
        expect(looked.page).toBe(after);
        const { page: told } = resolveReview(after, made, TIMING);
        expect(told.order.transaction).toMatchObject({ seqno: FRESH, state: 'authorized' });
      },
    );

    test.each([
      ['a shared slip', restored(NOW - 1)],
      ['a slip of one order', { ...forgotten, restoredAt: NOW - 1 }],
    ])('a look decides about %s if the operation began after the restore', (_name, books) => {
      const page = doubt('authorize', books);
      const { page: after } = see(page, look(page), shown(made), TIMING);
      expect(after.order.transaction).toMatchObject({ seqno: FRESH, state: 'authorized' });
    });

    test('a look decides that nothing was carried out if nothing is live', () => {
      const page = doubt('authorize', restored(NOW));
      const { next } = see(page, look(page), shown(), TIMING);
      expect(next).toMatchObject({ kind: 'ask', step: { n: 2, verb: 'authorize' } });
    });
  });

  test('another order’s transaction does not resolve a review', () => {
    const page = { ...asked('change_amount', AFTER), books: KNOWN };
    const operation = page.operation && { ...page.operation, state: 'review' as const };
    const parked = { ...page, operation };
    const how = { slipId: OWN.slipId, authorizedAt: null, seenAt: page.now } as const;
    const sighted = [
      seen('authorized', { amount: yen(9_850) }),
      seen('authorized', { seqno: FRESH }),
    ].map((one) => ({ ...one, ...how, source: 'inquiry' as const }));
    const { page: after } = resolveBySighting(parked, { sighted, lookedAt: page.now }, TIMING);
    expect(after.operation).toMatchObject({ state: 'declined', reason: 'confirmed_not_executed' });
  });

  test('a turn that takes or moves another order’s transaction is not sound', () => {
    const { operation, step, ...rest } = voiding();
    const was = { ...rest, operation: null, step: null, books: KNOWN };
    const asks = { ...was, operation, step };
    expect(unsoundness(was, asks)).toMatch(/^O1/);
  });
});
