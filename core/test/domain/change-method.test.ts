import { describe, expect, test } from 'vitest';
import { readTable, wordOf } from '../../../test/kit/table.ts';
import { applyEvent } from '../../src/domain/order/events.ts';
import type { Order } from '../../src/domain/order/order.ts';
import {
  keysOf,
  ORDER_STATUS,
  PAYMENT_KIND,
  type PaymentKind,
} from '../../src/domain/order/states.ts';
import { methodsFor } from '../../src/domain/rules/change-method.ts';
import { BOX_WORDS, decisionOf, KINDS, LINK_WORDS, orderOf } from './order-words.ts';
import { decided } from './orders.ts';

function command(paymentKind: PaymentKind, cancelTransaction: boolean, method?: string) {
  const paymentMethod = method ?? PAYMENT_KIND[paymentKind].ja;
  return { kind: 'change_method', paymentKind, paymentMethod, cancelTransaction } as const;
}

const TABLE = readTable(
  `
  order                          | to               | box | link → outcome

  # P1: 0円 becomes 決済不要; with the box on, a held or captured amount is cancelled first
  0                              | none             | on  | on   → pursue cancelled 9,115
  0 captured_untransmitted       | none             | on  | on   → pursue cancelled 9,115
  0 captured_transmitted         | none             | on  | on   → pursue cancelled 9,115
  # P1: 決済不要 is for 0円 only
  -                              | none             | on  | on   → billed_not_zero
  1                              | none             | off | on   → billed_not_zero
  # P1: the box needs another kind of method
  -                              | card_fregi       | on  | on   → cancel_needs_other_method
  # P2: with the box off F-REGI is left alone, and the record says whether anything is left there
  0                              | none             | off | on   → record left_alone
  captured_transmitted paid      | bank_transfer    | off | on   → record left_alone
  voided                         | bank_transfer    | off | on   → record nothing_to_cancel
  capture_failed                 | bank_transfer    | off | on   → record nothing_to_cancel
  # P3: a card order can be given another method, and no order can be given a card
  -                              | bank_transfer    | off | on   → record left_alone
  bank_transfer                  | cash_on_delivery | off | on   → record not_concerned
  bank_transfer                  | card_fregi       | off | on   → no_way_to_card
  none 0                         | card_fregi       | off | on   → no_way_to_card
  -                              | apple_pay_fregi  | on  | on   → no_way_to_card
  apple_pay_fregi                | card_fregi       | off | on   → no_way_to_card
  # P3: the method is edited until the order is cancelled, returned or uncollectible
  preorder preorder_unauthorized | bank_transfer    | on  | on   → record nothing_to_cancel
  on_hold                        | bank_transfer    | on  | on   → pursue cancelled 9,115
  cancelled                      | bank_transfer    | off | on   → status_not_editable
  returned                       | bank_transfer    | off | on   → status_not_editable
  uncollectible                  | bank_transfer    | off | on   → status_not_editable
  # C4: an order in 処理済み is voided as well
  completed                      | bank_transfer    | on  | on   → pursue cancelled 9,115
  # V2: F-REGI's amount is cancelled, whatever the order bills
  12,000                         | bank_transfer    | on  | on   → pursue cancelled 9,115
  held=8,000                     | bank_transfer    | on  | on   → pursue cancelled 8,000
  # V5: with nothing to cancel, the method changes without a call
  voided                         | bank_transfer    | on  | on   → record nothing_to_cancel
  refunded_untransmitted         | bank_transfer    | on  | on   → record nothing_to_cancel
  authorization_failed           | bank_transfer    | on  | on   → record nothing_to_cancel
  bank_transfer                  | postal_transfer  | on  | on   → record nothing_to_cancel
  # S1: with the link off nothing can be cancelled, but the method can be changed
  0                              | none             | on  | off  → link_off
  0                              | none             | off | off  → record left_alone
  voided                         | bank_transfer    | on  | off  → record nothing_to_cancel
  `,
  {
    order: orderOf,
    to: wordOf(KINDS),
    box: wordOf(BOX_WORDS),
    link: wordOf(LINK_WORDS),
    outcome: String,
  },
);

describe('内容編集: the payment method', () => {
  for (const { title, order, to, box, link, outcome } of TABLE) {
    test(title, () => {
      expect(decisionOf(order, command(to, box), link)).toBe(outcome);
    });
  }

  test('P3: the very same method is no change; another wording of the shop is one', () => {
    const order = orderOf('card_fregi');
    expect(decisionOf(order, command('card_fregi', false))).toBe('method_unchanged');
    expect(decisionOf(order, command('card_fregi', false, 'カード'))).toBe('record not_told');
  });

  test('P1, V3: with the box on the method changes only after F-REGI’s success', () => {
    expect(decided(orderOf('0'), command('none', true))).toMatchObject({
      goal: 'cancelled',
      afterwards: { kind: 'payment_method_changed', paymentKind: 'none', gateway: 'cancelled' },
    });
  });

  test('A4: a paid order that is refunded is 未入金 again, to be billed otherwise', () => {
    const order = orderOf('captured_transmitted paid');
    const decision = decided(order, command('bank_transfer', true));
    if (decision.kind !== 'pursue' || decision.afterwards === null) throw new Error('not pursued');
    expect(applyEvent(order, decision.afterwards)).toMatchObject({
      paidOn: null,
      paymentKind: 'bank_transfer',
    });
  });

  test('P2: a paid order whose capture stays is still paid', () => {
    const order = orderOf('captured_transmitted paid');
    const decision = decided(order, command('bank_transfer', false));
    if (decision.kind !== 'record') throw new Error('not recorded');
    expect(applyEvent(order, decision.event).paidOn).toBe(order.paidOn);
  });

  test('P1, P3: the screen lists exactly the accepted methods', () => {
    const accepts = (order: Order, kind: PaymentKind) =>
      decided(order, command(kind, false)).kind !== 'refuse';
    for (const status of keysOf(ORDER_STATUS)) {
      for (const words of [status, `${status} 0`, `${status} bank_transfer`]) {
        const order = orderOf(words);
        const others = keysOf(PAYMENT_KIND).filter((kind) => kind !== order.paymentKind);
        expect(methodsFor(order)).toEqual(others.filter((kind) => accepts(order, kind)));
      }
    }
  });
});
