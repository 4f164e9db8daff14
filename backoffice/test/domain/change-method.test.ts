import { describe, expect, test } from 'vitest';
import { applyEvent } from '../../src/domain/events.ts';
import type { Order } from '../../src/domain/order.ts';
import { methodsFor } from '../../src/domain/rules/change-method.ts';
import { keysOf, ORDER_STATUS, PAYMENT_KIND, type PaymentKind } from '../../src/domain/states.ts';
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

function change(order: Order, paymentKind: PaymentKind, cancelTransaction = false, link = LINK_ON) {
  const paymentMethod = PAYMENT_KIND[paymentKind].ja;
  return decided(
    order,
    { kind: 'change_method', paymentKind, paymentMethod, cancelTransaction },
    link,
  );
}

describe('内容編集: the payment method', () => {
  test.each([
    [
      'P1: 0円, the box on: what is authorized is voided first',
      billed(0),
      'none',
      true,
      'pursue cancelled',
    ],
    [
      'P1: 0円, the box on: what is captured is refunded first',
      billed(0, orderIn('captured_transmitted')),
      'none',
      true,
      'pursue cancelled',
    ],
    ['P1: 決済不要 is for 0円 only', cardOrder(), 'none', true, 'billed_not_zero'],
    [
      'P2: the box off: the method changes, F-REGI is left alone',
      billed(0),
      'none',
      false,
      'record payment_method_changed',
    ],
    [
      'P3: from a card to another method',
      cardOrder(),
      'bank_transfer',
      false,
      'record payment_method_changed',
    ],
    ['P3: a card is no way back', bankOrder(), 'card_fregi', false, 'no_way_to_card'],
    [
      'P3: nor is it from one card to another',
      cardOrder(),
      'apple_pay_fregi',
      true,
      'no_way_to_card',
    ],
    [
      'V5: nothing to cancel: the method changes without a call',
      orderIn('voided'),
      'bank_transfer',
      true,
      'record payment_method_changed',
    ],
    [
      'V5: neither after a failed authorization',
      orderIn('authorization_failed'),
      'bank_transfer',
      true,
      'record payment_method_changed',
    ],
    [
      'C4: from 処理済み as well',
      cardOrder({ status: 'completed' }),
      'bank_transfer',
      true,
      'pursue cancelled',
    ],
    [
      'P3: a cancelled order is not edited',
      cardOrder({ status: 'cancelled' }),
      'bank_transfer',
      false,
      'status_not_editable',
    ],
    [
      'P3: the very same method is no change',
      { ...cardOrder(), paymentMethod: PAYMENT_KIND.card_fregi.ja },
      'card_fregi',
      false,
      'method_unchanged',
    ],
    [
      'P1: the box needs another kind',
      cardOrder(),
      'card_fregi',
      true,
      'cancel_needs_other_method',
    ],
    [
      'P3: the shop’s words alone may change',
      cardOrder(),
      'card_fregi',
      false,
      'record payment_method_changed',
    ],
  ] as const)('%s', (_name, order, kind, box, outcome) => {
    expect(outcomeOf(change(order, kind, box))).toBe(outcome);
  });

  test('P1, V3: with the box on the method is changed only after F-REGI’s success', () => {
    expect(change(billed(0), 'none', true)).toMatchObject({
      goal: 'cancelled',
      afterwards: { kind: 'payment_method_changed', paymentKind: 'none', gateway: 'cancelled' },
    });
  });

  test('P2: the record says whether money is left at F-REGI', () => {
    const gatewayOf = (order: Order) => change(order, 'bank_transfer');
    expect(gatewayOf(cardOrder())).toMatchObject({ event: { gateway: 'left_alone' } });
    expect(gatewayOf(orderIn('voided'))).toMatchObject({ event: { gateway: 'not_concerned' } });
  });

  test('S1: with the link off nothing can be cancelled, but the method can be changed', () => {
    expect(outcomeOf(change(billed(0), 'none', true, LINK_OFF))).toBe('link_off');
    expect(outcomeOf(change(billed(0), 'none', false, LINK_OFF))).toBe(
      'record payment_method_changed',
    );
  });

  test('A4: a paid order that is refunded is 未入金 again, to be billed otherwise', () => {
    const order = orderIn('captured_transmitted', { paidOn: '2026-11-12' });
    const decision = change(order, 'bank_transfer', true);
    if (decision.kind !== 'pursue' || decision.afterwards === null) throw new Error('not pursued');
    expect(applyEvent(order, decision.afterwards)).toMatchObject({
      paidOn: null,
      paymentKind: 'bank_transfer',
    });
  });

  test('P2: a paid order whose capture stays is still paid', () => {
    const order = orderIn('captured_transmitted', { paidOn: '2026-11-12' });
    const decision = change(order, 'bank_transfer', false);
    if (decision.kind !== 'record') throw new Error('not recorded');
    expect(applyEvent(order, decision.event).paidOn).toBe('2026-11-12');
  });

  test('P1, P3: what the screen lists is what is accepted', () => {
    for (const status of keysOf(ORDER_STATUS)) {
      for (const order of [
        cardOrder({ status }),
        billed(0, cardOrder({ status })),
        bankOrder({ status }),
      ]) {
        for (const kind of keysOf(PAYMENT_KIND).filter((each) => each !== order.paymentKind)) {
          const accepted = change(order, kind).kind !== 'refuse';
          expect(methodsFor(order).includes(kind)).toBe(accepted);
        }
      }
    }
  });
});
