import { ORDER_TABS } from '@renkei/contract/lists/order-filters.ts';
import { orderFilterSchema } from '@renkei/contract/lists/order-list.ts';
import { beforeAll, expect, test } from 'vitest';
import { makeOrders } from '../../../bench/orders.ts';
import { createTestDatabase, type TestDatabase } from '../../../test/kit/databases.ts';
import { openShop } from '../../../test/kit/orders.ts';
import { SELECT_FACTS } from '../../src/store/attention/comparison.ts';
import { whereOf } from '../../src/store/lists/order-filter.ts';
import { pageStatement } from '../../src/store/lists/order-list.ts';

const SHOP = 'bench';

/** The lists stay fast as a shop grows: every page is read along an index, never sorted whole. */
let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await openShop(database.db, SHOP);
  await makeOrders(database.db, 20_000, 10);
  await database.db.query('analyze orders');
}, 60_000);

async function planOf(filter: object): Promise<string> {
  const wanted = orderFilterSchema.parse(filter);
  const { text, values } = pageStatement(whereOf(SHOP, wanted), { ...wanted, limit: 200 });
  const { rows } = await database.db.query<{ 'QUERY PLAN': string }>(`explain ${text}`, [
    ...values,
  ]);
  return rows.map((row) => row['QUERY PLAN']).join('\n');
}

test.each([
  ...ORDER_TABS.map((tab): [string, object] => [`tab ${tab}`, { tab }]),
  ['the orders of applications', { types: 'subscription,club' }],
  ['the unpaid cards', { tab: 'unpaid', kinds: 'card_fregi' }],
  ['several 受注コード', { q: '100000000001 100000000002' }],
  ['a name', { q: '佐々木 5' }],
  ['a phone number', { q: '0300000005' }],
  ['a 取引番号', { q: '00000000100000000001' }],
  ['the deadline', { captureWithinDays: 7 }],
  ['the date of shipping', { shippedFrom: '2026-11-01', shippedTo: '2026-11-02' }],
])('an index finds %s', async (_what, filter) => {
  const plan = await planOf(filter);
  expect(plan).not.toMatch(/Seq Scan on orders/);
});

test('a beginning of names that many have is counted along the indexes of their folds', async () => {
  const { where, values } = whereOf(SHOP, orderFilterSchema.parse({ q: '佐' }));
  const { rows } = await database.db.query<{ 'QUERY PLAN': string }>(
    `explain select count(*) from orders where ${where}`,
    [...values],
  );
  const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
  for (const index of ['orders_by_name', 'orders_by_kana']) expect(plan).toContain(index);
});

/**
 * Returns the part of a page's plan that finds its orders; the part above only reads and sorts
 * them.
 */
function found(plan: string): string {
  return plan.slice(plan.indexOf('Limit'));
}

test.each([
  ['the dates of the order', { placedFrom: '2020-01-01', placedTo: '2099-12-31' }],
  ['the dates of payment', { paidFrom: '2020-01-01' }],
])('an index alone counts and finds %s', async (_what, filter) => {
  await database.db.query('vacuum analyze orders');
  const covered = /Index Only Scan using orders_newest/;
  expect(found(await planOf(filter))).toMatch(covered);
  const { where, values } = whereOf(SHOP, orderFilterSchema.parse(filter));
  const { rows } = await database.db.query<{ 'QUERY PLAN': string }>(
    `explain select count(*), sum(total), sum(billed) from orders where ${where}`,
    [...values],
  );
  expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toMatch(covered);
});

test.each(['placedAt', 'orderNumber', 'customer', 'billed', 'authorizedAt'])(
  'an index sorts by %s',
  async (sort) => {
    for (const direction of ['asc', 'desc']) {
      const plan = await planOf({ sort, direction });
      expect(plan).not.toMatch(/Seq Scan on orders/);
      expect(found(plan)).not.toMatch(/\bSort\b/);
    }
  },
);

test('an index finds the files that cover an order among a hundred times as many looks', async () => {
  await database.db.query(
    `insert into sightings (shop_id, id, source, seen_at, actor, slip_id, transactions)
     select $1, gen_random_uuid(), 'inquiry', now(), '{}', n::text, 1 from generate_series(1, 5000) n`,
    [SHOP],
  );
  await database.db.query('analyze sightings');
  const { rows } = await database.db.query<{ 'QUERY PLAN': string }>(
    `explain ${SELECT_FACTS.text}`,
    [SHOP, ['100000000001']],
  );
  const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
  expect(plan).toMatch(/Scan using sightings_covering|Bitmap Index Scan on sightings_covering/);
});
