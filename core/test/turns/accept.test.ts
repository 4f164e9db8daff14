import { expect, test } from 'vitest';
import type { Command } from '../../src/domain/commands/decide.ts';
import { accept, type Request } from '../../src/turns/accept.ts';
import type { Page } from '../../src/turns/operation.ts';
import { write } from '../../src/turns/page.ts';
import { TIMING } from '../../src/turns/timing.ts';
import { asked, BILLED, NOW, SEQNO } from './pages.ts';

const PAY: Command = {
  kind: 'mark_paid',
  paidOn: '2026-11-20',
  mail: 'auto',
  withoutGateway: false,
  from: 'detail',
};
const AUTHORIZE: Command = { kind: 'authorize', cardToken: 'token-1' };

function wanted(command: Command, changes: Partial<Request> = {}): Request {
  return {
    operationId: '22222222-2222-4222-8222-222222222222',
    key: 'key-2',
    inputHash: 'hash-2',
    command,
    expectedVersion: null,
    actor: { kind: 'user', id: 'tanaka', name: '田中' },
    ...changes,
  };
}

/** An order on which nothing is open. */
function quiet(page: Page = asked('capture')): Page {
  return { ...page, operation: null, step: null };
}

const NOTHING = { kind: 'rest', until: null };

test('INV-10: the same key with the same input gets its first answer', () => {
  const page = quiet();
  const earlier = asked('capture', { operation: { inputHash: 'hash-2' } }).operation;
  const same = accept(page, earlier, wanted(PAY), TIMING);
  expect(same).toEqual({
    page,
    next: NOTHING,
    acceptance: { kind: 'repeated', operation: earlier },
  });
  const other = accept(page, earlier, wanted(PAY, { inputHash: 'other' }), TIMING);
  expect(other).toEqual({ page, next: NOTHING, acceptance: { kind: 'key_reused' } });
});

test.each(['asking', 'unknown', 'review'] as const)(
  'M3: no other command is accepted while an operation is %s',
  (state) => {
    const page = asked('capture', { operation: { state } });
    const refused = { kind: 'refused', reason: 'operation_open', because: null };
    expect(accept(page, null, wanted(PAY), TIMING)).toEqual({
      page,
      next: NOTHING,
      acceptance: refused,
    });
  },
);

test.each([
  ['as it is', 3, 'accepted'],
  ['before a mail went out', 2, 'accepted'],
  ['before it changed', 1, 'order_changed'],
  ['as it is yet to become', 4, 'order_changed'],
] as const)(
  'M6: a press on an order seen %s, in version %i, gets the answer %s',
  (_when, expectedVersion, outcome) => {
    const changed = quiet();
    const page = write(changed, { kind: 'mail_sent', mail: 'order_confirmation', at: changed.now });
    const { acceptance, ...turn } = accept(page, null, wanted(PAY, { expectedVersion }), TIMING);
    expect('reason' in acceptance ? acceptance.reason : acceptance.kind).toBe(outcome);
    if (outcome !== 'accepted') expect(turn).toEqual({ page, next: NOTHING });
  },
);

test('a refused command leaves nothing behind, and says why', () => {
  const page = quiet(asked('capture', { transaction: { state: 'voided' } }));
  const { acceptance, ...turn } = accept(page, null, wanted(PAY), TIMING);
  expect(turn).toEqual({ page, next: NOTHING });
  expect(acceptance).toMatchObject({
    kind: 'refused',
    reason: 'gateway_not_linkable',
    because: 'already_voided',
  });
});

test.each([
  ['below the limit', BILLED + 1, false, 'accepted'],
  ['at the limit', BILLED, false, 'confirmation_required'],
  ['at the limit, and typed', BILLED, true, 'accepted'],
] as const)(
  'S2: a command %s (limit %i, typed: %s) gets the answer %s',
  (_name, limit, confirmed, outcome) => {
    const page = quiet();
    const settings = { ...page.settings, confirm: { orders: 1, yen: limit } };
    const { acceptance, ...turn } = accept(
      { ...page, settings },
      ...([null, wanted(PAY, { confirmed }), TIMING] as const),
    );
    const refused = acceptance.kind === 'refused';
    expect(refused ? acceptance.reason : acceptance.kind).toBe(outcome);
    if (refused) expect(turn).toEqual({ page: { ...page, settings }, next: NOTHING });
  },
);

test('S2: a command that tells F-REGI nothing needs no digits', () => {
  const settings = { ...quiet().settings, confirm: { orders: 1, yen: 1 } };
  const hold = { kind: 'change_status', to: 'on_hold', cancelTransaction: false } as const;
  const { acceptance } = accept({ ...quiet(), settings }, null, wanted(hold), TIMING);
  expect(acceptance.kind).toBe('accepted');
});

