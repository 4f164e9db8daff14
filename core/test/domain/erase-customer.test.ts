import { describe, expect, test } from 'vitest';
import type { CommandOf } from '../../src/domain/commands/command.ts';
import { applyEvent, replay } from '../../src/domain/order/events.ts';
import type { Order } from '../../src/domain/order/order.ts';
import { placedOf } from '../../src/domain/order/placed.ts';
import { yen } from '../../src/domain/values/yen.ts';
import { decided, outcomeOf, TODAY } from './orders.ts';
import { NOW, order } from './scenes.ts';

/** H6: which orders need their customer no more. */
const erase = (waiting: CommandOf<'erase_customer'>['waiting'] = null) =>
  ({ kind: 'erase_customer', cause: 'request', waiting }) as const;

const bank = { paymentKind: 'bank_transfer', transaction: null } as const;
const payment = {
  settleno: '1'.repeat(20),
  amount: yen(9_115),
  status: 'issued',
  asOf: NOW,
} as const;
const paid = { status: 'completed', paidOn: TODAY } as const;

const CLOSED: Readonly<Record<string, Order>> = {
  'paid by card': order('captured_transmitted', paid),
  'paid by bank transfer': order('authorized', { ...bank, ...paid }),
  '取消, voided': order('voided', { status: 'cancelled' }),
  '返品, refunded': order('refunded_transmitted', { status: 'returned' }),
  未回収: order('voided', { status: 'uncollectible' }),
  決済不要: order('authorized', { ...bank, paymentKind: 'none', status: 'completed' }),
};

const NEEDED: Readonly<Record<string, readonly [Order, string]>> = {
  通常処理: [order('authorized'), 'order_not_closed'],
  保留: [order('voided', { status: 'on_hold' }), 'order_not_closed'],
  予約: [order('preorder_unauthorized', { status: 'preorder' }), 'order_not_closed'],
  'completed and unpaid': [order('voided', { status: 'completed' }), 'money_open'],
  'paid, card only authorized': [order('authorized', paid), 'money_open'],
  '取消, still authorized': [order('authorized', { status: 'cancelled' }), 'money_open'],
  '取消, still charged': [order('captured_transmitted', { status: 'cancelled' }), 'money_open'],
  'captured for another amount': [
    order('captured_transmitted', paid, { amount: yen(8_000) }),
    'money_open',
  ],
  'a payment that can still be made at a store': [
    order('voided', { ...bank, status: 'cancelled', redirects: [payment] }),
    'money_open',
  ],
  'erased before': [
    order('captured_transmitted', { ...paid, customerErased: true }),
    'customer_erased',
  ],
};

describe('an erasure', () => {
  test.each(Object.entries(CLOSED))('H6: a closed order gives its customer up: %s', (_, closed) => {
    const decision = decided(closed, erase());
    if (decision.kind !== 'record') throw new Error(outcomeOf(decision));
    expect(decision.event).toEqual({ kind: 'customer_erased', cause: 'request' });
    const { version, changedIn, customerErased, ...money } = applyEvent(closed, decision.event);
    expect({ ...closed, ...money }).toEqual(closed);
    expect([version, changedIn, customerErased]).toEqual([4, 4, true]);
  });

  test.each(Object.entries(NEEDED))(
    'H6: an order that still needs its customer keeps them: %s',
    (_, [needed, reason]) => {
      expect(decided(needed, erase())).toMatchObject({ kind: 'refuse', reason });
    },
  );

  test('H6: what waits for the customer keeps them', () => {
    const closed = order('captured_transmitted', paid);
    for (const waiting of ['attention_open', 'mail_waiting'] as const) {
      expect(decided(closed, erase(waiting))).toMatchObject({ kind: 'refuse', reason: waiting });
    }
  });

  test('H6: nothing that needs the customer is done after it, and money can still move', () => {
    const erased = order('captured_transmitted', { ...paid, customerErased: true });
    const shipment = { destination: 0, shippedOn: TODAY } as const;
    const ship = { kind: 'ship', shipments: [shipment], complete: true, mail: 'auto' } as const;
    for (const command of [ship, { kind: 'request_cancel', message: '' }] as const) {
      expect(decided(erased, command)).toMatchObject({ reason: 'customer_erased' });
    }
    expect(decided(erased, { kind: 'unmark_paid', refund: true })).toMatchObject({
      kind: 'pursue',
      goal: 'cancelled',
    });
  });

  test('H6: the first entry of a journal is the same as before there were erasures', () => {
    const first = { ...order('authorized'), version: 1, changedIn: 1 };
    const told = placedOf(first);
    expect(told).not.toHaveProperty('customerErased');
    expect(replay([{ kind: 'order_placed', order: told }])).toEqual(first);
  });
});
