import { type Order, type Proposal, settledOf } from '@renkei/core/domain/order/order.ts';
import { newOrder } from '@renkei/core/domain/order/place-order.ts';
import { type Yen, yen as yenOf } from '@renkei/core/domain/values/yen.ts';
import type { Step } from '@renkei/core/turns/operation.ts';
import { expect, test } from 'vitest';
import { createTestDatabase } from '../../../test/kit/databases.ts';
import { incoming, openShop, SHOP, TANAKA } from '../../../test/kit/orders.ts';
import { OBSERVED, SEEN } from '../../src/store/attention/observations.ts';
import {
  type Column,
  type Fields,
  group,
  int,
  nullable,
  RowCodec,
  type RowOf,
  text,
  yen,
} from '../../src/store/db/codec.ts';
import type { Db } from '../../src/store/db/db.ts';
import { placeOrders, SEARCHED } from '../../src/store/orders/order-place.ts';
import { JOURNAL, OPERATION, ORDER, STEP } from '../../src/store/orders/rows.ts';
import { RUN } from '../../src/store/runs/runs.ts';
import { SHOP as SHOP_CODEC } from '../../src/store/shops/shops.ts';
import { SUBSCRIPTION } from '../../src/store/subscriptions/rows.ts';

type Stored = Pick<Column<never>, 'name' | 'type' | 'isNullable'>;

/** Each codec, and the columns of its table that it leaves to others; PostgreSQL computes some. */
const TABLES: readonly {
  readonly table: string;
  readonly columns: readonly Stored[];
  readonly others: readonly string[];
}[] = [
  {
    table: 'orders',
    columns: [...ORDER.columns, ...SEARCHED],
    // The counter of turns, and the columns that single statements write.
    others: ['cancel_requested_at', 'card_token_hash', 'first_details', 'turn'],
  },
  { table: 'operations', columns: OPERATION.columns, others: [] },
  { table: 'steps', columns: STEP.columns, others: ['shop_id'] },
  { table: 'journal', columns: JOURNAL.columns, others: ['hash', 'order_number', 'shop_id'] },
  { table: 'observations', columns: OBSERVED.columns, others: ['shop_id', 'sighting_id'] },
  {
    table: 'seen_transactions',
    columns: SEEN.columns,
    others: ['cancelled_at', 'captured_at', 'shop_id', 'sighting_id'],
  },
  { table: 'shops', columns: SHOP_CODEC.columns, others: [] },
  { table: 'subscriptions', columns: SUBSCRIPTION.columns, others: [] },
  {
    table: 'runs',
    columns: RUN.columns,
    // The columns that make a run once, and its lease.
    others: ['file_hash', 'held_by', 'held_until', 'input_hash', 'key'],
  },
];

test.each(TABLES)(
  'the codec of $table has the columns of the migrated database, by name, type and null',
  async ({ table, columns, others }) => {
    const { db } = await createTestDatabase();
    const { rows } = await db.query<Stored>(
      `select column_name as name, is_nullable = 'YES' as "isNullable",
        replace(data_type, 'timestamp with time zone', 'timestamptz') as type
       from information_schema.columns where table_schema = 'public' and table_name = $1
        and is_generated = 'NEVER' and column_name <> all($2)`,
      [table, others],
    );
    const shown = columns.map(({ name, type, isNullable }) => ({ name, type, isNullable }));
    expect(shown.toSorted(byName)).toEqual(rows.toSorted(byName));
  },
);

test.each(TABLES)(
  'the columns that the codec of $table leaves to others exist',
  async ({ table, others }) => {
    const { db } = await createTestDatabase();
    const { rows } = await db.query<Stored>(
      `select column_name as name from information_schema.columns
      where table_schema = 'public' and table_name = $1 and column_name = any($2)`,
      [table, others],
    );
    expect(rows.map(({ name }) => name).toSorted()).toEqual(others);
  },
);

function byName(a: Stored, b: Stored): number {
  return a.name < b.name ? -1 : 1;
}

/** Returns an order whose amounts all differ, so that no two columns can be mistaken. */
function orderOfManyParts() {
  const placed = newOrder(
    SHOP,
    incoming({
      amounts: {
        items: 9_350,
        shipping: 501,
        paymentFee: 302,
        wrapping: 203,
        pointsUsed: 104,
        couponDiscount: 55,
        coolFee: 46,
        otherFee: 37,
        discount: 28,
      },
    }),
  );
  return { ...placed, order: { ...placed.order, pointsReturned: yenOf(19) } };
}

test('an order is read as it was placed, each part from its own column', async () => {
  const { db } = await createTestDatabase();
  await openShop(db);
  const placed = orderOfManyParts();
  await placeOrders(db, [placed], TANAKA);
  expect(await loadOnly(db)).toEqual(placed.order);
  const { rows } = await db.query(`select items, shipping, payment_fee, wrapping, cool_fee,
    other_fee, points_used, coupon_discount, discount, points_returned from orders`);
  expect(Object.values(rows[0] ?? {})).toEqual([9_350, 501, 302, 203, 46, 37, 104, 55, 28, 19]);
});

