import { replay } from '@renkei/core/domain/order/events.ts';
import { perform, request, type World } from '@renkei/core/perform.ts';
import type { Gateway } from '@renkei/core/ports/gateway.ts';
import { NO_MARKS } from '@renkei/core/ports/marks.ts';
import { OrderNotFound } from '@renkei/core/ports/store.ts';
import type { Answer, Ask } from '@renkei/core/turns/asks.ts';
import { write } from '@renkei/core/turns/page.ts';
import { UnsoundTurn } from '@renkei/core/turns/sound.ts';
import { TIMING } from '@renkei/core/turns/timing.ts';
import { beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/kit/databases.ts';
import { incoming, MARK_PAID, openShop, place, SHOP, wanted } from '../../../test/kit/orders.ts';
import { listMovements } from '../../src/store/orders/movements.ts';
import { loadJournal, loadOperation, loadOrder } from '../../src/store/orders/order-view.ts';
import { createPgStore } from '../../src/store/orders/pg-store.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await openShop(database.db);
});

/** A world whose gateway gives the answers of a list, in order, and keeps the asks. */
function worldOf(answers: readonly Answer[]): World & { readonly asked: Ask[] } {
  const asked: Ask[] = [];
  const gateway: Gateway = {
    ask(ask) {
      const answer = answers[asked.length];
      asked.push(ask);
      return Promise.resolve(answer ?? { kind: 'unknown', cause: 'no more answers' });
    },
    inquire: () => Promise.resolve({ kind: 'unsupported' }),
  };
  const store = createPgStore(database.db);
  return {
    store,
    gateway,
    timing: TIMING,
    stopwatch: () => performance.now(),
    marks: NO_MARKS,
    asked,
  };
}

const DONE: Answer = { kind: 'done', seqno: null, authCode: null };

test('C1: an order of the authorized amount is captured, and the journal replays to it', async () => {
  const orderNumber = await place(database.db, incoming());
  const ref = { shopId: SHOP, orderNumber };
  const world = worldOf([DONE]);
  const begun = await request(world, ref, wanted(MARK_PAID));
  await perform(world, ref, begun);

  expect(world.asked).toMatchObject([{ verb: 'capture', seqno: orderNumber.padStart(20, '0') }]);
  const stored = await loadOrder(database.db, ref);
  expect(stored?.order).toMatchObject({
    paidOn: '2026-11-14',
    transaction: { state: 'captured_untransmitted', amount: 9_115 },
  });
  const journal = await loadJournal(database.db, ref);
  expect(journal.map(({ event }) => event.kind)).toEqual([
    'order_placed',
    'operation_accepted',
    'transaction_moved',
    'operation_ended',
    'order_marked_paid',
  ]);
  expect(replay(journal.map(({ event }) => event))).toEqual(stored?.order);
  const mails = await database.db.query('select kind, state from mails where order_number = $1', [
    orderNumber,
  ]);
  expect(mails.rows).toEqual([{ kind: 'payment_confirmation', state: 'queued' }]);
});

test('C2: another amount is changed first, and the new 取引番号 is written before the capture', async () => {
  const order = incoming({
    transaction: {
      kind: 'authorized',
      seqno: '00000000000000009850',
      authCode: 'old',
      amount: 9_850,
    },
  });
  const ref = { shopId: SHOP, orderNumber: await place(database.db, order) };
  const changed: Answer = { kind: 'done', seqno: '00000000000000009999', authCode: 'new' };
  const world = worldOf([changed, DONE]);
  await perform(world, ref, await request(world, ref, wanted(MARK_PAID)));
  expect(world.asked).toMatchObject([
    { verb: 'change_amount', seqno: '00000000000000009850', amount: 9_115 },
    { verb: 'capture', seqno: '00000000000000009999' },
  ]);
  const stored = await loadOrder(database.db, ref);
  expect(stored?.operation?.steps.map(({ state }) => state)).toEqual(['done', 'done']);
  expect(stored?.order.transaction).toMatchObject({ amount: 9_115, authCode: 'new' });
});

test('M1: a call is written down before it leaves, and its answer before anything follows', async () => {
  const order = incoming({
    transaction: {
      kind: 'authorized',
      seqno: '00000000000000009851',
      authCode: 'old',
      amount: 9_850,
    },
  });
  const ref = { shopId: SHOP, orderNumber: await place(database.db, order) };
  const world = worldOf([{ kind: 'done', seqno: '00000000000000009998', authCode: 'new' }, DONE]);
  const written: string[] = [];
  const gateway: Gateway = {
    ...world.gateway,
    async ask(ask) {
      const stored = await loadOrder(database.db, ref);
      const steps = stored?.operation?.steps.map(({ verb, state }) => `${verb} ${state}`);
      written.push(`${steps?.join(', ')}; ${stored?.order.transaction?.authCode}`);
      return world.gateway.ask(ask);
    },
  };
  const watched = { ...world, gateway };
  await perform(watched, ref, await request(watched, ref, wanted(MARK_PAID)));
  expect(written).toEqual(['change_amount sent; old', 'change_amount done, capture sent; new']);
});

