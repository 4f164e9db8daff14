import { cp, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { replay } from '@renkei/core/domain/order/events.ts';
import { beforeAll, expect, test } from 'vitest';
import { createEmptyDatabase } from '../../../test/kit/databases.ts';
import { openDirectory } from '../../../test/kit/directories.ts';
import type { Db } from '../../src/store/db/db.ts';
import { migrate } from '../../src/store/db/migrate.ts';
import { loadJournal, loadOrder } from '../../src/store/orders/order-view.ts';

/** A database from before products, fees and discounts could be edited, brought up to date. */
const MIGRATIONS = fileURLToPath(new URL('../../src/store/db/migrations', import.meta.url));
const REF = { shopId: 'old', orderNumber: '100000394011' };
let db: Db;

beforeAll(async () => {
  ({ db } = await createEmptyDatabase());
  const before = await openDirectory('upgrade');
  for (const file of (await readdir(MIGRATIONS)).filter((each) => each < '005')) {
    await cp(join(MIGRATIONS, file), join(before, file));
  }
  await migrate(db, before);
  await db.query(OLD_SHOP);
  await db.query(OLD_ORDER, [JSON.stringify(DETAILS)]);
  await db.query(OLD_JOURNAL, [JSON.stringify(JOURNAL)]);
});

const LINE = {
  productCode: 'pen-01',
  name: '万年筆',
  variation: '',
  quantity: 1,
  unitPrice: 9_350,
};
const DETAILS = {
  customer: { name: '髙﨑 花子', kana: '', phone: '', postalCode: '', prefecture: '', address: '' },
  destinations: [{ name: '髙﨑 花子', shippedOn: null, lines: [{ ...LINE, taxRate: 10 }] }],
  customerMessage: '',
  memo: '',
};
const AMOUNTS = { items: 9_350, shipping: 500, paymentFee: 0, wrapping: 0 };
const OFF = { pointsUsed: 735, couponDiscount: 0 };
const PLACED = {
  ...REF,
  version: 1,
  type: 'regular',
  status: 'processing',
  channel: 'pc',
  placedAt: Date.UTC(2026, 10, 8),
  paidOn: null,
  shipped: false,
  transaction: null,
  paymentKind: 'bank_transfer',
  paymentMethod: '銀行振込',
  amounts: { ...AMOUNTS, ...OFF },
  paymentMail: { sending: 'auto', sentCount: 0, lastSentAt: null },
};
const JOURNAL = [
  { kind: 'order_placed', order: PLACED },
  { kind: 'amounts_edited', amounts: { ...AMOUNTS, ...OFF, shipping: 800 } },
];

const OLD_SHOP = `insert into shops (shop_id, name, fregi_environment, fregi_shop_id, fregi_base_url)
  values ('old', '花道文具店', 'sandbox', '90001', 'http://127.0.0.1:1/')`;
const OLD_ORDER = `
  insert into orders (shop_id, order_number, version, type, status, shipped, channel, placed_at,
    payment_kind, payment_method, items, shipping, payment_fee, wrapping, points_used,
    coupon_discount, customer_name, customer_kana, customer_phone, customer_email, prefecture,
    multiple_destinations, requested_delivery, details)
  values ('old', '100000394011', 2, 'regular', 'processing', false, 'pc', '2026-11-08T00:00:00Z',
    'bank_transfer', '銀行振込', 9350, 800, 0, 0, 735, 0, '', '', '', '', '', false, '', $1)`;
const OLD_JOURNAL = `
  insert into journal (shop_id, order_number, version, at, actor, event)
  select 'old', '100000394011', n, now(), '{}', event
    from jsonb_array_elements($1::jsonb) with ordinality as given (event, n)`;

test('A1, M5: an old order is whole, its sums as they were, and its journal replays to it', async () => {
  const sums = async () =>
    (await db.query('select sum(total) as total, sum(billed) as billed from orders')).rows[0];
  const before = await sums();
  await migrate(db);
  expect(await sums()).toEqual(before);
  const stored = await loadOrder(db, REF);
  expect(stored?.order).toMatchObject({
    amounts: { shipping: 800, coolFee: 0, otherFee: 0, discount: 0 },
    lines: [[{ ...LINE, taxRate: 10 }]],
    stockReturned: false,
    pointsReturned: 0,
  });
  expect(stored?.firstDetails).toEqual(DETAILS);
  const journal = await loadJournal(db, REF);
  expect(replay(journal.map(({ event }) => event))).toEqual(stored?.order);
  const tallies = await db.query(
    'select sum(orders) as orders, sum(billed) as billed from order_tallies',
  );
  expect(tallies.rows[0]).toEqual({ orders: 1, billed: 9_415 });
  await expect(db.query(`update journal set version = 9`)).rejects.toThrow('append-only');
});
