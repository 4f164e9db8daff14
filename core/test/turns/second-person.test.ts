import { describe, expect, test } from 'vitest';
import type { Command } from '../../src/domain/commands/decide.ts';
import { compare } from '../../src/domain/drift/compare.ts';
import { payerOf } from '../../src/domain/drift/payer.ts';
import { NO_LIMITS } from '../../src/domain/limits/limits.ts';
import { applyEvent } from '../../src/domain/order/events.ts';
import { yen } from '../../src/domain/values/yen.ts';
import { accept, type Request } from '../../src/turns/accept.ts';
import { type Page, RENKEI } from '../../src/turns/operation.ts';
import { expire } from '../../src/turns/second-person/proposing.ts';
import { unsoundness } from '../../src/turns/sound.ts';
import { TIMING } from '../../src/turns/timing.ts';
import { asked, BEFORE, BILLED, NOW, orderWith } from './pages.ts';

const DAY_MS = 86_400_000;
const TANAKA = { kind: 'user', id: 'tanaka', name: '田中' } as const;
const SATO = { kind: 'user', id: 'sato', name: '佐藤' } as const;
const REFUND: Command = { kind: 'unmark_paid', refund: true };
const LIMITS = { ...NO_LIMITS, refund: { single: 9_000, daily: null } };

/** A captured order of 9,115 yen, in a shop where one person gives back at most 9,000. */
function captured(changes: Partial<Page> = {}): Page {
  return {
    ...asked('refund'),
    settings: { linkEnabled: true, inquiry: true, limits: LIMITS },
    order: { ...orderWith(BEFORE.refund), paidOn: '2026-11-19' },
    operation: null,
    step: null,
    ...changes,
  };
}

function wanted(command: Command, changes: Partial<Request> = {}): Request {
  const actor = TANAKA;
  const id = '22222222-2222-4222-8222-222222222222';
  const named = { operationId: id, key: 'key-2', inputHash: 'hash-2', expectedVersion: null };
  return { ...named, actor, command, ...changes };
}

/** Accepts a request; the turn must be sound. */
function play(page: Page, request: Request) {
  const turn = accept(page, null, request, TIMING);
  expect(unsoundness(page, turn.page)).toBe(null);
  return turn;
}

/** The page on which 田中's refund waits. */
function waiting(changes: Partial<Page> = {}): Page {
  const { page } = play(captured(), wanted(REFUND));
  const next = { operation: null, step: null, closedStep: null, entries: [], mails: [] };
  return { ...page, ...next, now: NOW + 60_000, ...changes };
}

const agreeing = (page: Page, changes: Partial<Request> = {}) =>
  wanted(
    { kind: 'agree_to_proposal', proposal: page.order.proposal?.version ?? 0 },
    { actor: SATO, memberSince: NOW - 30 * DAY_MS, ...changes },
  );

function reasonOf(page: Page, request: Request): string {
  const { acceptance, page: after } = play(page, request);
  if (acceptance.kind === 'refused') expect(after).toBe(page);
  return acceptance.kind === 'refused' ? acceptance.reason : acceptance.kind;
}

describe('F59: above a limit', () => {
  test('a command is recorded and waits, and F-REGI is not asked', () => {
    const { page, next, acceptance } = play(captured(), wanted(REFUND));
    expect(acceptance.kind).toBe('accepted');
    expect(next).toEqual({ kind: 'rest', until: null });
    expect(page.step).toBe(null);
    expect(page.operation).toMatchObject({
      goal: null,
      state: 'succeeded',
      reason: 'second_person_awaited',
      draw: null,
    });
    expect(page.order.proposal).toEqual({
      version: 3,
      fits: 3,
      command: REFUND,
      limited: { kind: 'refund', amount: BILLED },
      by: { id: 'tanaka', name: '田中' },
      at: NOW,
      until: NOW + 3 * DAY_MS,
    });
  });

  test('the schedule is nobody, so nothing of it waits or counts', () => {
    const { page, next } = play(captured(), wanted(REFUND, { actor: RENKEI }));
    expect(next.kind).toBe('ask');
    expect(page.operation?.draw).toBe(null);
  });

  test('no second command waits beside one that can still be agreed to', () => {
    expect(reasonOf(waiting(), wanted(REFUND, { actor: SATO }))).toBe('proposal_waiting');
  });

  test('a command replaces one whose time is over', () => {
    const page = waiting({ now: NOW + 4 * DAY_MS });
    const { page: after } = play(page, wanted(REFUND, { actor: SATO }));
    expect(after.entries.map((entry) => entry.kind)).toEqual([
      'proposal_ended',
      'command_proposed',
    ]);
    expect(after.entries[0]).toMatchObject({ outcome: 'expired' });
    expect(after.order.proposal?.by.id).toBe('sato');
  });
});

describe('F59: below a limit', () => {
  test('an operation counts towards its person’s day', () => {
    const limits = { ...NO_LIMITS, refund: { single: 10_000, daily: 10_000 } };
    const settings = { linkEnabled: true, inquiry: true, limits };
    const drawn = { last: 4, on: '2026-11-19', refund: 9_000, raise: 0 };
    const { page, next } = play(captured({ settings, drawn }), wanted(REFUND));
    expect(next.kind).toBe('ask');
    expect(page.operation?.draw).toEqual({
      kind: 'refund',
      amount: BILLED,
      n: 5,
      on: '2026-11-20',
    });
    const more = { ...drawn, on: '2026-11-20' };
    const above = play(captured({ settings, drawn: more }), wanted(REFUND));
    expect(above.page.operation?.reason).toBe('second_person_awaited');
  });
});

