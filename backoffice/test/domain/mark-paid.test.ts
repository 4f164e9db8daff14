import { describe, expect, test } from 'vitest';
import type { CommandOf } from '../../src/domain/command.ts';
import type { Order } from '../../src/domain/order.ts';
import { keysOf, ORDER_STATUS, PAYMENT_KIND, TRANSACTION_STATE } from '../../src/domain/states.ts';
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

type Options = Partial<CommandOf<'mark_paid'>>;

function pay(order: Order, options: Options = {}, link = LINK_ON) {
  const plain = {
    paidOn: '2026-11-14',
    mail: 'auto',
    withoutGateway: false,
    from: 'detail',
  } as const;
  return decided(order, { kind: 'mark_paid', ...plain, ...options }, link);
}

describe('未入金 → 入金済', () => {
  test.each(keysOf(TRANSACTION_STATE))(
    'C1, C5: from %s: captured, or recorded without F-REGI',
    (state) => {
      const linkable = state === 'authorized';
      expect(outcomeOf(pay(orderIn(state)))).toBe(
        linkable ? 'pursue captured' : 'gateway_not_linkable',
      );
      expect(outcomeOf(pay(orderIn(state), { withoutGateway: true }))).toBe(
        linkable ? 'gateway_linkable' : 'record order_marked_paid',
      );
    },
  );

  test.each([
    ['captured_untransmitted', 'already_captured'],
    ['captured_transmitted', 'already_captured'],
    ['voided', 'already_voided'],
    ['refunded_untransmitted', 'already_refunded'],
    ['refunded_transmitted', 'already_refunded'],
    ['authorization_failed', 'not_authorized'],
    ['capture_failed', 'not_authorized'],
    ['validated_unauthorized', 'not_authorized'],
  ] as const)('C6: %s is said to be %s', (state, because) => {
    expect(pay(orderIn(state), { from: 'unpaid_list' })).toMatchObject({ kind: 'refuse', because });
  });

  test.each([
    [0, 'amount_zero'],
    [1, 'amount_one'],
    [2, 'pursue captured'],
    [9_999_999, 'pursue captured'],
    [10_000_000, 'amount_too_large'],
  ])('C3: a billed amount of %d: %s', (amount, outcome) => {
    expect(outcomeOf(pay(billed(amount)))).toBe(outcome);
  });

  test('C2: F-REGI is told the billed amount', () => {
    expect(pay(billed(12_000))).toMatchObject({ goal: 'captured', amount: 12_000 });
  });

  test('C4: or, if so chosen, what is authorized is captured as it is', () => {
    expect(pay(billed(12_000), { amount: 'authorized' })).toMatchObject({
      goal: 'captured',
      amount: 9_115,
    });
    expect(outcomeOf(pay(billed(0), { amount: 'authorized' }))).toBe('amount_zero');
  });

  test.each(keysOf(ORDER_STATUS))('L2, C7: in %s', (status) => {
    const inList = status === 'processing';
    const inDetail = ['processing', 'on_hold', 'completed'].includes(status);
    const order = cardOrder({ status });
    const refused = status === 'preorder' ? 'preorder_not_payable' : 'status_not_payable';
    const outcome = (ok: boolean) => (ok ? 'pursue captured' : refused);
    expect(outcomeOf(pay(order, { from: 'unpaid_list' }))).toBe(outcome(inList));
    expect(outcomeOf(pay(order))).toBe(outcome(inDetail));
  });

  test.each([
    ['cancelled', 'voided', 'order_closed'],
    ['returned', 'refunded_untransmitted', 'order_closed'],
    ['uncollectible', 'refunded_transmitted', 'order_closed'],
    ['cancelled', 'authorized', 'status_not_payable'],
  ] as const)('V7: %s with a transaction that is %s: %s', (status, state, outcome) => {
    const { transaction } = cardOrder();
    const order = cardOrder({ status, transaction: transaction && { ...transaction, state } });
    expect(outcomeOf(pay(order))).toBe(outcome);
  });

  test.each(keysOf(PAYMENT_KIND).filter((kind) => !PAYMENT_KIND[kind].linked))(
    'C11, L2: %s is marked by hand, without a call',
    (paymentKind) => {
      expect(pay(bankOrder({ paymentKind }))).toMatchObject({
        event: { kind: 'order_marked_paid', gateway: 'not_concerned' },
      });
    },
  );

  test('C1: Apple Pay(F-REGI) is captured as a card is', () => {
    expect(outcomeOf(pay(cardOrder({ paymentKind: 'apple_pay_fregi' })))).toBe('pursue captured');
  });

  test('S1, C11: with the link off a card order is recorded, and says that F-REGI was not told', () => {
    expect(pay(cardOrder(), {}, LINK_OFF)).toMatchObject({ event: { gateway: 'not_told' } });
  });

  test.each([
    ['2026-11-13', 'pursue captured'],
    ['2026-11-14', 'pursue captured'],
    ['2026-11-15', 'paid_on_in_future'],
  ])('C9: paid on %s, today being the 14th: %s', (paidOn, outcome) => {
    expect(outcomeOf(pay(cardOrder(), { paidOn }))).toBe(outcome);
  });

  test('C1: what is paid is not paid again', () => {
    expect(outcomeOf(pay(cardOrder({ paidOn: '2026-11-12' })))).toBe('already_paid');
  });
});

