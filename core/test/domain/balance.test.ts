import fc from 'fast-check';
import { expect, test } from 'vitest';
import { balanceOf, receivedOf } from '../../src/domain/order/balance.ts';
import type { Order } from '../../src/domain/order/order.ts';
import {
  keysOf,
  ORDER_STATUS,
  PAYMENT_KIND,
  TRANSACTION_STATE,
  type TransactionState,
} from '../../src/domain/order/states.ts';
import { yen } from '../../src/domain/values/yen.ts';
import { bankOrder, billed, orderIn, TODAY } from './orders.ts';

/** O2: the balance of an order, added up by hand. */
function holding(state: TransactionState, amount: number, changes: Partial<Order> = {}): Order {
  const order = orderIn(state, changes);
  if (order.transaction === null) throw new Error('a card order without a transaction');
  return { ...order, transaction: { ...order.transaction, amount: yen(amount) } };
}

const PAID = { paidOn: TODAY };
const MADE = {
  redirects: [
    { settleno: '00000000000002596001', amount: yen(5_000), status: 'completed', asOf: 0 },
  ],
} as const;
const TWICE = {
  redirects: [...MADE.redirects, { ...MADE.redirects[0], settleno: '00000000000002596002' }],
} as const;
const AT_STORE = { paymentKind: 'convenience_fregi', paidAtStore: yen(5_000) } as const;

/** Adds an amount received otherwise, in yen; below zero: given back. */
function settled(order: Order, net: number): Order {
  if (net === 0) return order;
  const direction = net > 0 ? 'received' : 'returned';
  const entry = { version: 2, direction, amount: yen(Math.abs(net)), corrects: null } as const;
  return { ...order, settlements: [{ ...entry, by: 'bank_transfer', on: TODAY }] };
}

