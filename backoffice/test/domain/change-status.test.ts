import { describe, expect, test } from 'vitest';
import type { CommandOf } from '../../src/domain/command.ts';
import { applyEvent } from '../../src/domain/events.ts';
import type { Order } from '../../src/domain/order.ts';
import { keysOf, ORDER_STATUS, type OrderStatus } from '../../src/domain/states.ts';
import { yen } from '../../src/domain/yen.ts';
import {
  bankOrder,
  billed,
  cardOrder,
  decided,
  LINK_OFF,
  LINK_ON,
  orderIn,
  outcomeOf,
} from './orders.ts';

type Options = Partial<CommandOf<'change_status'>>;

function change(order: Order, to: OrderStatus, options: Options = {}, link = LINK_ON) {
  return decided(order, { kind: 'change_status', to, cancelTransaction: false, ...options }, link);
}

/** The order after a change that is recorded at once. */
function changed(order: Order, to: OrderStatus, options: Options = {}): Order {
  const decision = change(order, to, options);
  if (decision.kind !== 'record') throw new Error(outcomeOf(decision));
  return applyEvent(order, decision.event);
}

function eventOf(decision: ReturnType<typeof change>) {
  if (decision.kind !== 'record' || decision.event.kind !== 'status_changed') {
    throw new Error(outcomeOf(decision));
  }
  return decision.event;
}

/** Written out by hand: the test must not believe the code's own table. */
const MAY: Record<OrderStatus, string> = {
  preorder: 'processing on_hold cancelled',
  processing: 'on_hold completed cancelled returned uncollectible',
  on_hold: 'processing cancelled',
  completed: 'processing',
  cancelled: 'processing',
  returned: 'processing',
  uncollectible: 'processing',
};
const STATUSES = keysOf(ORDER_STATUS);
const LEAVING = ['cancelled', 'returned', 'uncollectible', 'on_hold'] as const;

describe('ステータスの変更', () => {
  test.each(
    STATUSES.flatMap((from) =>
      STATUSES.map((to) => [from, to, MAY[from].split(' ').includes(to)] as const),
    ),
  )('V4: %s → %s: %s', (from, to, allowed) => {
    const decision = change(bankOrder({ status: from }), to);
    expect(outcomeOf(decision)).toBe(
      allowed ? 'record status_changed' : 'status_change_not_allowed',
    );
  });

  test.each(LEAVING)('V2: to %s with the box on, what is live is cancelled first', (to) => {
    for (const state of ['authorized', 'captured_untransmitted', 'captured_transmitted'] as const) {
      expect(change(orderIn(state), to, { cancelTransaction: true })).toMatchObject({
        goal: 'cancelled',
        afterwards: { kind: 'status_changed', to, gateway: 'cancelled' },
      });
    }
  });

  test.each([
    'voided',
    'authorization_failed',
    'refunded_untransmitted',
    'refunded_transmitted',
    'capture_failed',
    'preorder_unauthorized',
    'validated_unauthorized',
  ] as const)('V5: %s: nothing to cancel, no call', (state) => {
    expect(change(orderIn(state), 'cancelled', { cancelTransaction: true })).toMatchObject({
      event: { gateway: 'nothing_to_cancel' },
    });
  });

  test.each([
    ['V1: the box is for card orders', bankOrder(), 'cancelled', 'cancel_not_offered'],
    [
      'V1: and in 通常処理 only',
      cardOrder({ status: 'on_hold' }),
      'cancelled',
      'cancel_not_offered',
    ],
    ['V2: not on the way to 処理済み', cardOrder(), 'completed', 'cancel_not_offered'],
    [
      'V2, B2: nor where a pre-order is authorized',
      orderIn('preorder_unauthorized', { status: 'preorder' }),
      'processing',
      'cancel_not_offered',
    ],
  ] as const)('%s', (_name, order, to, reason) => {
    expect(outcomeOf(change(order, to, { cancelTransaction: true }))).toBe(reason);
  });

  test('S1: with the link off the box is refused, and the status alone may change', () => {
    expect(outcomeOf(change(cardOrder(), 'cancelled', { cancelTransaction: true }, LINK_OFF))).toBe(
      'link_off',
    );
    expect(outcomeOf(change(cardOrder(), 'cancelled', {}, LINK_OFF))).toBe('record status_changed');
  });

  test.each(['cancelled', 'returned', 'uncollectible'] as const)(
    'V7: from %s back to 通常処理 only if the transaction was not cancelled',
    (status) => {
      expect(outcomeOf(change(orderIn('authorized', { status }), 'processing'))).toBe(
        'record status_changed',
      );
      for (const state of ['voided', 'refunded_untransmitted', 'refunded_transmitted'] as const) {
        expect(outcomeOf(change(orderIn(state, { status }), 'processing'))).toBe(
          'transaction_cancelled',
        );
      }
      const otherwise = { status, paymentKind: 'bank_transfer' } as const;
      expect(outcomeOf(change(orderIn('voided', otherwise), 'processing'))).toBe(
        'record status_changed',
      );
    },
  );

  test('V7: 保留 goes back to 通常処理 in any case: there the method can be changed', () => {
    const order = orderIn('voided', { status: 'on_hold' });
    expect(outcomeOf(change(order, 'processing'))).toBe('record status_changed');
  });
});