test('M2, M3: an unknown outcome keeps the order locked, and is no failure', async () => {
  const ref = { shopId: SHOP, orderNumber: await place(database.db, incoming()) };
  const world = worldOf([{ kind: 'unknown', cause: 'time-out' }]);
  const until = await perform(world, ref, await request(world, ref, wanted(MARK_PAID)));
  expect(until).toBeGreaterThan(Date.now());
  const second = await request(world, ref, wanted(MARK_PAID));
  expect(second.acceptance).toMatchObject({ kind: 'refused', reason: 'operation_open' });
  const stored = await loadOrder(database.db, ref);
  expect(stored?.operation?.operation).toMatchObject({
    state: 'unknown',
    reason: 'outcome_unknown',
  });
});

test('INV-10: the same key finds the same operation; another body with it is refused', async () => {
  const ref = { shopId: SHOP, orderNumber: await place(database.db, incoming()) };
  const world = worldOf([DONE]);
  const first = wanted(MARK_PAID);
  await perform(world, ref, await request(world, ref, first));
  const again = await request(world, ref, { ...first, operationId: crypto.randomUUID() });
  expect(again.acceptance).toMatchObject({
    kind: 'repeated',
    operation: { id: first.operationId, state: 'succeeded' },
  });
  const other = await request(world, ref, { ...first, inputHash: 'other' });
  expect(other.acceptance).toEqual({ kind: 'key_reused' });
  expect(world.asked).toHaveLength(1);
  expect((await loadOperation(database.db, SHOP, first.operationId))?.steps).toHaveLength(1);
});

test('M3: of sixteen presses at once exactly one is accepted and asks once', async () => {
  const ref = { shopId: SHOP, orderNumber: await place(database.db, incoming()) };
  const world = worldOf([DONE]);
  const presses = Array.from({ length: 16 }, async () => {
    const begun = await request(world, ref, wanted(MARK_PAID));
    if (begun.acceptance.kind === 'accepted') await perform(world, ref, begun);
    return begun.acceptance.kind;
  });
  const kinds = (await Promise.all(presses)).sort();
  expect(kinds.filter((kind) => kind === 'accepted')).toHaveLength(1);
  expect(world.asked).toHaveLength(1);
});

test('V6: movements of many orders at once are numbered without a gap, in the order of commits', async () => {
  const world = worldOf([]);
  const back = { cancelTransaction: false, returnStock: true, returnPoints: true };
  const numbers = await Promise.all(
    Array.from({ length: 24 }, () => place(database.db, incoming({ transaction: undefined }))),
  );
  const presses = numbers.map((orderNumber) =>
    request(
      world,
      { shopId: SHOP, orderNumber },
      wanted({ kind: 'change_status', to: 'cancelled', ...back }),
    ),
  );
  const seen: number[] = [];
  const readOn = async () => {
    const found = await listMovements(database.db, SHOP, seen.at(-1) ?? 0, 1_000);
    seen.push(...found.map(({ number }) => number));
  };
  let underway = presses.length;
  for (const press of presses) void press.finally(() => (underway -= 1));
  while (underway > 0) await readOn();
  await Promise.all(presses);
  await readOn();
  expect(seen).toEqual(Array.from({ length: 48 }, (_, index) => index + 1));
});

test('an unknown order gets a reason of its own', async () => {
  const world = worldOf([]);
  const ref = { shopId: SHOP, orderNumber: '199999999999' };
  await expect(request(world, ref, wanted(MARK_PAID))).rejects.toThrow(OrderNotFound);
});

test('ASVS 2.3.3: an unsound turn is not written, not even in part', async () => {
  const { db } = database;
  const ref = { shopId: SHOP, orderNumber: await place(db, incoming()) };
  const paid = { kind: 'order_marked_paid', gateway: 'captured', paidOn: '2026-11-14' } as const;
  const before = await loadOrder(db, ref);
  const turn = createPgStore(db).turn(ref, (page) => ({
    page: write(page, { ...paid, mail: 'auto' }),
  }));
  await expect(turn).rejects.toThrow(UnsoundTurn);
  await expect(turn).rejects.toThrow('INV-3: paid by the link means captured');
  expect(await loadOrder(db, ref)).toEqual(before);
  expect(await loadJournal(db, ref)).toHaveLength(1);
  const mails = await db.query('select 1 from mails where order_number = $1', [ref.orderNumber]);
  expect(mails.rowCount).toBe(0);
});
