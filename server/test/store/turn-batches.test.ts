import type { OrderRef } from '@renkei/core/domain/order/order.ts';
import { type BatchStore, OrderNotFound } from '@renkei/core/ports/store.ts';
import { TurnBatches } from '@renkei/core/turn-batches.ts';
import { accept } from '@renkei/core/turns/accept.ts';
import type { Operation, Page } from '@renkei/core/turns/operation.ts';
import { write } from '@renkei/core/turns/page.ts';
import { UnsoundTurn } from '@renkei/core/turns/sound.ts';
import { TIMING } from '@renkei/core/turns/timing.ts';
import { beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/kit/databases.ts';
import { incoming, MARK_PAID, openShop, place, SHOP, wanted } from '../../../test/kit/orders.ts';
import { connect } from '../../../test/kit/postgres.ts';
import { createPgStore } from '../../src/store/orders/pg-store.ts';
import { gatheringOn, NEVER } from './gathering.ts';

/** Turns in batches on PostgreSQL: no turn suffers from another. */
let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await openShop(database.db);
  await openShop(database.db, 'minato');
});

/** Batches that gather until `go`, and what they asked of the database. */
const gathering = (store: BatchStore = createPgStore(database.db), withinShop = false) =>
  gatheringOn(store, withinShop);

async function placed(count: number, shopId = SHOP): Promise<OrderRef[]> {
  const orders = Array.from({ length: count }, () => place(database.db, incoming(), shopId));
  return (await Promise.all(orders)).map((orderNumber) => ({ shopId, orderNumber }));
}

const mail = (page: Page) => ({ page: write(page, { kind: 'payment_mail_sent', at: page.now }) });
const press = (key: string) => (page: Page, earlier: Operation | null) =>
  accept(page, earlier, { ...wanted(MARK_PAID), key }, TIMING);

async function turnsOf(refs: readonly OrderRef[]): Promise<number[]> {
  const { rows } = await database.db.query<{ turn: number }>(
    'select turn from orders where order_number = any ($1) order by order_number',
    [refs.map(({ orderNumber }) => orderNumber)],
  );
  return rows.map(({ turn }) => turn);
}

test('turns of different orders share a reading and a commit; two of one order do not', async () => {
  const [a, b, c] = (await placed(3)) as [OrderRef, OrderRef, OrderRef];
  const { batches, calls, go } = gathering();
  const turns = [a, b, a, c].map((ref) => batches.turn(ref, mail));
  await go();
  await Promise.all(turns);
  expect(calls).toEqual({ read: [a, b, c], written: expect.anything(), alone: [a] });
  expect(calls.written.map(({ orderNumber }) => orderNumber)).toEqual(
    [a, b, c].map(({ orderNumber }) => orderNumber),
  );
  expect(await turnsOf([a, b, c])).toEqual([2, 1, 1]);
});

test('within a shop, a batch has orders of no other shop', async () => {
  const [here, there] = [await placed(2), await placed(2, 'minato')];
  const { batches, calls } = gathering(createPgStore(database.db), true);
  await Promise.all([...here, ...there].map((ref) => batches.turn(ref, mail)));
  // The first of each shop finds nobody under way; the second waits for it.
  expect(calls.alone).toHaveLength(4);
  expect(await turnsOf([...here, ...there])).toEqual([1, 1, 1, 1]);
});

test('a turn that cannot be made is rejected by its own error, and the others stand', async () => {
  const [a, b, c] = (await placed(3)) as [OrderRef, OrderRef, OrderRef];
  const { batches, go } = gathering();
  const unsound = (page: Page) => ({ page: { ...page, order: { ...page.order, version: 9 } } });
  const turns = Promise.allSettled([
    batches.turn(a, mail),
    batches.turn({ shopId: SHOP, orderNumber: '999999999999' }, mail),
    batches.turn(b, unsound),
    batches.turn(c, () => {
      throw new RangeError('not decided');
    }),
  ]);
  await go();
  expect(await turns).toMatchObject([
    { status: 'fulfilled' },
    { status: 'rejected', reason: expect.any(OrderNotFound) },
    { status: 'rejected', reason: expect.any(UnsoundTurn) },
    { status: 'rejected', reason: new RangeError('not decided') },
  ]);
  expect(await turnsOf([a, b, c])).toEqual([1, 0, 0]);
});

test('a turn that only looks writes nothing', async () => {
  const [a, b] = (await placed(2)) as [OrderRef, OrderRef];
  const { batches, go } = gathering();
  const turns = Promise.all([batches.turn(a, (page) => ({ page })), batches.turn(b, mail)]);
  await go();
  expect((await turns).map(({ page }) => page.order.version)).toEqual([1, 2]);
  expect(await turnsOf([a, b])).toEqual([0, 1]);
});