describe('F59: a second person', () => {
  test('agrees, and the very command is carried out in the same turn', () => {
    const page = waiting();
    const { page: after, next } = play(page, agreeing(page));
    expect(next).toMatchObject({ kind: 'ask', step: { verb: 'refund', amount: BILLED } });
    expect(after.operation).toMatchObject({ goal: 'cancelled', actor: SATO, draw: null });
    expect(after.order.proposal).toBe(null);
    expect(after.entries.map((entry) => entry.kind)).toEqual([
      'proposal_ended',
      'operation_accepted',
    ]);
    const proposedBy = { id: 'tanaka', name: '田中' };
    expect(after.entries[0]).toMatchObject({ outcome: 'agreed', proposedBy });
  });

  test.each([
    ['own_proposal', { actor: TANAKA }],
    ['own_proposal', { actor: { kind: 'program', id: 'cart', name: 'cart' } as const }],
    ['too_new_to_agree', { memberSince: NOW - 6 * DAY_MS }],
    ['too_new_to_agree', { memberSince: null }],
  ])('is refused: %s', (reason, changes) => {
    const page = waiting();
    expect(reasonOf(page, agreeing(page, changes))).toBe(reason);
  });

  test('does not come to be known while the command waits', () => {
    const rule = { ...LIMITS, memberDays: 0 };
    const settings = { linkEnabled: true, inquiry: true, limits: rule };
    const page = waiting({ settings });
    expect(reasonOf(page, agreeing(page, { memberSince: NOW + 1 }))).toBe('too_new_to_agree');
    expect(reasonOf(page, agreeing(page, { memberSince: NOW }))).toBe('accepted');
  });

  test('cannot agree when the time is over, or to another command', () => {
    const late = waiting({ now: NOW + 3 * DAY_MS });
    expect(reasonOf(late, agreeing(late))).toBe('proposal_expired');
    const page = waiting();
    const other = wanted({ kind: 'agree_to_proposal', proposal: 9 }, { actor: SATO });
    expect(reasonOf(page, other)).toBe('no_proposal');
    expect(reasonOf(captured(), agreeing(captured()))).toBe('no_proposal');
  });

  test('cannot agree once the order has changed, except by the card company’s batch', () => {
    const page = waiting();
    const { order } = page;
    if (order.transaction === null) throw new Error('no transaction');
    const changed = applyEvent(order, {
      kind: 'amounts_edited',
      amounts: { ...order.amounts, shipping: yen(600) },
    });
    expect(reasonOf({ ...page, order: changed }, agreeing(page))).toBe('proposal_overtaken');
    const sent = { ...order.transaction, state: 'captured_transmitted' } as const;
    const transmitted = applyEvent(order, {
      kind: 'transaction_corrected',
      evidence: 'inquiry',
      transaction: sent,
    });
    expect(reasonOf({ ...page, order: transmitted }, agreeing(page))).toBe('accepted');
    const gone = { ...order.transaction, state: 'refunded_untransmitted' } as const;
    const refunded = applyEvent(transmitted, {
      kind: 'transaction_corrected',
      evidence: 'inquiry',
      transaction: gone,
    });
    expect(reasonOf({ ...page, order: refunded }, agreeing(page))).toBe('proposal_overtaken');
  });

  test.each([
    ['declined', SATO, '相違あり', 'accepted'],
    ['declined', SATO, '', 'word_wanted'],
    ['withdrawn', TANAKA, '', 'accepted'],
  ] as const)('or the proposer ends it: %s', (outcome, actor, word, result) => {
    const page = waiting();
    const proposal = page.order.proposal?.version ?? 0;
    const ending = wanted({ kind: 'end_proposal', proposal, by: actor.id, word }, { actor });
    expect(reasonOf(page, ending)).toBe(result);
    if (result !== 'accepted') return;
    const { page: after, next } = play(page, ending);
    expect(next.kind).toBe('rest');
    expect(after.order.proposal).toBe(null);
    expect(after.entries).toMatchObject([{ kind: 'proposal_ended', outcome, word }]);
  });

  test('has until the time is over; then the proposal ends by itself', () => {
    expect(expire(waiting()).page.entries).toEqual([]);
    const { page } = expire(waiting({ now: NOW + 3 * DAY_MS }));
    expect(page.entries).toMatchObject([{ kind: 'proposal_ended', outcome: 'expired' }]);
    expect(page.order.proposal).toBe(null);
  });
});

test('D19: 要対応 has what waits for a second person, and what was overtaken', () => {
  const { order, books } = waiting();
  const facts = {
    order,
    books,
    sighted: [],
    lookedAt: null,
    open: null,
    captureDeadlineDays: 60,
    payer: payerOf([]),
  };
  const found = (given: typeof order, now: number) =>
    compare({ ...facts, order: given }, now, 0).map(({ story, amount }) => [story, amount]);
  expect(found(order, NOW)).toEqual([['second_person_awaited', BILLED]]);
  const changed = applyEvent(order, { kind: 'paid_on_corrected', before: '', paidOn: '' });
  expect(found(changed, NOW)).toEqual([['second_person_overtaken', BILLED]]);
  expect(found(order, NOW + 3 * DAY_MS)).toEqual([]);
});
