import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Command, decide } from '../../src/domain/commands/decide.ts';
import { previewCommand } from '../../src/domain/commands/preview-command.ts';
import { chargeOf } from '../../src/domain/order/balance.ts';
import {
  type Amounts,
  billedOf,
  deductionsOf,
  type Order,
  type Settlement,
  totalOf,
} from '../../src/domain/order/order.ts';
import {
  keysOf,
  ORDER_STATUS,
  PAYMENT_KIND,
  SETTLED_BY,
  TRANSACTION_STATE,
} from '../../src/domain/order/states.ts';
import { explain } from '../../src/domain/reasons/index.ts';
import { isLive } from '../../src/domain/transaction/link.ts';
import { CARD_YEN_MAX, CARD_YEN_MIN, YEN_MAX, yen } from '../../src/domain/values/yen.ts';
import { carriedOut } from './carried-out.ts';
import { cardOrder, SHOP_SETTINGS, TODAY } from './orders.ts';

/** Any order, any command: the rules hold for all of them (M6, S1, A1, P3, C3). */
const amount = fc
  .oneof(fc.constantFrom(0, 1, 2, 9_999_999, 10_000_000), fc.integer({ min: 0, max: 30_000 }))
  .map(yen);
const amounts: fc.Arbitrary<Amounts> = fc
  .record({
    items: amount,
    shipping: amount,
    paymentFee: amount,
    wrapping: amount,
    coolFee: amount,
    otherFee: amount,
    pointsUsed: amount,
    couponDiscount: amount,
    discount: amount,
  })
  .filter((given) => deductionsOf(given) <= totalOf(given));

const settlement: fc.Arbitrary<Settlement> = fc.record({
  version: fc.integer({ min: 2, max: 4 }),
  direction: fc.constantFrom('received' as const, 'returned' as const),
  amount: fc.integer({ min: 1, max: 9_000 }).map(yen),
  by: fc.constantFrom(...keysOf(SETTLED_BY)),
  on: fc.constant('2026-11-13'),
  corrects: fc.constantFrom(null, 2),
});

const order: fc.Arbitrary<Order> = fc
  .record({
    amounts,
    status: fc.constantFrom(...keysOf(ORDER_STATUS)),
    paymentKind: fc.constantFrom(...keysOf(PAYMENT_KIND)),
    state: fc.option(fc.constantFrom(...keysOf(TRANSACTION_STATE))),
    held: amount,
    paidOn: fc.constantFrom(null, '2026-11-12'),
    stockReturned: fc.boolean(),
    givenBack: fc.boolean(),
    settlements: fc.array(settlement, { maxLength: 2 }),
    redirects: fc.constant([]),
    paidAtStore: fc.option(amount),
  })
  .map(({ state, held, givenBack, ...rest }) => {
    const plain = cardOrder(rest);
    const transaction =
      state === null || plain.transaction === null
        ? null
        : { ...plain.transaction, state, amount: held, customerId: 'C-1' };
    const pointsReturned = givenBack ? rest.amounts.pointsUsed : yen(0);
    return { ...plain, transaction, pointsReturned };
  });

const command: fc.Arbitrary<Command> = fc.oneof(
  fc.record({
    kind: fc.constant('mark_paid' as const),
    paidOn: fc.constantFrom('2026-11-13', '2026-11-14', '2026-11-15'),
    mail: fc.constantFrom('auto' as const, 'manual' as const),
    withoutGateway: fc.boolean(),
    from: fc.constantFrom('detail' as const, 'unpaid_list' as const, 'confirmation' as const),
    amount: fc.constantFrom('billed' as const, 'authorized' as const),
  }),
  fc.record({ kind: fc.constant('unmark_paid' as const), refund: fc.boolean() }),
  fc.record({
    kind: fc.constant('correct_paid_on' as const),
    paidOn: fc.constantFrom('2026-11-01', '2026-11-12', '2026-11-14', '2026-11-15'),
    dayConfirmed: fc.boolean(),
    closed: fc.constantFrom(null, { from: '2026-10-01', to: '2026-11-10' }),
  }),
  fc.record({
    kind: fc.constant('change_status' as const),
    to: fc.constantFrom(...keysOf(ORDER_STATUS)),
    cancelTransaction: fc.boolean(),
    returnStock: fc.boolean(),
    returnPoints: fc.boolean(),
    mail: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('change_method' as const),
    paymentKind: fc.constantFrom(...keysOf(PAYMENT_KIND)),
    paymentMethod: fc.constantFrom('クレジットカード', '銀行振込'),
    cancelTransaction: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('edit_amounts' as const),
    amounts: fc.record({ items: amount, pointsUsed: amount, discount: amount }),
    changeCaptured: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('authorize' as const), cardToken: fc.constantFrom(null, 't') }),
  fc.constant({ kind: 'cancel_transaction' as const }),
  fc.record({
    kind: fc.constant('settle' as const),
    direction: fc.constantFrom('received' as const, 'returned' as const),
    amount,
    by: fc.constantFrom(...keysOf(SETTLED_BY)),
    on: fc.constantFrom('2026-11-13', '2026-11-14', '2026-11-15'),
  }),
  fc.record({
    kind: fc.constant('correct_settlement' as const),
    settlement: fc.integer({ min: 2, max: 4 }),
  }),
);

const RUNS = { numRuns: 20_000 };

