import { amountDiffers, balanceOf, hasOpenAmount } from '@renkei/core/domain/order/balance.ts';
import type { Order } from '@renkei/core/domain/order/order.ts';
import { newOrder } from '@renkei/core/domain/order/place-order.ts';
import {
  keysOf,
  ORDER_STATUS,
  PAYMENT_KIND,
  TRANSACTION_STATE,
} from '@renkei/core/domain/order/states.ts';
import { yen } from '@renkei/core/domain/values/yen.ts';
import { beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/kit/databases.ts';
import { incoming, openShop, SHOP, TANAKA } from '../../../test/kit/orders.ts';
import { AMOUNT_DIFFERS, HAS_OPEN_AMOUNT, OPEN_AMOUNT } from '../../src/store/lists/open-amount.ts';
import { placeOrders } from '../../src/store/orders/order-place.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await openShop(database.db);
}, 60_000);

/** Every status × kind × state, paid and not, with and without a settlement. */
function* everyOrder(): Generator<Order> {
  const states = [null, ...keysOf(TRANSACTION_STATE)];
  for (const status of keysOf(ORDER_STATUS)) {
    for (const paymentKind of ['card_fregi', 'bank_transfer', 'none'] as const) {
      for (const state of states) {
        for (const paidOn of [null, '2026-11-14']) {
          for (const net of [0, 900, -800]) {
            yield orderOf({ status, paymentKind, paidOn }, state, net);
            if (state !== null || paidOn === null) continue;
            const store = { paymentKind: 'convenience_fregi', paidAtStore: yen(8_000) } as const;
            yield orderOf({ status, paidOn, ...store }, state, net);
            yield orderOf({ status, paidOn, ...store, redirects: MADE }, state, net);
            yield orderOf({ status, paidOn, ...store, redirects: TWICE }, state, net);
            yield orderOf({ status, paidOn, ...store, redirects: MADE.slice(1) }, state, net);
            const byHand = { paymentKind: 'bank_transfer', redirects: MADE } as const;
            yield orderOf({ status, paidOn, ...byHand }, state, net);
          }
        }
      }
    }
  }
  for (const paymentKind of keysOf(PAYMENT_KIND)) {
    yield orderOf({ paymentKind, paidOn: '2026-11-14' }, 'captured_transmitted', 0);
  }
}

const MADE = (['completed', 'cancelled', 'issued'] as const).map((status, n) => ({
  settleno: String(n).padStart(20, '0'),
  amount: yen(8_000),
  status,
  asOf: 0,
}));
/** D14: two of them were made. */
const TWICE = [
  ...MADE,
  { settleno: '9'.repeat(20), amount: yen(900), status: 'completed', asOf: 0 },
] as const;

function orderOf(
  changes: Partial<Order>,
  state: NonNullable<Order['transaction']>['state'] | null,
  net: number,
): Order {
  const { order } = newOrder(SHOP, incoming());
  const held = order.transaction;
  const transaction =
    state === null || held === null ? null : { ...held, state, amount: yen(8_215) };
  const direction = net > 0 ? 'received' : 'returned';
  const how = { by: 'cash', on: '2026-11-14', corrects: null } as const;
  const settlements =
    net === 0 ? [] : [{ version: 1, direction, amount: yen(Math.abs(net)), ...how } as const];
  return { ...order, ...changes, transaction, settlements };
}

test('O2, C2: SQL computes the same open amount, and the same difference of the held amount', async () => {
  const { db } = database;
  const orders = [...everyOrder()];
  const { details } = newOrder(SHOP, incoming());
  await placeOrders(
    db,
    orders.map((order) => ({ order, details })),
    TANAKA,
  );
  const all = await db.query<{ order_number: string; differs: boolean }>(
    `select order_number, ${AMOUNT_DIFFERS} as differs from orders where shop_id = $1`,
    [SHOP],
  );
  const differing = new Map(all.rows.map((row) => [row.order_number, row.differs]));
  for (const order of orders) {
    const differs = differing.get(order.orderNumber);
    expect(differs, JSON.stringify(order)).toBe(amountDiffers(order));
  }
  expect(new Set(differing.values())).toEqual(new Set([true, false]));
  const { rows } = await db.query<{ order_number: string; open: number; listed: boolean }>(
    `select order_number, ${OPEN_AMOUNT} as open, ${HAS_OPEN_AMOUNT} as listed from orders
      where shop_id = $1 and paid_on is not null`,
    [SHOP],
  );
  const paid = orders.filter(({ paidOn }) => paidOn !== null);
  expect(rows).toHaveLength(paid.length);
  const inSql = new Map(rows.map(({ order_number, ...row }) => [order_number, row]));
  for (const order of paid) {
    const { open } = balanceOf(order);
    const expected = { open, listed: hasOpenAmount(order) };
    expect(inSql.get(order.orderNumber), JSON.stringify(order)).toEqual(expected);
  }
});
