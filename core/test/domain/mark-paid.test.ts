import { describe, expect, test } from 'vitest';
import { readTable, wordOf } from '../../../test/kit/table.ts';
import type { CommandOf } from '../../src/domain/commands/command.ts';
import { decisionOf, LINK_WORDS, orderOf } from './order-words.ts';
import { decided } from './orders.ts';

type MarkPaid = CommandOf<'mark_paid'>;

/** Paid on the day of the test, 2026-11-14, from the order's page. */
const PLAIN: MarkPaid = {
  kind: 'mark_paid',
  paidOn: '2026-11-14',
  mail: 'auto',
  withoutGateway: false,
  from: 'detail',
};

const HOW = wordOf<Partial<MarkPaid>>({
  detail: { from: 'detail' },
  unpaid_list: { from: 'unpaid_list' },
  confirmation: { from: 'confirmation' },
  no_gateway: { withoutGateway: true },
  as_authorized: { amount: 'authorized' },
  'on_2026-11-13': { paidOn: '2026-11-13' },
  'on_2026-11-14': { paidOn: '2026-11-14' },
  'on_2026-11-15': { paidOn: '2026-11-15' },
});

const TABLE = readTable(
  `
  order                              | how           | link → outcome

  # C1, C2: an authorization is captured for the billed amount
  authorized                         | detail        | on   → pursue captured 9,115
  authorized                         | unpaid_list   | on   → pursue captured 9,115
  12,000                             | detail        | on   → pursue captured 12,000
  5,000                              | unpaid_list   | on   → pursue captured 5,000
  apple_pay_fregi                    | detail        | on   → pursue captured 9,115
  # C1: a paid order is not paid again
  paid                               | detail        | on   → already_paid
  captured_transmitted paid          | no_gateway    | on   → already_paid
  bank_transfer paid                 | detail        | on   → already_paid
  # C4: on request the authorized amount is captured as it is
  12,000                             | as_authorized | on   → pursue captured 9,115
  9,115 held=8,000                   | as_authorized | on   → pursue captured 8,000
  0                                  | as_authorized | on   → amount_zero
  # C5, C6: a transaction that is not 承認済 is not captured, and the reason is told
  captured_untransmitted             | unpaid_list   | on   → gateway_not_linkable already_captured
  captured_transmitted               | unpaid_list   | on   → gateway_not_linkable already_captured
  voided                             | unpaid_list   | on   → gateway_not_linkable already_voided
  refunded_untransmitted             | unpaid_list   | on   → gateway_not_linkable already_refunded
  refunded_transmitted               | unpaid_list   | on   → gateway_not_linkable already_refunded
  authorization_failed               | unpaid_list   | on   → gateway_not_linkable not_authorized
  capture_failed                     | unpaid_list   | on   → gateway_not_linkable not_authorized
  preorder_unauthorized              | unpaid_list   | on   → gateway_not_linkable not_authorized
  validated_unauthorized             | unpaid_list   | on   → gateway_not_linkable not_authorized
  no_transaction                     | detail        | on   → gateway_not_linkable not_authorized
  # C5, U2: a payment can be recorded without F-REGI if a person says so
  captured_untransmitted             | no_gateway    | on   → record not_told
  captured_transmitted 12,000        | no_gateway    | on   → record not_told
  voided                             | no_gateway    | on   → record not_told
  refunded_untransmitted             | no_gateway    | on   → record not_told
  refunded_transmitted               | no_gateway    | on   → record not_told
  authorization_failed               | no_gateway    | on   → record not_told
  capture_failed                     | no_gateway    | on   → record not_told
  preorder_unauthorized              | no_gateway    | on   → record not_told
  validated_unauthorized             | no_gateway    | on   → record not_told
  no_transaction                     | no_gateway    | on   → record not_told
  # C5: a payment that can be captured is not recorded without F-REGI
  authorized                         | no_gateway    | on   → gateway_linkable
  # C3: a card pays 2 to 9,999,999 yen
  0                                  | detail        | on   → amount_zero
  1                                  | detail        | on   → amount_one
  2                                  | detail        | on   → pursue captured 2
  9,999,999                          | detail        | on   → pursue captured 9,999,999
  10,000,000                         | detail        | on   → amount_too_large
  # L2: the unpaid list marks orders in 通常処理 only
  preorder                           | unpaid_list   | on   → preorder_not_payable
  processing                         | unpaid_list   | on   → pursue captured 9,115
  on_hold                            | unpaid_list   | on   → status_not_payable
  completed                          | unpaid_list   | on   → status_not_payable
  cancelled                          | unpaid_list   | on   → status_not_payable
  returned                           | unpaid_list   | on   → status_not_payable
  uncollectible                      | unpaid_list   | on   → status_not_payable
  # C7: the order's page marks orders in 保留 and 処理済み, too
  preorder                           | detail        | on   → preorder_not_payable
  on_hold                            | detail        | on   → pursue captured 9,115
  completed                          | detail        | on   → pursue captured 9,115
  cancelled                          | detail        | on   → status_not_payable
  returned                           | detail        | on   → status_not_payable
  uncollectible                      | detail        | on   → status_not_payable
  # V7: an order whose transaction was cancelled is closed
  cancelled voided                   | detail        | on   → order_closed
  returned refunded_untransmitted    | detail        | on   → order_closed
  uncollectible refunded_transmitted | detail        | on   → order_closed
  cancelled voided bank_transfer     | detail        | on   → status_not_payable
  # C9: an order is paid today or was paid before
  -                                  | on_2026-11-13 | on   → pursue captured 9,115
  -                                  | on_2026-11-14 | on   → pursue captured 9,115
  -                                  | on_2026-11-15 | on   → paid_on_in_future
  bank_transfer                      | on_2026-11-15 | on   → paid_on_in_future
  # C11, L2: an order of another kind is marked by hand, without a call
  bank_transfer                      | detail        | on   → record not_concerned
  postal_transfer                    | unpaid_list   | on   → record not_concerned
  convenience_fregi                  | detail        | on   → record not_concerned
  mobile_edy_fregi                   | detail        | on   → record not_concerned
  cyber_edy_fregi                    | detail        | on   → record not_concerned
  rakuten_bank                       | detail        | on   → record not_concerned
  pay_in_store                       | detail        | on   → record not_concerned
  np_deferred                        | detail        | on   → record not_concerned
  optional_1                         | detail        | on   → record not_concerned
  optional_2                         | detail        | on   → record not_concerned
  optional_3                         | detail        | on   → record not_concerned
  cash_on_delivery                   | detail        | on   → record not_concerned
  none 0                             | detail        | on   → record not_concerned
  bank_transfer 10,000,000           | detail        | on   → record not_concerned
  # C11: a payment that F-REGI confirms is recorded as such, also of a pre-order
  convenience_fregi                  | confirmation  | on   → record confirmed
  convenience_fregi preorder         | confirmation  | on   → record confirmed
  convenience_fregi cancelled        | confirmation  | on   → status_not_payable
  # S1, C11: with the link off a card order is recorded, and says that F-REGI was not told
  authorized                         | detail        | off  → record not_told
  captured_transmitted               | detail        | off  → record not_told
  0                                  | detail        | off  → record not_told
  `,
  { order: orderOf, how: HOW, link: wordOf(LINK_WORDS), outcome: String },
);

describe('未入金 → 入金済', () => {
  for (const { title, order, how, link, outcome } of TABLE) {
    test(title, () => {
      expect(decisionOf(order, { ...PLAIN, ...how }, link)).toBe(outcome);
    });
  }

  test('C8: the payment date and the choice of the mail are kept until after the capture', () => {
    const command: MarkPaid = { ...PLAIN, paidOn: '2026-11-13', mail: 'manual' };
    expect(decided(orderOf('-'), command)).toMatchObject({
      afterwards: {
        kind: 'order_marked_paid',
        paidOn: '2026-11-13',
        mail: 'manual',
        gateway: 'captured',
      },
    });
  });
});
