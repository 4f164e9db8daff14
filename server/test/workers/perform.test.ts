import type { Verb } from '@renkei/core/domain/transaction/link.ts';
import {
  answerBySighting,
  answerReview,
  perform,
  request,
  resume,
  takeBack,
  type World,
} from '@renkei/core/perform.ts';
import type { Asked } from '@renkei/core/ports/marks.ts';
import type { Answer, Ask, Inquiry, InquiryResult } from '@renkei/core/turns/asks.ts';
import type { Page, Step } from '@renkei/core/turns/operation.ts';
import { TIMING } from '@renkei/core/turns/timing.ts';
import { expect, test } from 'vitest';
import { asked, BILLED, FRESH, NOW, SEQNO, seen } from '../../../core/test/turns/pages.ts';
import { MemoryStore } from '../../../test/sim/memory-store.ts';

const REF = { shopId: 'hanamichi', orderNumber: '100000000011' } as const;
const DONE: Answer = { kind: 'done', seqno: null, authCode: null };

/** A world in memory: a clock that a test can move, and a gateway with planned answers. */
function worldOf(page: Page, answers: readonly Answer[], sightings: readonly InquiryResult[] = []) {
  // The machine has been up for a while: only the time that went by counts.
  const state = { now: page.now, watch: 5_000_000, sleepMs: 0 };
  const asks: Ask[] = [];
  const inquiries: Inquiry[] = [];
  const noted: Asked[] = [];
  const store = new MemoryStore({
    now: () => state.now,
    onCommit: () => {
      state.watch += state.sleepMs;
    },
  });
  store.saveShop(REF.shopId, page.settings);
  store.place(page.order);
  if (page.operation) store.operations.set(`${REF.shopId}/${page.operation.id}`, page.operation);
  if (page.step) store.steps.set(`${REF.shopId}/${page.step.operationId}`, [page.step]);
  const world: World = {
    store,
    marks: { note: (asked) => void noted.push(asked) },
    timing: TIMING,
    stopwatch: () => state.watch,
    gateway: {
      ask: (ask) => Promise.resolve(answers[asks.push(ask) - 1] ?? { kind: 'unknown', cause: 'x' }),
      inquire: (inquiry) =>
        Promise.resolve(sightings[inquiries.push(inquiry) - 1] ?? { kind: 'unsupported' }),
    },
  };
  return { world, store, state, asks, inquiries, noted };
}

/** Returns a page whose open step has not left yet: taken up, it asks the same again. */
function unsent(verb: Verb, changes: Parameters<typeof asked>[1] = {}): Page {
  return asked(verb, { ...changes, step: { state: 'unsent' } });
}

test.each([
  ['capture', SEQNO, null],
  ['void', SEQNO, null],
  ['refund', SEQNO, null],
  ['change_amount', SEQNO, null],
  ['authorize', null, { customerId: 'C-1' }],
] as const)('%s: the ask is the written step', async (verb, seqno, card) => {
  const { world, asks } = worldOf(unsent(verb), []);
  await perform(world, REF, await resume(world, REF));
  const authCode = verb === 'authorize' ? null : 'old';
  expect(asks).toEqual([
    { shopId: 'hanamichi', verb, seqno, authCode, slipId: '100000000011', amount: BILLED, card },
  ]);
});

test('B2: a token names the card before the registered one; without both the ask has no card', async () => {
  const token = worldOf(unsent('authorize', { operation: { cardToken: 'token-1' } }), []);
  await perform(token.world, REF, await resume(token.world, REF));
  expect(token.asks[0]?.card).toEqual({ token: 'token-1' });
  const none = worldOf(unsent('authorize', { transaction: { customerId: null } }), []);
  await perform(none.world, REF, await resume(none.world, REF));
  expect(none.asks[0]?.card).toBeNull();
});

test('M1: a step is still sent at the end of the send window, and never after it', async () => {
  for (const [sleepMs, calls] of [
    [TIMING.sendWindowMs, 1],
    [TIMING.sendWindowMs + 1, 0],
  ] as const) {
    const { world, store, state, asks } = worldOf(unsent('capture'), []);
    state.sleepMs = sleepMs;
    await perform(world, REF, await resume(world, REF));
    expect(asks).toHaveLength(calls);
    const steps: readonly Step[] = [...store.steps.values()][0] ?? [];
    const text = 'paused for too long before sending';
    expect(steps.at(-1)).toMatchObject(calls ? { state: 'unknown' } : { state: 'unsent', text });
  }
});