describe('入金日取消', () => {
  const paid = { paidOn: '2026-11-12' };

  test.each([
    ['captured_untransmitted', 'left_alone'],
    ['captured_transmitted', 'left_alone'],
    ['refunded_transmitted', 'not_concerned'],
  ] as const)('U1: %s: unpaid again, F-REGI is not called: %s', (state, gateway) => {
    expect(decided(orderIn(state, paid), { kind: 'unmark_paid' })).toMatchObject({
      event: { kind: 'order_unmarked_paid', gateway },
    });
  });

  test('U1: the refund is an explicit choice, and comes first', () => {
    const order = orderIn('captured_transmitted', paid);
    expect(decided(order, { kind: 'unmark_paid', refund: true })).toMatchObject({
      goal: 'cancelled',
      amount: 9_115,
      afterwards: { kind: 'order_unmarked_paid', gateway: 'cancelled' },
    });
  });

  test.each([
    ['U1: not paid', cardOrder(), 'not_paid', LINK_ON],
    ['U1: nothing to refund', bankOrder(paid), 'nothing_to_cancel', LINK_ON],
    ['U1: refunded already', orderIn('refunded_untransmitted', paid), 'nothing_to_cancel', LINK_ON],
    ['S1: the link is off', orderIn('captured_transmitted', paid), 'link_off', LINK_OFF],
  ] as const)('%s: no refund', (_name, order, reason, link) => {
    expect(outcomeOf(decided(order, { kind: 'unmark_paid', refund: true }, link))).toBe(reason);
  });

  test('U2: after it, another amount and 入金済 again: never silently', () => {
    const unmarked = billed(12_000, orderIn('captured_transmitted'));
    expect(pay(unmarked)).toMatchObject({
      reason: 'gateway_not_linkable',
      because: 'already_captured',
    });
    expect(pay(unmarked, { withoutGateway: true })).toMatchObject({
      event: { gateway: 'not_told' },
    });
  });
});

describe('what was left at F-REGI', () => {
  const cancel = (order: Order, link = LINK_ON) =>
    outcomeOf(decided(order, { kind: 'cancel_transaction' }, link));

  test.each([
    [
      'V4: after a change of status with the box off',
      cardOrder({ status: 'cancelled' }),
      'pursue cancelled',
    ],
    [
      'V4: 返品, captured',
      orderIn('captured_transmitted', { status: 'returned' }),
      'pursue cancelled',
    ],
    [
      'P2: after a change of method with the box off',
      cardOrder({ paymentKind: 'bank_transfer' }),
      'pursue cancelled',
    ],
    ['U1: after 入金日取消 without a refund', orderIn('captured_transmitted'), 'pursue cancelled'],
    ['V1: an authorization that the order lives on', cardOrder(), 'transaction_in_use'],
    [
      'V1: a capture that it is paid by',
      orderIn('captured_transmitted', { paidOn: '2026-11-12' }),
      'transaction_in_use',
    ],
    ['V5: nothing live', orderIn('voided', { status: 'cancelled' }), 'nothing_to_cancel'],
    ['V5: nothing at all', bankOrder({ status: 'cancelled' }), 'nothing_to_cancel'],
  ] as const)('%s: %s', (_name, order, outcome) => {
    expect(cancel(order)).toBe(outcome);
  });

  test('S1: not with the link off', () => {
    expect(cancel(cardOrder({ status: 'cancelled' }), LINK_OFF)).toBe('link_off');
  });

  test('B3: an authorization is asked for where there is none, and a card is registered', () => {
    const ask = { kind: 'authorize', cardToken: null } as const;
    const order = orderIn('validated_unauthorized');
    const held = order.transaction;
    const registered = {
      ...order,
      transaction: held && { ...held, customerId: 'C-1', amount: yen(0) },
    };
    expect(outcomeOf(decided(registered, ask))).toBe('pursue authorized');
    expect(outcomeOf(decided(order, ask))).toBe('no_card_registered');
    expect(outcomeOf(decided(cardOrder(), ask))).toBe('already_authorized');
  });
});
