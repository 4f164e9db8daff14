import { describe, expect, test } from 'vitest';
import { readTable, wordOf } from '../../../test/kit/table.ts';
import { decisionOf, LINK_WORDS, orderOf } from './order-words.ts';
import { decided } from './orders.ts';

const TABLE = readTable(
  `
  order                            | refund | link → outcome

  # U1: the order is unpaid again; F-REGI is not called, and the record says whether money is left there
  captured_untransmitted paid      | no     | on   → record left_alone
  captured_transmitted paid        | no     | on   → record left_alone
  authorized paid                  | no     | on   → record left_alone
  refunded_transmitted paid        | no     | on   → record nothing_to_cancel
  bank_transfer paid               | no     | on   → record not_concerned
  captured_transmitted paid        | no     | off  → record left_alone
  # U1: the refund is an explicit choice, for F-REGI's amount
  captured_untransmitted paid      | yes    | on   → pursue cancelled 9,115
  captured_transmitted paid        | yes    | on   → pursue cancelled 9,115
  captured_transmitted paid 12,000 | yes    | on   → pursue cancelled 9,115
  authorized paid                  | yes    | on   → pursue cancelled 9,115
  # U1: an unpaid order cannot be made unpaid
  -                                | yes    | on   → not_paid
  captured_transmitted             | no     | on   → not_paid
  bank_transfer                    | no     | on   → not_paid
  # U1: without a captured or held amount there is no refund
  bank_transfer paid               | yes    | on   → nothing_to_cancel
  refunded_untransmitted paid      | yes    | on   → nothing_to_cancel
  voided paid                      | yes    | on   → nothing_to_cancel
  capture_failed paid              | yes    | on   → nothing_to_cancel
  # S1: with the link off there is no refund
  captured_transmitted paid        | yes    | off  → link_off
  `,
  {
    order: orderOf,
    refund: wordOf({ yes: true, no: false }),
    link: wordOf(LINK_WORDS),
    outcome: String,
  },
);

describe('入金日取消', () => {
  for (const { title, order, refund, link, outcome } of TABLE) {
    test(title, () => {
      expect(decisionOf(order, { kind: 'unmark_paid', refund }, link)).toBe(outcome);
    });
  }

  test('U1: the refund comes first; the order is unpaid after it', () => {
    const order = orderOf('captured_transmitted paid');
    expect(decided(order, { kind: 'unmark_paid', refund: true })).toMatchObject({
      afterwards: { kind: 'order_unmarked_paid', gateway: 'cancelled' },
    });
    expect(decided(order, { kind: 'unmark_paid' })).toMatchObject({
      event: { kind: 'order_unmarked_paid', gateway: 'left_alone' },
    });
  });
});