test('S2: without digits a command counts as unconfirmed', () => {
  const settings = { ...quiet().settings, confirm: { orders: 1, yen: BILLED } };
  const { acceptance } = accept({ ...quiet(), settings }, null, wanted(PAY), TIMING);
  expect(acceptance).toMatchObject({ kind: 'refused', reason: 'confirmation_required' });
});

test('in safe mode no command that could ask F-REGI is accepted; the rest are', () => {
  const settings = { ...quiet().settings, hold: 'safe_mode' as const };
  const held = accept({ ...quiet(), settings }, null, wanted(PAY), TIMING);
  expect(held.acceptance).toMatchObject({ kind: 'refused', reason: 'safe_mode' });
  expect(held.page.entries).toEqual([]);
  const hold = { kind: 'change_status', to: 'on_hold', cancelTransaction: false } as const;
  const page = { ...quiet(asked('capture', { transaction: null })), settings };
  expect(accept(page, null, wanted(hold), TIMING).acceptance.kind).toBe('accepted');
});

test('today is Japan’s: paid on the 21st is the future until midnight there', () => {
  const tomorrow = wanted({ ...PAY, paidOn: '2026-11-21' } as Command);
  const before = { ...quiet(), now: Date.UTC(2026, 10, 20, 14, 59, 59) };
  expect(accept(before, null, tomorrow, TIMING).acceptance).toMatchObject({
    reason: 'paid_on_in_future',
  });
  const after = { ...quiet(), now: Date.UTC(2026, 10, 20, 15, 0, 0) };
  expect(accept(after, null, tomorrow, TIMING).acceptance.kind).toBe('accepted');
});

test('M1: the first call is written with its operation, before anything leaves', () => {
  const page = quiet();
  const { page: after, next, acceptance } = accept(page, null, wanted(PAY), TIMING);
  expect(after.operation).toEqual({
    shopId: 'hanamichi',
    orderNumber: '100000000011',
    id: wanted(PAY).operationId,
    key: 'key-2',
    inputHash: 'hash-2',
    actor: wanted(PAY).actor,
    goal: 'captured',
    amount: BILLED,
    stray: null,
    draw: null,
    cardToken: null,
    returnUrl: null,
    challengePage: null,
    state: 'asking',
    reason: null,
    unsentTries: 0,
    looks: 0,
    dueAt: NOW + TIMING.takeoverMs,
    createdAt: NOW,
    endedAt: null,
    afterwards: {
      kind: 'order_marked_paid',
      paidOn: '2026-11-20',
      gateway: 'captured',
      mail: 'auto',
    },
  });
  expect(after.step).toEqual({
    operationId: wanted(PAY).operationId,
    n: 1,
    verb: 'capture',
    seqno: SEQNO,
    amount: BILLED,
    repeat: false,
    state: 'sent',
    sentAt: NOW,
    answeredAt: null,
    code: null,
    text: null,
  });
  expect(after.entries).toEqual([
    {
      kind: 'operation_accepted',
      operationId: wanted(PAY).operationId,
      goal: 'captured',
      amount: BILLED,
    },
  ]);
  expect(next).toEqual({ kind: 'ask', step: after.step });
  expect(acceptance).toEqual({ kind: 'accepted', operation: after.operation });
});

test('B2: a card token is kept for the call', () => {
  const { page } = accept(quiet(asked('authorize')), null, wanted(AUTHORIZE), TIMING);
  expect(page.operation).toMatchObject({ goal: 'authorized', cardToken: 'token-1' });
  expect(page.step).toMatchObject({ verb: 'authorize', seqno: null, amount: BILLED });
});

test('a command for the shop alone is done at once, under an operation of its own', () => {
  const hold = { kind: 'change_status', to: 'on_hold', cancelTransaction: false } as const;
  const { page, next, acceptance } = accept(quiet(), null, wanted(hold), TIMING);
  expect(next).toEqual(NOTHING);
  expect(page.operation).toMatchObject({
    goal: null,
    afterwards: null,
    stray: null,
    cardToken: null,
    state: 'succeeded',
    reason: null,
    amount: BILLED,
    createdAt: NOW,
    endedAt: NOW,
    dueAt: NOW,
  });
  expect(page.step).toBeNull();
  expect(page.entries.map(({ kind }) => kind)).toEqual(['status_changed']);
  expect(page.order).toMatchObject({ status: 'on_hold', version: 3 });
  expect(acceptance).toEqual({ kind: 'accepted', operation: page.operation });
});
