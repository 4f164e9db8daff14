import { describe, expect, test } from 'vitest';
import type { Seen } from '../../src/turns/asks.ts';
import { hearReturn } from '../../src/turns/cardholder/hear-return.ts';
import type { Page } from '../../src/turns/operation.ts';
import { park } from '../../src/turns/park.ts';
import { hear, see, take } from '../../src/turns/protocol.ts';
import { unsoundness } from '../../src/turns/sound.ts';
import { checkTiming, LIMITS, TIMING } from '../../src/turns/timing.ts';
import { asked, awaited, BILLED, FRESH, NOW } from './pages.ts';

/** Y2: F-REGI answers OUTPUT and waits for the cardholder. */
const { confirmMs, quarantineMs, lookMs, takeoverMs } = TIMING;

type Asked = Parameters<typeof asked>[1];
const byToken = (changes: Asked = {}) =>
  asked('authorize', { operation: { cardToken: 'token-1' }, ...changes });
const challenged = (page: Page) =>
  hear(page, awaited(page), { kind: 'challenge', page: '<html></html>' }, TIMING);
/** A page that waits for the cardholder, read again after a while. */
const waiting = (afterMs = 0, changes: Asked = {}): Page => {
  const { page } = challenged(byToken(changes));
  return { ...page, now: NOW + afterMs, entries: [], mails: [], closedStep: null };
};
const returned = (page: Page, code = 'OK') =>
  hearReturn(page, { operationId: page.operation?.id ?? '', words: { code, text: 'x' } }, TIMING);
const looked = (page: Page, transactions: readonly Seen[], from = page.now) =>
  see(page, { ...awaited(page), from }, { kind: 'seen', transactions, complete: true }, TIMING);
const MADE = { seqno: FRESH, authCode: 'A1', state: 'authorized', amount: BILLED } as const;

describe('an OUTPUT', () => {
  test('waits for the cardholder with F-REGI’s page, and the token is used up', () => {
    const page = byToken();
    const turn = challenged(page);
    expect(turn.page).toMatchObject({
      operation: {
        state: 'confirming',
        reason: 'cardholder_confirms',
        cardToken: null,
        challengePage: '<html></html>',
        dueAt: NOW + confirmMs,
      },
      step: { state: 'challenged' },
      entries: [],
    });
    expect(turn.next).toEqual({ kind: 'rest', until: NOW + confirmMs });
    expect(unsoundness(page, turn.page)).toBeNull();
  });

  test.each([
    ['regular', 'authorization_failed'],
    ['preorder', 'validated_unauthorized'],
    ['subscription', 'authorization_failed'],
  ] as const)('of a registered card declines a %s order: nobody could confirm', (type, state) => {
    const { page } = challenged(asked('authorize', { type }));
    expect(page.operation).toMatchObject({ state: 'declined', reason: 'cardholder_absent' });
    expect(page.order.transaction?.state).toBe(state);
    expect(page.order.status).toBe(type === 'subscription' ? 'on_hold' : 'processing');
  });

  test('is no answer to a step that waits already', () => {
    const page = waiting();
    expect(challenged(page).page).toEqual(page);
  });
});

describe('while it waits', () => {
  test('nobody takes it up before its time', () => {
    const page = waiting(confirmMs - 1);
    expect(take(page, TIMING)).toEqual({ page, next: { kind: 'rest', until: NOW + confirmMs } });
  });

  test.each(['OK', 'NG', 'XX'])(
    'a return that says %s brings a look, and is not believed',
    (code) => {
      const page = waiting(5_000);
      const turn = returned(page, code);
      expect(turn.next).toMatchObject({ kind: 'look', from: NOW + 5_000 });
      expect(turn.page).toMatchObject({
        operation: { state: 'confirming', dueAt: NOW + 5_000 + takeoverMs },
        step: { state: 'challenged', code, text: 'x' },
        order: page.order,
      });
      expect(unsoundness(page, turn.page)).toBeNull();
    },
  );

  test('a look that shows nothing ends nothing, even after the quarantine of a call', () => {
    const page = waiting(quarantineMs + 1);
    const turn = looked(returned(page).page, []);
    expect(turn.page.operation).toMatchObject({ state: 'confirming', looks: 1 });
    expect(turn.next).toEqual({ kind: 'rest', until: page.now + 2 * lookMs });
  });

  test('a look that shows the authorization ends it, authenticated', () => {
    const page = waiting(5_000);
    const turn = looked(returned(page).page, [MADE]);
    expect(turn.page.operation).toMatchObject({ state: 'succeeded', challengePage: null });
    expect(turn.page.step?.state).toBe('proven');
    expect(turn.page.order).toMatchObject({
      transaction: { seqno: FRESH, state: 'authorized' },
      authentication: 'authenticated',
    });
    expect(unsoundness(page, turn.page)).toBeNull();
  });

  test('a return to another operation, or to one that has ended, changes nothing', () => {
    const page = waiting(5_000);
    const told = { operationId: 'another', words: { code: 'OK' } };
    expect(hearReturn(page, told, TIMING).page).toBe(page);
    const { page: ended } = looked(returned(page).page, [MADE]);
    expect(returned(ended).page).toBe(ended);
  });

  test('many returns bring only so many looks', () => {
    const page = waiting(5_000);
    const operation = page.operation && { ...page.operation, looks: LIMITS.returns };
    expect(returned({ ...page, operation }).next.kind).toBe('rest');
  });

  test('without an inquiry a return brings no look, and a person looks when the time is over', () => {
    const early = returned(waiting(5_000, { operation: { cardToken: 't' }, inquiry: false }));
    expect(early.next).toEqual({ kind: 'rest', until: NOW + confirmMs });
    expect(early.page.operation?.state).toBe('confirming');
    const late = take(
      waiting(confirmMs, { operation: { cardToken: 't' }, inquiry: false }),
      TIMING,
    );
    expect(late.page).toMatchObject({
      operation: { state: 'review', challengePage: null },
      step: { state: 'challenged' },
    });
  });

  test('safe mode parks it only when the cardholder can confirm no more', () => {
    const held = (afterMs: number): Page => {
      const page = waiting(afterMs);
      return { ...page, settings: { ...page.settings, hold: 'safe_mode' } };
    };
    expect(park(held(confirmMs - 1), TIMING).page.operation?.state).toBe('confirming');
    expect(park(held(confirmMs), TIMING).page.operation?.state).toBe('review');
  });
});

test('after the time to confirm a look that shows nothing ends it, and another card may pay', () => {
  const page = waiting(confirmMs);
  const taken = take(page, TIMING);
  expect(taken.next).toMatchObject({ kind: 'look' });
  const { page: after } = looked(taken.page, []);
  expect(after.operation).toMatchObject({ state: 'declined', reason: 'cardholder_not_confirmed' });
  expect(after.step?.state).toBe('disproven');
  expect(after.order.transaction?.state).toBe('validated_unauthorized');
});

test('the time to confirm outlasts the quarantine, or the server does not start', () => {
  expect(() => checkTiming({ ...TIMING, confirmMs: quarantineMs - 1 })).toThrow(RangeError);
});
