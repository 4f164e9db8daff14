import { TIMING } from '@renkei/core/turns/timing.ts';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/kit/databases.ts';
import { incoming, openShop, place, SHOP } from '../../../test/kit/orders.ts';
import { beginSweep, finishSweep } from '../../src/store/attention/sweeps.ts';
import {
  createPgSafeModes,
  enterSafeMode,
  loadSafeMode,
  releaseSafeMode,
} from '../../src/store/audit/safe-mode.ts';
import { createPgStore } from '../../src/store/orders/pg-store.ts';
import { Restorer, sweepShops } from '../../src/workers/restorer.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await openShop(database.db);
});
beforeEach(async () => {
  await database.db.query('delete from sweeps');
  n += 1;
  await enterSafeMode(database.db, [lack(n)]);
  return async () => {
    await releaseSafeMode(database.db, 'the test');
  };
});

let n = 0;
const lack = (at: number) =>
  ({ kind: 'behind', shopId: SHOP, n: at, hash: `hash ${at}`, at: 0 }) as const;

const compared = async () => (await loadSafeMode(database.db))?.report?.shops ?? null;

/**
 * Creates a restorer whose sweeps end at once, with the failures in `failed`, one after the other.
 */
function restorerOf(failed: number[]) {
  const swept: string[] = [];
  const { db } = database;
  const lookout = {
    async beginSweep(shopId: string) {
      const { sweep, isNew } = await beginSweep(db, shopId, crypto.randomUUID());
      if (!isNew) return sweep;
      swept.push(sweep.id);
      await finishSweep(db, sweep, { looked: 1, failed: failed.shift() ?? 0, done: true });
      return sweep;
    },
  };
  const timing = { ...TIMING, quarantineMs: 0 };
  const restorer = new Restorer({
    safeModes: createPgSafeModes(db),
    world: { store: createPgStore(db), timing, stopwatch: () => performance.now() },
    compareAll: (isOver) => sweepShops(db, lookout, isOver),
    onError: (error) => {
      throw error;
    },
  });
  return { restorer, swept };
}

test('a shop counts as compared only after sweeps have looked at every order', async () => {
  const { restorer, swept } = restorerOf([3, 1, 0]);
  restorer.open(20);
  await expect.poll(compared, { timeout: 10_000 }).not.toBeNull();
  await restorer.close();
  expect(swept).toHaveLength(3);
  expect(await compared()).toEqual([{ shopId: SHOP, sweep: swept[2] }]);
});

test('an earlier sweep of a process that is gone is neither waited for nor enough', async () => {
  const early = await beginSweep(database.db, SHOP, crypto.randomUUID());
  const { restorer, swept } = restorerOf([]);
  restorer.open(20);
  await expect.poll(compared, { timeout: 10_000 }).not.toBeNull();
  await restorer.close();
  expect(early.isNew).toBe(true);
  expect(await compared()).toEqual([{ shopId: SHOP, sweep: swept[0] }]);
});

test('safe mode is not entered again for a released lack; it is for another', async () => {
  const { db } = database;
  expect(await releaseSafeMode(db, 'the test')).toBe(true);
  expect(await enterSafeMode(db, [lack(n)])).toBe(false);
  expect(await loadSafeMode(db)).toBeNull();
  expect(await enterSafeMode(db, [lack(n), lack(n + 1_000)])).toBe(true);
  expect(await loadSafeMode(db)).not.toBeNull();
});

test('a database that is restored once more is compared once more', async () => {
  const { db } = database;
  const safeModes = createPgSafeModes(db);
  const report = { parked: 0, shops: [] };
  const compared = async () => {
    const mode = await safeModes.load();
    await safeModes.saveComparison(mode?.id ?? 0, report);
    return mode?.id ?? 0;
  };
  const first = await compared();
  expect(await enterSafeMode(db, [{ ...lack(n), kind: 'different', at: 7 }])).toBe(true);
  expect(await safeModes.load()).toMatchObject({ id: first, report, cause: [lack(n)] });

  expect(await enterSafeMode(db, [lack(n), lack(n + 4_000)])).toBe(true);
  const causes = [lack(n), lack(n + 4_000)];
  expect(await safeModes.load()).toMatchObject({ comparedAt: null, report: null, cause: causes });
  await safeModes.saveComparison(first, report); // by a process that has slept
  expect(await safeModes.load()).toMatchObject({ comparedAt: null, report: null });

  const second = await compared();
  await enterSafeMode(db, []); // by the command that has restored it
  expect(await safeModes.load()).toMatchObject({ comparedAt: null, report: null, cause: causes });
  expect([first, second]).not.toContain((await safeModes.load())?.id);
});

test('a mail that waited at the backup may have been sent since, and is told as unknown', async () => {
  const { db } = database;
  await releaseSafeMode(db, 'the test');
  const orderNumber = await place(db, incoming());
  const queue = (occasion: string, createdAt: string) =>
    db.query(
      `insert into mails (shop_id, order_number, kind, occasion, created_at)
       values ($1, $2, 'payment_confirmation', $3, ${createdAt})`,
      [SHOP, orderNumber, occasion],
    );
  await queue('before', 'now()');
  await enterSafeMode(db, [lack(n + 2_000)]);
  await queue('since', `now() + interval '1 second'`);
  await enterSafeMode(db, [lack(n + 3_000)]);
  const { rows } = await db.query('select occasion, state from mails order by id');
  expect(rows).toEqual([
    { occasion: 'before', state: 'unknown' },
    { occasion: 'since', state: 'queued' },
  ]);
});