test('F33: an ask stands outside of the database before it leaves, or it does not leave', async () => {
  const good = worldOf(unsent('capture'), [DONE]);
  await perform(good.world, REF, await resume(good.world, REF));
  const [operation] = good.store.operations.values();
  const { id } = operation ?? { id: '' };
  expect(good.noted).toEqual([{ shopId: 'hanamichi', what: 'step', id, n: 2 }]);
  expect(good.asks).toHaveLength(1);
  const full = worldOf(unsent('capture'), [DONE]);
  const marks = {
    note() {
      throw new Error('ENOSPC');
    },
  };
  await perform({ ...full.world, marks }, REF, await resume(full.world, REF));
  expect(full.asks).toEqual([]);
  expect([...full.store.steps.values()][0]?.at(-1)).toMatchObject({
    state: 'unsent',
    text: expect.stringContaining('ENOSPC'),
  });
});

test('C2: an operation goes on until nothing is left to do, and reports every turn', async () => {
  const changed: Answer = { kind: 'done', seqno: FRESH, authCode: 'new' };
  const { world, store, asks } = worldOf(unsent('change_amount'), [changed, DONE]);
  const turns: string[] = [];
  const until = await perform(world, REF, await resume(world, REF), ({ next }) => {
    turns.push(next.kind);
  });
  expect(until).toBeNull();
  expect(turns).toEqual(['ask', 'ask', 'rest']);
  expect(asks.map(({ verb, seqno, authCode }) => [verb, seqno, authCode])).toEqual([
    ['change_amount', SEQNO, 'old'],
    ['capture', FRESH, 'new'],
  ]);
  expect([...store.operations.values()]).toMatchObject([{ state: 'succeeded' }]);
});

test('M4: a doubt is looked at, by slip, and rests until there is work', async () => {
  const page = asked('capture', { afterMs: 90_000, operation: { dueAt: NOW } });
  const failed: InquiryResult = { kind: 'failed', cause: 'HTTP 503' };
  const { world, state, inquiries, asks } = worldOf(page, [], [failed]);
  expect(await perform(world, REF, await resume(world, REF))).toBe(state.now + 2 * TIMING.lookMs);
  expect(inquiries).toEqual([{ shopId: 'hanamichi', slipId: '100000000011' }]);
  expect(asks).toEqual([]);
});

test('a person’s answer continues a parked operation', async () => {
  const page = asked('capture', { operation: { state: 'review' }, step: { state: 'unknown' } });
  const { world, store } = worldOf(page, []);
  const begun = await answerReview(world, REF, seen('captured_untransmitted'));
  expect(await perform(world, REF, begun)).toBeNull();
  expect([...store.operations.values()]).toMatchObject([{ state: 'succeeded' }]);
});

test('a sighting at F-REGI continues a parked operation', async () => {
  const page = asked('capture', { operation: { state: 'review' }, step: { state: 'unknown' } });
  const { world, store } = worldOf(page, []);
  const seenAt = NOW + TIMING.quarantineMs;
  const own = { ...seen('captured_untransmitted'), slipId: REF.orderNumber, authorizedAt: null };
  const sighted = [{ ...own, seenAt, source: 'console_csv' as const }];
  const begun = await answerBySighting(world, REF, { sighted, lookedAt: null });
  expect(await perform(world, REF, begun)).toBeNull();
  expect([...store.operations.values()]).toMatchObject([{ state: 'succeeded' }]);
});

test('an operation that waits for the gateway is taken back, and nothing is asked', async () => {
  const page = unsent('capture', { operation: { reason: 'gateway_down' } });
  const { world, store, asks } = worldOf(page, [DONE]);
  expect((await takeBack(world, REF)).next).toEqual({ kind: 'rest', until: null });
  expect(await perform(world, REF, await resume(world, REF))).toBeNull();
  expect(asks).toEqual([]);
  expect([...store.operations.values()]).toMatchObject([{ reason: 'withdrawn' }]);
});

test('INV-10: a request finds its earlier operation by its key', async () => {
  const { world, asks } = worldOf({ ...asked('capture'), operation: null, step: null }, [DONE]);
  const wanted = {
    operationId: '22222222-2222-4222-8222-222222222222',
    key: 'key-2',
    inputHash: 'hash',
    actor: { kind: 'user', id: 'tanaka', name: '田中' },
    command: { kind: 'change_status', to: 'cancelled', cancelTransaction: true },
    expectedVersion: null,
  } as const;
  const first = await request(world, REF, wanted);
  expect(first.acceptance.kind).toBe('accepted');
  await perform(world, REF, first);
  const again = await request(world, REF, { ...wanted, operationId: 'another' });
  expect(again.acceptance).toMatchObject({ kind: 'repeated', operation: { state: 'succeeded' } });
  expect(await perform(world, REF, again)).toBeNull();
  expect(asks.map(({ verb }) => verb)).toEqual(['void']);
});