test('whoever loses the race is decided anew, and the others stand', async () => {
  const [a, b] = (await placed(2)) as [OrderRef, OrderRef];
  const store = createPgStore(database.db);
  const { batches, calls, go } = gathering({
    ...store,
    async writePages(decided) {
      await store.turn(a, mail); // another server comes first
      return store.writePages(decided);
    },
  });
  const turns = Promise.all([batches.turn(a, mail), batches.turn(b, mail)]);
  await go();
  expect((await turns).map(({ page }) => page.order.version)).toEqual([3, 2]);
  expect(calls.alone).toEqual([a]);
  expect(await turnsOf([a, b])).toEqual([2, 1]);
});

test('what the database refuses for the sake of one is made one by one', async () => {
  const [a, b, c] = (await placed(3)) as [OrderRef, OrderRef, OrderRef];
  const { batches, calls, go } = gathering();
  const keyed = (ref: OrderRef, key: string) =>
    batches.turn(ref, press(key), { key, actorId: 'tanaka' });
  const turns = Promise.all([keyed(a, 'one key'), keyed(b, 'one key'), keyed(c, 'its own')]);
  await go();
  const accepted = (await turns).map(({ acceptance }) => acceptance.kind);
  expect(accepted.filter((kind) => kind === 'accepted')).toHaveLength(2);
  expect(accepted[2]).toBe('accepted');
  expect(calls.alone).toHaveLength(3);
});

test('a connection that is lost rejects its turns; each stands whole or not at all', async () => {
  const refs = await placed(4);
  const db = connect(`${database.url}?application_name=cut_off`);
  const store = createPgStore(db);
  const { batches, go } = gathering({
    ...store,
    async writePages(decided) {
      const written = store.writePages(decided);
      const kill = `select pg_terminate_backend(pid) from pg_stat_activity
        where application_name = 'cut_off'`;
      await database.db.query(kill);
      return written;
    },
  });
  const turns = Promise.allSettled(refs.map((ref) => batches.turn(ref, mail)));
  await go();
  const told = new Set((await turns).map(({ status }) => status));
  const stand = new Set(await turnsOf(refs));
  expect([told.size, stand.size]).toEqual([1, 1]);
  if (told.has('fulfilled')) expect(stand).toEqual(new Set([1]));
});

test('an order that somebody holds stops nobody else', async () => {
  const [held, ...others] = (await placed(6)) as [OrderRef, ...OrderRef[]];
  const patience = () => new Promise<void>((resolve) => setTimeout(resolve, 50));
  const store = createPgStore(database.db);
  const batches = new TurnBatches(store, { size: 2, withinShop: false, patience });
  const client = await database.db.connect();
  await client.query('begin');
  await client.query('select from orders where order_number = $1 for update', [held.orderNumber]);
  const waiting = batches.turn(held, mail);
  await Promise.all(others.map((ref) => batches.turn(ref, mail)));
  await client.query('rollback');
  client.release();
  await waiting;
  expect(await turnsOf([held, ...others])).toEqual([1, 1, 1, 1, 1, 1]);
});

test('two servers with the same orders in other batches never wait for each other in a circle', async () => {
  const refs = await placed(12);
  const deadlocks = async () => {
    const { rows } = await database.db.query<{ deadlocks: number }>(
      'select deadlocks from pg_stat_database where datname = current_database()',
    );
    return rows[0]?.deadlocks;
  };
  const servers = [0, 1].map(() => {
    const store = createPgStore(connect(database.url));
    return new TurnBatches(store, { size: 32, withinShop: false, patience: NEVER });
  });
  const before = await deadlocks();
  for (let round = 0; round < 15; round += 1) {
    const turns = servers.flatMap((server, at) =>
      (at === 0 ? refs : refs.toReversed()).map((ref) => server.turn(ref, mail)),
    );
    await Promise.all(turns);
  }
  expect(await turnsOf(refs)).toEqual(refs.map(() => 30));
  expect(await deadlocks()).toBe(before);
});

test('of many presses of many orders at once, each order accepts one', async () => {
  const refs = await placed(60);
  const store = createPgStore(database.db);
  const batches = new TurnBatches(store, { size: 32, withinShop: false, patience: NEVER });
  const presses = refs.flatMap((ref) =>
    ['first', 'second'].map((who) => {
      const key = `${ref.orderNumber} ${who}`;
      return batches.turn(ref, press(key), { key, actorId: who });
    }),
  );
  const accepted = (await Promise.all(presses)).filter(
    ({ acceptance }) => acceptance.kind === 'accepted',
  );
  expect(new Set(accepted.map(({ page }) => page.order.orderNumber)).size).toBe(60);
  expect(accepted).toHaveLength(60);
});
