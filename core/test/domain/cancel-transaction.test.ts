import { describe, expect, test } from 'vitest';
import { readTable, wordOf } from '../../../test/kit/table.ts';
import { decisionOf, LINK_WORDS, orderOf, STATES, sightedBeside } from './order-words.ts';

const LEFT = readTable(
  `
  order                                   | link → outcome

  # V4: a transaction left after a change of status can be cancelled
  cancelled authorized                    | on   → pursue cancelled 9,115
  cancelled captured_untransmitted paid   | on   → pursue cancelled 9,115
  returned captured_transmitted           | on   → pursue cancelled 9,115
  uncollectible captured_transmitted      | on   → pursue cancelled 9,115
  on_hold authorized                      | on   → pursue cancelled 9,115
  cancelled held=8,000                    | on   → pursue cancelled 8,000
  # P2: a transaction left after a change of method can be cancelled
  bank_transfer authorized                | on   → pursue cancelled 9,115
  none 0 captured_transmitted             | on   → pursue cancelled 9,115
  bank_transfer captured_transmitted paid | on   → pursue cancelled 9,115
  # U1: a transaction left after 入金日取消 can be cancelled
  captured_untransmitted                  | on   → pursue cancelled 9,115
  captured_transmitted                    | on   → pursue cancelled 9,115
  # V1: the order's own transaction is cancelled only with the order
  authorized                              | on   → transaction_in_use
  completed authorized                    | on   → transaction_in_use
  preorder authorized                     | on   → transaction_in_use
  apple_pay_fregi authorized              | on   → transaction_in_use
  captured_untransmitted paid             | on   → transaction_in_use
  captured_transmitted paid               | on   → transaction_in_use
  # V5: without a live transaction there is nothing to cancel
  cancelled voided                        | on   → nothing_to_cancel
  returned refunded_untransmitted         | on   → nothing_to_cancel
  returned refunded_transmitted           | on   → nothing_to_cancel
  cancelled authorization_failed          | on   → nothing_to_cancel
  cancelled capture_failed                | on   → nothing_to_cancel
  cancelled preorder_unauthorized         | on   → nothing_to_cancel
  cancelled validated_unauthorized        | on   → nothing_to_cancel
  cancelled bank_transfer                 | on   → nothing_to_cancel
  cancelled voided                        | off  → nothing_to_cancel
  # S1: with the link off nothing is cancelled
  cancelled authorized                    | off  → link_off
  authorized                              | off  → link_off
  `,
  { order: orderOf, link: wordOf(LINK_WORDS), outcome: String },
);

const STRAYS = readTable(
  `
  order                       | stray                  | slip  | link → outcome

  # V2: a second transaction of the order's slip is voided or refunded, for the amount that it holds
  captured_untransmitted paid | authorized             | own   | on   → pursue cancelled 8,000
  captured_untransmitted paid | captured_untransmitted | own   | on   → pursue cancelled 8,000
  authorized                  | captured_transmitted   | own   | on   → pursue cancelled 8,000
  cancelled voided            | authorized             | own   | on   → pursue cancelled 8,000
  bank_transfer voided        | authorized             | own   | on   → pursue cancelled 8,000
  # V5: a dead second transaction needs no cancelling
  authorized                  | voided                 | own   | on   → nothing_to_cancel
  authorized                  | refunded_transmitted   | own   | on   → nothing_to_cancel
  authorized                  | authorization_failed   | own   | on   → nothing_to_cancel
  authorized                  | capture_failed         | own   | on   → nothing_to_cancel
  # M5: another order's transaction is not touched
  authorized                  | authorized             | other | on   → other_slip
  bank_transfer               | authorized             | own   | on   → other_slip
  # S1: with the link off no second transaction is cancelled
  authorized                  | captured_transmitted   | own   | off  → link_off
  `,
  {
    order: orderOf,
    stray: wordOf(STATES),
    slip: wordOf({ own: true, other: false }),
    link: wordOf(LINK_WORDS),
    outcome: String,
  },
);

describe('cancelling the transaction that was left at F-REGI', () => {
  for (const { title, order, link, outcome } of LEFT) {
    test(title, () => {
      expect(decisionOf(order, { kind: 'cancel_transaction' }, link)).toBe(outcome);
    });
  }
});

describe('a second transaction under the slip of an order', () => {
  for (const { title, order, stray: state, slip, link, outcome } of STRAYS) {
    test(title, () => {
      const changes = slip ? {} : { slipId: 'another' };
      const stray = sightedBeside(order, state, changes);
      expect(decisionOf(order, { kind: 'cancel_stray', stray }, link)).toBe(outcome);
    });
  }

  test('V1: the transaction that the order is linked to is no stray', () => {
    const order = orderOf('captured_transmitted paid');
    const stray = sightedBeside(order, 'captured_transmitted', {
      seqno: order.transaction?.seqno ?? '',
    });
    expect(decisionOf(order, { kind: 'cancel_stray', stray })).toBe('transaction_in_use');
  });
});