test('an update writes all changeable columns, and no fixed one', async () => {
  const { db } = await createTestDatabase();
  await openShop(db);
  const placed = orderOfManyParts();
  await placeOrders(db, [placed], TANAKA);
  const changed = changedOrder(placed.order);
  await db.query(
    `update orders set ${ORDER.assignments('given')}
       from jsonb_populate_record(null::orders, $1::jsonb) as given`,
    [JSON.stringify(ORDER.changes(changed))],
  );
  const { shopId, orderNumber, type, channel, placedAt, lines } = placed.order;
  const fixed = { shopId, orderNumber, type, channel, placedAt, lines };
  const { slipId = '', customerId = null } = placed.order.transaction ?? {};
  const transaction = changed.transaction && { ...changed.transaction, slipId, customerId };
  expect(await loadOnly(db)).toEqual({ ...changed, ...fixed, transaction });
  const { rows } = await db.query('select settled_otherwise from orders');
  expect(rows).toEqual([{ settled_otherwise: settledOf(changed) }]);
});

const PROPOSAL: Proposal = {
  version: 4,
  fits: 5,
  command: { kind: 'cancel_transaction' },
  limited: { kind: 'refund', amount: yenOf(9_115) },
  by: { id: 'tanaka', name: '田中' },
  at: Date.UTC(2026, 10, 12),
  until: Date.UTC(2026, 10, 15),
};

/** Returns the order with another value of every property. */
function changedOrder({ amounts, ...order }: Order): Order {
  const parts = Object.entries(amounts).map(([name, amount]) => [name, yenOf(amount + 1)]);
  return {
    shopId: 'another',
    orderNumber: '199999999011',
    version: order.version + 4,
    changedIn: order.changedIn + 3,
    type: 'preorder',
    status: 'on_hold',
    channel: 'smartphone',
    placedAt: order.placedAt + 1_000,
    paidOn: '2026-11-14',
    shipped: !order.shipped,
    paymentKind: 'bank_transfer',
    paymentMethod: '銀行振込',
    amounts: Object.fromEntries(parts) as Order['amounts'],
    lines: [],
    transaction: {
      state: 'captured_transmitted',
      seqno: '00000000000000000777',
      authCode: 'new',
      slipId: 'another',
      customerId: 'another',
      amount: yenOf(7_777),
      authorizedAt: Date.UTC(2026, 10, 9, 1, 2, 3, 456),
      asOf: Date.UTC(2026, 10, 10, 1, 2, 3, 457),
    },
    authentication: 'lapsed',
    paymentMail: { sending: 'manual', sentCount: 2, lastSentAt: Date.UTC(2026, 10, 11) },
    stockReturned: true,
    pointsReturned: yenOf(20),
    settlements: [
      {
        version: 3,
        direction: 'received',
        amount: yenOf(500),
        by: 'cash',
        on: '2026-11-12',
        corrects: null,
      },
    ],
    paidAtStore: yenOf(9_115),
    customerErased: true,
    proposal: PROPOSAL,
    redirects: [
      {
        settleno: '00000000000002596001',
        amount: yenOf(9_115),
        status: 'completed',
        asOf: Date.UTC(2026, 10, 12),
      },
    ],
  };
}

async function loadOnly(db: Db): Promise<Order> {
  const { rows } = await db.query<RowOf<Order>>(`select ${ORDER.select} from orders`);
  const [row] = rows;
  if (row === undefined) throw new Error('no order is there');
  return ORDER.read(row);
}

type Parcel = { readonly weight: number; readonly fee: Yen; readonly note: string | null };
const PARCEL: Fields<Parcel> = {
  weight: int('weight'),
  fee: yen('fee'),
  note: nullable(text('note')),
};

test('a codec refuses an invalid amount, and a part is null if its first column is', () => {
  const parcel = new RowCodec<{ readonly parcel: Parcel | null }>({
    parcel: nullable(group(PARCEL)),
  });
  const read = (row: object) => parcel.read(row as RowOf<{ readonly parcel: Parcel | null }>);
  expect(read({ weight: 2, fee: 3, note: null })).toEqual({
    parcel: { weight: 2, fee: 3, note: null },
  });
  expect(read({ weight: null, fee: 3, note: 'x' })).toEqual({ parcel: null });
  expect(() => read({ weight: 2, fee: 0.5, note: null })).toThrow(RangeError);
  expect(parcel.row({ parcel: null })).toEqual({ weight: null, fee: null, note: null });
});

/** The compiler is the test: each line here does not compile without its mark. */
test('a property that is left out, misspelt or of another type does not compile', () => {
  const { weight, fee, note } = PARCEL;
  // @ts-expect-error: the note is left out
  new RowCodec<Parcel>({ weight, fee });
  // @ts-expect-error: weigth
  new RowCodec<Parcel>({ weight, fee, note, weigth: weight });
  // @ts-expect-error: a whole number is no amount in yen
  new RowCodec<Parcel>({ weight, fee: int('fee'), note });
  // @ts-expect-error: a note may be null
  new RowCodec<Parcel>({ weight, fee, note: text('note') });
  // @ts-expect-error: a row of steps is no order
  expect(() => ORDER.read({} as RowOf<Step>)).toThrow();
});
