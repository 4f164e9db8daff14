import { expect, test } from 'vitest';
import { readTable, wordOf } from '../../../test/kit/table.ts';
import { decisionOf, LINK_WORDS, orderOf } from './order-words.ts';
import { decided } from './orders.ts';

const TABLE = readTable(
  `
  order                         | link → outcome

  # C2: a paid order that is only authorized is captured, for the billed amount
  paid                          | on   → pursue captured 9,115
  paid 12,000                   | on   → pursue captured 12,000
  paid completed                | on   → pursue captured 9,115
  paid apple_pay_fregi          | on   → pursue captured 9,115
  # C1: an order that is not paid is marked paid instead
  -                             | on   → not_paid
  # C5: only a transaction that is 承認済 is captured
  paid captured_untransmitted   | on   → not_authorized
  paid captured_transmitted     | on   → not_authorized
  paid voided                   | on   → not_authorized
  paid refunded_transmitted     | on   → not_authorized
  paid authorization_failed     | on   → not_authorized
  paid capture_failed           | on   → not_authorized
  paid preorder_unauthorized    | on   → not_authorized
  paid validated_unauthorized   | on   → not_authorized
  paid no_transaction           | on   → not_authorized
  # C11: an order of another kind is not captured
  paid bank_transfer            | on   → not_paid_by_card
  paid bank_transfer authorized | on   → not_paid_by_card
  # C3: 2 to 9,999,999 yen are captured
  paid 0                        | on   → amount_zero
  paid 1                        | on   → amount_one
  paid 2                        | on   → pursue captured 2
  paid 9,999,999                | on   → pursue captured 9,999,999
  paid 10,000,000               | on   → amount_too_large
  # S1: with the link off nothing is captured
  paid                          | off  → link_off
  `,
  { order: orderOf, link: wordOf(LINK_WORDS), outcome: String },
);

for (const { title, order, link, outcome } of TABLE) {
  test(title, () => {
    expect(decisionOf(order, { kind: 'capture' }, link)).toBe(outcome);
  });
}

test('C1: the capture of a paid order changes nothing else of it', () => {
  expect(decided(orderOf('paid'), { kind: 'capture' })).toMatchObject({ afterwards: null });
});