describe('any command on any order', () => {
  test('M6: any command is decided, and a refusal is explained in both languages', () => {
    fc.assert(
      fc.property(order, command, (any, wanted) => {
        const decision = decide(any, wanted, { linkEnabled: true }, TODAY);
        if (decision.kind !== 'refuse') return;
        for (const locale of ['ja', 'en'] as const) {
          const { cause, remedy } = explain(decision.reason, locale);
          expect(cause.length * remedy.length).toBeGreaterThan(0);
        }
      }),
      RUNS,
    );
  });

  test("M6: the result is the preview's; an order with an open operation gets none", () => {
    fc.assert(
      fc.property(order, command, (any, wanted) => {
        const decision = decide(any, wanted, SHOP_SETTINGS, TODAY);
        const previewed = previewCommand(any, false, wanted, SHOP_SETTINGS, TODAY);
        expect(previewed.kind).toBe(decision.kind);
        if (decision.kind === 'pursue' && previewed.kind === 'pursue') {
          expect(previewed.amount).toBe(decision.amount);
          expect(previewed.asks.length).toBeGreaterThan(0);
        }
        expect(previewCommand(any, true, wanted, SHOP_SETTINGS, TODAY)).toMatchObject({
          reason: 'operation_open',
        });
      }),
      RUNS,
    );
  });

  test('S1: with the link off no command asks F-REGI', () => {
    fc.assert(
      fc.property(order, command, (any, wanted) => {
        expect(decide(any, wanted, { linkEnabled: false }, TODAY).kind).not.toBe('pursue');
      }),
      RUNS,
    );
  });

  test('C3: no command captures less than 2 yen, or more than F-REGI takes', () => {
    fc.assert(
      fc.property(order, command, (any, wanted) => {
        const decision = decide(any, wanted, { linkEnabled: true }, TODAY);
        if (decision.kind !== 'pursue' || decision.goal === 'cancelled') return;
        if (wanted.kind === 'mark_paid' && wanted.amount === 'authorized') return;
        expect(decision.amount).toBeGreaterThanOrEqual(CARD_YEN_MIN);
        expect(decision.amount).toBeLessThanOrEqual(CARD_YEN_MAX);
      }),
      RUNS,
    );
  });

  test('A1: every command leaves an order that the tables accept: sums in range, points within those used', () => {
    fc.assert(
      fc.property(order, command, (any, wanted) => {
        const after = carriedOut(any, wanted);
        expect(totalOf(after.amounts)).toBeLessThanOrEqual(YEN_MAX);
        expect(billedOf(after.amounts)).toBeGreaterThanOrEqual(0);
        expect(after.pointsReturned).toBeLessThanOrEqual(after.amounts.pointsUsed);
      }),
      RUNS,
    );
  });

  test('O6: a corrected payment date leaves the order otherwise as it is', () => {
    fc.assert(
      fc.property(order, command, (any, wanted) => {
        if (wanted.kind !== 'correct_paid_on') return;
        expect(decide(any, wanted, { linkEnabled: true }, TODAY).kind).not.toBe('pursue');
        const { version, changedIn, paidOn } = carriedOut(any, wanted);
        expect(carriedOut(any, wanted)).toEqual({ ...any, version, changedIn, paidOn });
        expect(paidOn === null).toBe(any.paidOn === null);
      }),
      RUNS,
    );
  });

  test('P3: no command makes an order one by card that was not', () => {
    fc.assert(
      fc.property(order, command, (any, wanted) => {
        const after = carriedOut(any, wanted);
        const became =
          PAYMENT_KIND[after.paymentKind].linked && after.paymentKind !== any.paymentKind;
        expect(became).toBe(false);
      }),
      RUNS,
    );
  });

  test('V2, P1: with the box on no transaction is live afterwards, and without it none is touched', () => {
    fc.assert(
      fc.property(order, command, (any, wanted) => {
        if (!('cancelTransaction' in wanted)) return;
        const decision = decide(any, wanted, { linkEnabled: true }, TODAY);
        if (decision.kind === 'refuse') return;
        // B2: a pre-order is authorized on its way to 通常処理; there the box does not exist.
        if (decision.kind === 'pursue' && decision.goal === 'authorized') {
          expect(wanted.cancelTransaction).toBe(false);
          return;
        }
        const { transaction } = carriedOut(any, wanted);
        if (wanted.cancelTransaction) {
          expect(transaction !== null && isLive(transaction.state)).toBe(false);
        } else {
          expect(transaction).toEqual(any.transaction);
        }
      }),
      RUNS,
    );
  });

  test('C5, U2: 入金済 with the link means captured, for the pursued amount', () => {
    fc.assert(
      fc.property(order, command, (any, wanted) => {
        const decision = decide(any, wanted, { linkEnabled: true }, TODAY);
        if (decision.kind !== 'pursue' || decision.afterwards?.kind !== 'order_marked_paid') return;
        const { transaction, amounts: bills } = carriedOut(any, wanted);
        expect(transaction).toMatchObject({
          state: 'captured_untransmitted',
          amount: decision.amount,
        });
        const asBilled = !('amount' in wanted) || wanted.amount !== 'authorized';
        if (asBilled) expect(decision.amount).toBe(chargeOf({ ...any, amounts: bills }));
      }),
      RUNS,
    );
  });
});