describe('予約 → 通常処理', () => {
  const preorder = (changes: Partial<Order> = {}) => {
    const order = orderIn('preorder_unauthorized', {
      status: 'preorder',
      type: 'preorder',
      ...changes,
    });
    const { transaction } = order;
    const nothing = { seqno: null, authCode: null, amount: yen(0), customerId: 'C-1' };
    return { ...order, transaction: transaction && { ...transaction, ...nothing } };
  };

  test('B2: by card it is authorized for what is billed, by the card that is registered', () => {
    expect(change(preorder(), 'processing')).toMatchObject({
      ...{ goal: 'authorized', amount: 9_115 },
      afterwards: { to: 'processing', gateway: 'authorization_asked' },
    });
  });

  test.each([
    [
      'B2: with no card registered it is refused',
      orderIn('preorder_unauthorized', { status: 'preorder' }),
      'no_card_registered',
    ],
    ['B2, C3: 0円 is not authorized', billed(0, preorder()), 'amount_zero'],
    [
      'B2: by another method there is nothing to authorize',
      preorder({ paymentKind: 'bank_transfer' }),
      'record status_changed',
    ],
    ['B2: from 保留, too', preorder({ status: 'on_hold' }), 'pursue authorized'],
    [
      'B3: what was declined is not asked for again by it',
      orderIn('validated_unauthorized', { status: 'on_hold' }),
      'record status_changed',
    ],
  ] as const)('%s: %s', (_name, order, outcome) => {
    expect(outcomeOf(change(order, 'processing'))).toBe(outcome);
  });

  test('S1, B2: with the link off the status changes, and F-REGI is told nothing', () => {
    expect(change(preorder(), 'processing', {}, LINK_OFF)).toMatchObject({
      event: { gateway: 'left_alone' },
    });
  });
});

describe('the boxes beside it', () => {
  test.each(LEAVING)('V6: to %s: stock, points and mail, each off by default', (to) => {
    const off = change(cardOrder(), to);
    expect(off).toMatchObject({ kind: 'record' });
    expect(JSON.stringify(off)).not.toMatch(/movements|"mail"/);
    const on = change(cardOrder(), to, { returnStock: true, returnPoints: true, mail: true });
    expect(on).toMatchObject({
      event: {
        movements: [
          {
            of: 'stock',
            direction: 'returned',
            items: [{ productCode: 'pen-01', variation: '', quantity: 1 }],
          },
          { of: 'points', direction: 'returned', points: 735 },
        ],
        mail: true,
      },
    });
  });

  test.each([
    [
      'V6: not on the way to 処理済み',
      cardOrder(),
      'completed',
      { returnStock: true },
      'return_not_offered',
    ],
    [
      'V6: nor back to 通常処理',
      cardOrder({ status: 'on_hold' }),
      'processing',
      { mail: true },
      'return_not_offered',
    ],
    [
      'V6: points that were not used',
      billed(9_115),
      'cancelled',
      { returnPoints: true },
      'no_points_used',
    ],
    [
      'V6: stock that is back already',
      cardOrder({ status: 'on_hold', stockReturned: true }),
      'cancelled',
      { returnStock: true },
      'stock_already_returned',
    ],
    [
      'V6: points that are back already',
      cardOrder({ status: 'on_hold', pointsReturned: yen(735) }),
      'cancelled',
      { returnPoints: true },
      'points_already_returned',
    ],
  ] as const)('%s', (_name, order, to, options, reason) => {
    expect(outcomeOf(change(order, to, options))).toBe(reason);
  });

  test('V6: stock goes back alone, where no points were used or they are back already', () => {
    const back = cardOrder({ status: 'on_hold', pointsReturned: yen(735) });
    for (const order of [billed(9_115), back]) {
      const { movements = [] } = eventOf(change(order, 'cancelled', { returnStock: true }));
      expect(movements.map((each) => each.of)).toEqual(['stock']);
    }
  });

  test('V6, V7: what was given back is taken again when the order is taken up again', () => {
    const gone = changed(bankOrder(), 'cancelled', { returnStock: true, returnPoints: true });
    expect(gone).toMatchObject({ stockReturned: true, pointsReturned: 735 });
    const decision = change(gone, 'processing');
    expect(decision).toMatchObject({
      event: {
        movements: [
          { of: 'stock', direction: 'taken' },
          { of: 'points', direction: 'taken', points: 735 },
        ],
      },
    });
    expect(changed(gone, 'processing')).toMatchObject({ stockReturned: false, pointsReturned: 0 });
  });

  test('V3, V6: with a cancellation, they are given back only once that is known', () => {
    const options = { cancelTransaction: true, returnStock: true, returnPoints: true };
    expect(change(cardOrder(), 'cancelled', options)).toMatchObject({
      kind: 'pursue',
      afterwards: { movements: [{ of: 'stock' }, { of: 'points' }] },
    });
  });
});