test.each<[string, Order, ReturnType<typeof row>]>([
  ['authorized', billed(5_900, holding('authorized', 5_000)), row(5_900, 5_000, 0, 0, 0, 5_900)],
  [
    'captured for less (C4 a)',
    billed(5_900, holding('captured_untransmitted', 5_000, PAID)),
    row(5_900, 0, 5_000, 0, 0, 900),
  ],
  [
    'captured for more',
    billed(4_200, holding('captured_transmitted', 5_000, PAID)),
    row(4_200, 0, 5_000, 0, 0, -800),
  ],
  [
    'refunded, and to be paid otherwise (A4 b)',
    billed(5_000, holding('refunded_transmitted', 5_000)),
    row(5_000, 0, 5_000, 5_000, 0, 5_000),
  ],
  [
    'cancelled with its refund',
    billed(5_000, holding('refunded_untransmitted', 5_000, { ...PAID, status: 'cancelled' })),
    row(0, 0, 5_000, 5_000, 0, 0),
  ],
  [
    'cancelled with its charge left (V4)',
    billed(5_000, holding('captured_untransmitted', 5_000, { ...PAID, status: 'returned' })),
    row(0, 0, 5_000, 0, 0, -5_000),
  ],
  [
    'marked paid without F-REGI (M2)',
    billed(5_000, holding('authorized', 5_000, PAID)),
    row(5_000, 5_000, 0, 0, 0, 5_000),
  ],
  ['voided', billed(5_000, holding('voided', 5_000)), row(5_000, 0, 0, 0, 0, 5_000)],
  [
    'a failed capture',
    billed(5_000, holding('capture_failed', 5_000)),
    row(5_000, 0, 0, 0, 0, 5_000),
  ],
  [
    'captured for less, and the rest received (O3)',
    settled(billed(5_900, holding('captured_untransmitted', 5_000, PAID)), 900),
    row(5_900, 0, 5_000, 0, 900, 0),
  ],
  [
    'captured for more, and the rest given back (O3)',
    settled(billed(4_200, holding('captured_untransmitted', 5_000, PAID)), -800),
    row(4_200, 0, 5_000, 0, -800, 0),
  ],
  ['a bank transfer that is awaited', billed(5_000, bankOrder()), row(5_000, 0, 0, 0, 0, 5_000)],
  ['a bank transfer that came', billed(5_000, bankOrder(PAID)), row(5_000, 0, 0, 0, 5_000, 0)],
  [
    'paid at the store for less, and the rest received (O3)',
    settled(billed(5_900, bankOrder({ ...PAID, ...AT_STORE })), 900),
    row(5_900, 0, 0, 0, 5_900, 0),
  ],
  [
    'paid at the store for more',
    billed(4_200, bankOrder({ ...PAID, ...AT_STORE })),
    row(4_200, 0, 0, 0, 5_000, -800),
  ],
  [
    'paid at the store, and cancelled: it is due back',
    billed(5_000, bankOrder({ ...PAID, ...AT_STORE, ...MADE, status: 'cancelled' })),
    row(0, 0, 0, 0, 5_000, -5_000),
  ],
  [
    'paid at the store after it was cancelled, and given back (O3)',
    settled(billed(5_000, bankOrder({ ...MADE, status: 'cancelled' })), -5_000),
    row(0, 0, 0, 0, 0, 0),
  ],
  [
    'paid by transfer, and at the store besides (D14)',
    billed(5_000, bankOrder({ ...PAID, ...MADE })),
    row(5_000, 0, 0, 0, 10_000, -5_000),
  ],
  [
    'paid by transfer, and at the store besides, of which a part was given back (D14, O3)',
    settled(billed(5_000, bankOrder({ ...PAID, ...MADE })), -2_000),
    row(5_000, 0, 0, 0, 8_000, -3_000),
  ],
  [
    'paid at the store twice (D14)',
    billed(5_000, bankOrder({ ...PAID, ...AT_STORE, ...TWICE })),
    row(5_000, 0, 0, 0, 10_000, -5_000),
  ],
  [
    'paid at the store twice, and given back once (D14, O3)',
    settled(billed(5_000, bankOrder({ ...PAID, ...AT_STORE, ...TWICE })), -5_000),
    row(5_000, 0, 0, 0, 5_000, 0),
  ],
  [
    'paid at the store, unmarked, and given back (O3)',
    settled(billed(5_000, bankOrder(MADE)), -5_000),
    row(5_000, 0, 0, 0, 0, 5_000),
  ],
  [
    'paid at the store, and then edited to 0 yen',
    billed(0, bankOrder({ ...PAID, ...AT_STORE, ...MADE })),
    row(0, 0, 0, 0, 5_000, -5_000),
  ],
  [
    'paid by transfer, and charged by card besides (D7)',
    billed(
      5_000,
      holding('captured_untransmitted', 5_000, { ...PAID, paymentKind: 'bank_transfer' }),
    ),
    row(5_000, 0, 5_000, 0, 5_000, -5_000),
  ],
])('O2: the balance of an order that is %s adds up', (_name, order, balance) => {
  expect(balanceOf(order)).toEqual(balance);
});

function row(
  billedAmount: number,
  held: number,
  captured: number,
  refunded: number,
  receivedOtherwise: number,
  open: number,
) {
  return { billed: billedAmount, held, captured, refunded, receivedOtherwise, open };
}

/** Orders in any state, of any kind, that bill and hold any amounts. */
const anyOrder = fc
  .record({
    state: fc.constantFrom(...keysOf(TRANSACTION_STATE)),
    status: fc.constantFrom(...keysOf(ORDER_STATUS)),
    paymentKind: fc.constantFrom(...keysOf(PAYMENT_KIND)),
    paidOn: fc.constantFrom(null, TODAY),
    amount: fc.integer({ min: 0, max: 9_999_999 }),
    bill: fc.integer({ min: 0, max: 9_999_999 }),
    hasTransaction: fc.boolean(),
    net: fc.integer({ min: -9_999, max: 9_999 }),
  })
  .map(({ state, amount, bill, hasTransaction, net, ...rest }) => {
    const order = settled(billed(bill, holding(state, amount, rest)), net);
    return hasTransaction ? order : { ...order, transaction: null };
  });

test('O2: of any order, billed = captured − refunded + received otherwise + open', () => {
  fc.assert(
    fc.property(anyOrder, (order) => {
      const own = balanceOf(order);
      const { captured, refunded, receivedOtherwise, open } = own;
      expect(captured - refunded + receivedOtherwise + open).toBe(own.billed);
      expect(receivedOf(own) + open).toBe(own.billed);
      expect(refunded === 0 || refunded === captured).toBe(true);
      expect(own.held === 0 || captured === 0).toBe(true);
    }),
  );
});
