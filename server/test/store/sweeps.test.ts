import { randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/kit/databases.ts';
import { incoming, openShop, place, SHOP } from '../../../test/kit/orders.ts';
import { beginSweep, nextToLook } from '../../src/store/attention/sweeps.ts';

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
