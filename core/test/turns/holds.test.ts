import { expect, test } from 'vitest';
import type { Transaction } from '../../src/domain/order/order.ts';
import type { Hold, Page } from '../../src/turns/operation.ts';
import { park } from '../../src/turns/park.ts';
import { advance, hear, take } from '../../src/turns/protocol.ts';
import { resolveBySighting } from '../../src/turns/review.ts';
import { LIMITS, TIMING } from '../../src/turns/timing.ts';
import { asked, awaited, NOW } from './pages.ts';

const { quarantineMs, holdMs } = TIMING;
const OWN = (seqno: string | null, seenAt: number) =>
  ({ seqno: seqno ?? '', seenAt, source: 'inquiry' }) as const;
const held = (page: Page, hold: Hold = 'gateway_down'): Page => ({
  ...page,
  settings: { ...page.settings, hold },
});

test('while the gateway is out of reach nothing is asked, and the operation waits', () => {
  const page = held({ ...asked('capture'), step: null });
  expect(advance(page, TIMING)).toMatchObject({
    page: {
      step: null,
      operation: { state: 'asking', reason: 'gateway_down', dueAt: NOW + holdMs },
    },
    next: { kind: 'rest', until: NOW + holdMs },
  });
});

test('an outage of any length does not use up the tries: unsent is not counted, and waits', () => {
  const page = held(asked('capture', { operation: { unsentTries: LIMITS.unsent - 1 } }));
  const heard = hear(page, awaited(page), { kind: 'unsent', cause: 'refused' }, TIMING);
  expect(heard.page).toMatchObject({
    operation: { state: 'asking', reason: 'gateway_down', unsentTries: LIMITS.unsent - 1 },
    step: { state: 'unsent' },
  });
});

test('a doubt stays a doubt, and its repeat waits for the gateway', () => {
  const unknown = { state: 'unknown', dueAt: NOW } as const;
  const page = held(
    asked('capture', { afterMs: quarantineMs, inquiry: false, operation: unknown }),
  );
  const taken = take(page, TIMING);
  expect(taken.page).toMatchObject({ operation: { state: 'unknown' }, step: { n: 1 } });
  expect(taken.next).toEqual({ kind: 'rest', until: page.now + holdMs });
});

test('while the gateway is out of reach nobody looks at a doubt, and no look is used up', () => {
  const unknown = { state: 'unknown', dueAt: NOW, looks: 3 } as const;
  const page = held(asked('capture', { afterMs: quarantineMs, operation: unknown }));
  const taken = take(page, TIMING);
  expect(taken.next).toEqual({ kind: 'rest', until: page.now + holdMs });
  expect(taken.page).toMatchObject({
    operation: { state: 'unknown', reason: 'outcome_unknown', looks: 3, dueAt: page.now + holdMs },
    step: { n: 1, state: 'unknown' },
  });
  const back = {
    ...taken.page,
    now: page.now + holdMs,
    settings: { ...page.settings, hold: null },
  };
  expect(take(back, TIMING).next.kind).toBe('look');
});

test('once the gateway is back, a waiting step is asked', () => {
  const page = asked('capture', { operation: { reason: 'gateway_down' } });
  const taken = take({ ...page, step: null }, TIMING);
  expect(taken).toMatchObject({ next: { kind: 'ask', step: { verb: 'capture', n: 1 } } });
  expect(taken.page.operation).toMatchObject({ reason: null });
});

test('in safe mode no operation is taken up, not even to look', () => {
  const page = held(asked('capture', { afterMs: quarantineMs }), 'safe_mode');
  expect(take(page, TIMING)).toEqual({ page, next: { kind: 'rest', until: null } });
});

test('after a restore every open operation is parked, because it may have been asked since', () => {
  const open = held(asked('capture', { afterMs: quarantineMs }), 'safe_mode');
  expect(park(open, TIMING).page).toMatchObject({
    operation: { state: 'review', reason: 'outcome_needs_review' },
    step: { n: 1, state: 'unknown' },
  });
  const waiting = held({ ...asked('void'), step: null }, 'safe_mode');
  const parked = park(waiting, TIMING);
  expect(parked.page).toMatchObject({
    operation: { state: 'review', reason: 'outcome_needs_review' },
    step: { n: 1, verb: 'void', state: 'unknown' },
  });
  expect(parked.next).toEqual({ kind: 'rest', until: null });
});

test('an operation that has ended, has a review or has reached its goal is not parked', () => {
  const gone = held({ ...asked('capture'), operation: null, step: null }, 'safe_mode');
  const reviewed = held(asked('capture', { operation: { state: 'review' } }), 'safe_mode');
  for (const page of [gone, reviewed]) {
    expect(park(page, TIMING)).toEqual({ page, next: { kind: 'rest', until: null } });
  }
  const transaction = { state: 'captured_untransmitted' } as const;
  const reached = held({ ...asked('capture', { transaction }), step: null }, 'safe_mode');
  expect(park(reached, TIMING).page.operation?.state).toBe('succeeded');
});

test('a sighting after the parking resolves the operation, and no older one does', () => {
  const { page } = park(held({ ...asked('void'), step: null }, 'safe_mode'), TIMING);
  const transaction = page.order.transaction as Transaction;
  const { slipId, seqno, authCode, state, amount } = transaction;
  const seenAt = (at: number) => ({
    sighted: [{ slipId, authCode, state, amount, authorizedAt: null, ...OWN(seqno, at) }],
    lookedAt: at,
  });
  const resolved = (at: number) => resolveBySighting(page, seenAt(at), TIMING).page.operation;
  expect(resolved(page.now - 1)?.state).toBe('review');
  expect(resolved(page.now)).toMatchObject({ reason: 'confirmed_not_executed' });
});

test('a process that slept until after the release parks nothing: every open operation has begun since', () => {
  for (const page of [asked('capture'), { ...asked('void'), step: null }, held(asked('void'))]) {
    expect(park(page, TIMING)).toEqual({ page, next: { kind: 'rest', until: null } });
  }
});
