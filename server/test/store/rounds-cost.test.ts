import type { Mark } from '@renkei/core/ports/marks.ts';
import { beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/kit/databases.ts';
import { incoming, openShop, place } from '../../../test/kit/orders.ts';
import { connect } from '../../../test/kit/postgres.ts';
import { listLackedSeals, listLastSeals, listSealsAfter } from '../../src/store/audit/seals.ts';
import type { Db } from '../../src/store/db/db.ts';
import { foldTallies } from '../../src/store/lists/order-list.ts';

/** Work of every second or minute costs the new rows, not all rows there have ever been. */
const SHOPS = ['hanamichi', 'minato', 'kotori'];
let database: TestDatabase;
let one: Db;
beforeAll(async () => {
  database = await createTestDatabase();
  one = connect(database.url, { max: 1 });
  for (const shop of SHOPS) await openShop(database.db, shop);
});

/** Adds seals to a shop, up to number `n`. */
async function sealUpTo(shopId: string, n: number): Promise<void> {
  await one.query(
    `insert into seals (shop_id, n, at, heads, hash)
     select $1, n, now(), '[]', sha256(convert_to($1 || n, 'UTF8'))
       from generate_series((select coalesce(max(n), 0) + 1 from seals where shop_id = $1), $2) as n`,
    [shopId, n],
  );
  await one.query('analyze seals');
}

/**
 * Returns the number of rows of a table that some work reads: all of it uses the one connection.
 */
async function rowsRead(table: string, work: () => Promise<unknown>): Promise<number> {
  const count = async () => {
    await one.query('select pg_stat_force_next_flush()');
    const { rows } = await one.query<{ n: number }>(
      `select coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0) as n
         from pg_stat_user_tables where relname = $1`,
      [table],
    );
    return rows[0]?.n ?? 0;
  };
  const before = await count();
  await work();
  return (await count()) - before;
}

describe('the seals that are copied each second', () => {
  test('the copied seals are read from each mark on, however many came before', async () => {
    const marks = async (): Promise<Mark[]> =>
      (await listLastSeals(one)).filter(({ shopId }) => shopId !== 'kotori');
    for (const history of [1_000, 20_000]) {
      await sealUpTo('hanamichi', history);
      await sealUpTo('minato', history);
      const known = await marks();
      expect(known).toHaveLength(2);
      expect(await rowsRead('seals', () => listSealsAfter(one, known))).toBe(0);
      expect(await rowsRead('seals', () => listLackedSeals(one, known))).toBe(2);
      await sealUpTo('hanamichi', history + 3);
      expect(await rowsRead('seals', () => listSealsAfter(one, known))).toBe(3);
    }
  });

  test('the copied seals follow the marks, in their order; a shop without a mark gives all', async () => {
    await sealUpTo('kotori', 4);
    const last = await listLastSeals(one);
    const known = last
      .filter(({ shopId }) => shopId !== 'kotori')
      .map((mark) => (mark.shopId === 'minato' ? { ...mark, n: mark.n - 2 } : mark));
    const found = await listSealsAfter(one, [
      ...known,
      { shopId: 'gone', n: 7, hash: 'a', at: 0 }, // of a shop that a restore has taken away
    ]);
    const numbers = Map.groupBy(found, ({ shopId }) => shopId);
    expect(numbers.get('hanamichi')).toBeUndefined();
    const minato = last.find(({ shopId }) => shopId === 'minato');
    if (minato === undefined) throw new Error('minato has seals');
    expect(numbers.get('minato')?.map(({ n }) => n)).toEqual([minato.n - 1, minato.n]);
    expect(numbers.get('minato')?.at(-1)).toEqual(minato);
    expect(numbers.get('kotori')?.map(({ n }) => n)).toEqual([1, 2, 3, 4]);
  });

  test('a seal is lacking if the database has another one of that number, or none', async () => {
    const last = await listLastSeals(one);
    expect(await listLackedSeals(one, last)).toEqual([]);
    const [first, second, third] = last;
    if (first === undefined || second === undefined || third === undefined) throw new Error('3');
    const lacked = await listLackedSeals(one, [
      { ...first, n: first.n + 1 },
      { ...second, hash: 'another' },
      third,
      { shopId: 'gone', n: 7, hash: 'a', at: 0 },
    ]);
    expect(lacked.map(({ shopId, kind }) => [shopId, kind])).toEqual([
      [first.shopId, 'behind'],
      [second.shopId, 'different'],
      ['gone', 'behind'],
    ]);
  });
});

test('only shops with new rows get their tallies folded and written again', async () => {
  const sums = async () =>
    (
      await database.db.query(
        `select shop_id, status, type, paid, shipped, payment_kind,
            sum(orders) as orders, sum(total) as total, sum(billed) as billed
           from order_tallies group by 1, 2, 3, 4, 5, 6 order by 1, 2, 3, 4, 5, 6`,
      )
    ).rows;
  const written = async (shopId: string) =>
    (
      await database.db.query(
        'select ctid::text, xmin::text from order_tallies where shop_id = $1 order by 1',
        [shopId],
      )
    ).rows;
  for (const shop of ['hanamichi', 'minato']) {
    for (let n = 0; n < 3; n += 1) await place(database.db, incoming(), shop);
  }
  await foldTallies(database.db);
  const [quiet, before] = [await written('minato'), await sums()];
  expect(quiet).toHaveLength(1);

  await place(database.db, incoming(), 'hanamichi');
  expect(await written('hanamichi')).toHaveLength(2);
  await foldTallies(database.db);
  expect(await written('hanamichi')).toHaveLength(1);
  expect(await written('minato')).toEqual(quiet);
  expect(await sums()).toMatchObject([{ orders: before[0]?.orders + 1 }, { orders: 3 }]);
});
