import { randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/kit/databases.ts';
import { incoming, openShop, place, SHOP } from '../../../test/kit/orders.ts';
import {
  beginSweep,
  finishSweep,
  loadSweep,
  nextToLook,
} from '../../src/store/attention/sweeps.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await openShop(database.db);
});

test('a sweep looks only at orders whose last look is older than its begin', async () => {
  const { db } = database;
  const [known, answered] = [await place(db, incoming()), await place(db, incoming())];
  const { before } = await beginSweep(db, SHOP, randomUUID());
  expect(await nextToLook(db, SHOP, before, '', 10)).toEqual([known, answered]);
  await db.query(
    'update orders set transaction_as_of = clock_timestamp() where order_number = $1',
    [answered],
  );
  expect(await nextToLook(db, SHOP, before, '', 10)).toEqual([known]);
});

test('N13: an order that comes in during a sweep counts among those to look at', async () => {
  const { db } = database;
  await db.query('update sweeps set finished_at = now()');
  const { sweep, before } = await beginSweep(db, SHOP, randomUUID());
  await place(db, incoming());
  const wanted = await nextToLook(db, SHOP, before, '', 10);
  expect(wanted.length).toBeGreaterThan(0);
  const looked = sweep.orders + 1;
  await finishSweep(db, sweep, { looked, failed: 0, done: false });
  await finishSweep(db, sweep, { looked: 0, failed: 1, done: true });
  const ended = await loadSweep(db, SHOP, sweep.id);
  expect(ended).toMatchObject({ orders: looked + 1, looked, failed: 1 });
});
