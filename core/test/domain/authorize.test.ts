import { expect, test } from 'vitest';
import { readTable, wordOf } from '../../../test/kit/table.ts';
import { decisionOf, LINK_WORDS, orderOf } from './order-words.ts';

const TABLE = readTable(
  `
  order                                        | by    | link → outcome

  # B2, B3: the billed amount is authorized, by the registered card or by a token
  preorder_unauthorized registered             | card  | on   → pursue authorized 9,115
  validated_unauthorized registered            | card  | on   → pursue authorized 9,115
  validated_unauthorized registered 5,000      | card  | on   → pursue authorized 5,000
  validated_unauthorized                       | token | on   → pursue authorized 9,115
  # B3: with neither a registered card nor a token it is refused
  preorder_unauthorized                        | card  | on   → no_card_registered
  validated_unauthorized                       | card  | on   → no_card_registered
  # C11: an order by another method has no card to authorize, whatever it had before
  preorder_unauthorized registered bank_transfer | card | on   → not_by_card
  validated_unauthorized none 0                | card  | on   → not_by_card
  preorder_unauthorized bank_transfer          | token | on   → not_by_card
  # B3: an authorized order is not authorized again
  authorized registered                        | card  | on   → already_authorized
  authorized registered 12,000                 | card  | on   → already_authorized
  # B4: a transaction that has ended is not authorized anew
  voided registered                            | card  | on   → cannot_reauthorize
  authorization_failed registered              | card  | on   → cannot_reauthorize
  captured_untransmitted registered            | card  | on   → cannot_reauthorize
  captured_transmitted registered              | card  | on   → cannot_reauthorize
  refunded_untransmitted registered            | card  | on   → cannot_reauthorize
  refunded_transmitted registered              | card  | on   → cannot_reauthorize
  capture_failed registered                    | token | on   → cannot_reauthorize
  bank_transfer                                | token | on   → not_by_card
  # C3: 2 to 9,999,999 yen are authorized
  validated_unauthorized registered 0          | card  | on   → amount_zero
  validated_unauthorized registered 1          | card  | on   → amount_one
  validated_unauthorized registered 2          | card  | on   → pursue authorized 2
  validated_unauthorized registered 9,999,999  | card  | on   → pursue authorized 9,999,999
  validated_unauthorized registered 10,000,000 | card  | on   → amount_too_large
  # S1: with the link off nothing is authorized
  validated_unauthorized registered            | card  | off  → link_off
  `,
  {
    order: orderOf,
    by: wordOf({ card: null, token: 'tok_1' }),
    link: wordOf(LINK_WORDS),
    outcome: String,
  },
);

for (const { title, order, by, link, outcome } of TABLE) {
  test(title, () => {
    expect(decisionOf(order, { kind: 'authorize', cardToken: by }, link)).toBe(outcome);
  });
}
