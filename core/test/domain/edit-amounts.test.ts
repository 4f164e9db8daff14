import { describe, expect, test } from 'vitest';
import { readTable, wordOf } from '../../../test/kit/table.ts';
import type { CommandOf } from '../../src/domain/commands/command.ts';
import type { LinkSettings } from '../../src/domain/commands/decision.ts';
import { applyEvent } from '../../src/domain/order/events.ts';
import { billedOf, type Lines, type Order, totalOf } from '../../src/domain/order/order.ts';
import { type Yen, yen } from '../../src/domain/values/yen.ts';
import { LINK_WORDS, orderOf } from './order-words.ts';
import { cardOrder, decided, outcomeOf } from './orders.ts';

type Edit = Partial<CommandOf<'edit_amounts'>>;

function edit(order: Order, command: Edit, link?: LinkSettings) {
  return decided(order, { kind: 'edit_amounts', amounts: {}, ...command }, link);
}

function edited(order: Order, command: Edit): Order {
  const decision = edit(order, command);
  if (decision.kind !== 'record') throw new Error(outcomeOf(decision));
  return applyEvent(order, decision.event);
}

const PEN = { productCode: 'pen-01', name: '万年筆', variation: '', taxRate: 10 } as const;
const lines = (...prices: number[]): Lines => [
  prices.map((price) => ({ ...PEN, quantity: 1, unitPrice: yen(price) })),
];

const FIELDS = [
  'items',
  'shipping',
  'paymentFee',
  'pointsUsed',
  'couponDiscount',
  'discount',
] as const;

/**
 * Reads an edit in words: `shipping=0 discount=100` sets amounts, `lines=9,350` or
 * `lines=1,000+250` the products of the one destination, `lines=1/1` those of two; `captured` also
 * changes the captured amount at F-REGI. `-` edits nothing. Throws at an unknown word.
 */
function editOf(cell: string): Edit {
  const amounts: Partial<Record<(typeof FIELDS)[number], Yen>> = {};
  let rest: Edit = {};
  for (const word of cell === '-' ? [] : cell.replaceAll(',', '').split(' ')) {
    const [name, value = ''] = word.split('=');
    const field = FIELDS.find((known) => known === name);
    if (field !== undefined) amounts[field] = yen(Number(value));
    else if (name === 'captured') rest = { ...rest, changeCaptured: true };
    else if (name === 'lines') rest = { ...rest, lines: linesOf(value) };
    else throw new Error(`unknown word “${word}” of an edit`);
  }
  return { amounts, ...rest };
}

function linesOf(text: string): Lines {
  return text.split('/').flatMap((prices) => lines(...prices.split('+').map(Number)));
}

/**
 * The reason of a refusal; or `bills` and the billed amount afterwards, and whether F-REGI is told.
 */
function resultOf(order: Order, command: Edit, link: LinkSettings): string {
  const decision = edit(order, command, link);
  if (decision.kind === 'refuse') return decision.reason;
  const event = decision.kind === 'record' ? decision.event : decision.afterwards;
  if (event?.kind !== 'amounts_edited') throw new Error('no edit of amounts');
  const bills = `bills ${billedOf(applyEvent(order, event).amounts).toLocaleString('en')}`;
  if (decision.kind === 'record') return bills;
  expect(decision.amount).toBe(billedOf(event.amounts));
  return `${decision.goal}, then ${bills}`;
}

/** The plain order: products 9,350 + shipping 500 − points 735 = 9,115 yen. */
const TABLE = readTable(
  `
  order                                   | edit                                      | link → outcome

  # A1: while 未入金 amounts are edited, and F-REGI is not told
  -                                       | -                                         | on   → bills 9,115
  -                                       | shipping=800 discount=100                 | on   → bills 9,315
  -                                       | paymentFee=330                            | on   → bills 9,445
  -                                       | shipping=800                              | off  → bills 9,415
  captured_transmitted                    | shipping=0                                | on   → bills 8,615
  bank_transfer                           | shipping=0                                | on   → bills 8,615
  preorder preorder_unauthorized          | shipping=0                                | on   → bills 8,615
  on_hold                                 | shipping=0                                | on   → bills 8,615
  completed                               | shipping=0                                | on   → bills 8,615
  # A1: 商品合計金額 is the sum of the products
  -                                       | lines=1,000+250                           | on   → bills 1,015
  -                                       | lines=1,000+250 items=1,250               | on   → bills 1,015
  -                                       | lines=1 items=3                           | on   → items_differ
  # A1: the products of every destination are given, or none
  -                                       | lines=1/1                                 | on   → destinations_differ
  # A1: deductions do not exceed the total
  -                                       | discount=9,115                            | on   → bills 0
  -                                       | discount=9,116                            | on   → deductions_exceed_total
  -                                       | couponDiscount=10,000                     | on   → deductions_exceed_total
  -                                       | discount=99,999,999 pointsUsed=99,999,999 | on   → deductions_exceed_total
  # A1: no total and no product is larger than 99,999,999 yen
  -                                       | items=99,999,499                          | on   → bills 99,999,264
  -                                       | items=99,999,500                          | on   → total_too_large
  -                                       | items=99,999,999                          | on   → total_too_large
  -                                       | lines=99,999,999+1                        | on   → total_too_large
  # C3: an edit may lead to 0円 and 1円, and the capture then says what to do
  9,115                                   | items=0                                   | on   → bills 0
  9,115                                   | items=1                                   | on   → bills 1
  9,115                                   | items=10,000,000                          | on   → bills 10,000,000
  # V8: for postage only the products go to 0円 and the postage stays
  -                                       | items=0 pointsUsed=0                      | on   → bills 500
  # V6: used points cannot be edited after they were given back
  on_hold points_back                     | pointsUsed=0                              | on   → points_already_returned
  on_hold points_back                     | pointsUsed=734                            | on   → points_already_returned
  on_hold points_back                     | pointsUsed=735                            | on   → bills 9,115
  # V7: a cancelled, returned or uncollectible order is not edited
  cancelled                               | -                                         | on   → status_not_editable
  returned                                | -                                         | on   → status_not_editable
  uncollectible                           | -                                         | on   → status_not_editable
  # U1: a paid order of another kind is made unpaid first
  bank_transfer paid                      | -                                         | on   → unmark_paid_first
  bank_transfer paid                      | shipping=0                                | on   → unmark_paid_first

  # A3: the billed amount of a paid card order is fixed
  captured_transmitted paid               | -                                         | on   → paid_amount_fixed
  captured_transmitted paid               | shipping=0                                | on   → paid_amount_fixed
  authorized paid                         | shipping=0                                | on   → paid_amount_fixed
  voided paid                             | shipping=0                                | on   → paid_amount_fixed
  # A3: only an amount changed at the console is recorded
  captured_transmitted paid held=8,615    | shipping=0                                | on   → bills 8,615
  captured_transmitted paid held=8,615    | shipping=1                                | on   → paid_amount_fixed
  # A3: products may be exchanged if the billed amount stays
  captured_transmitted paid               | lines=9,000+350                           | on   → bills 9,115
  captured_transmitted paid               | lines=9,000+351                           | on   → paid_amount_fixed
  # A3: amounts and captured amount change as one operation, F-REGI first
  captured_transmitted paid               | shipping=0 captured                       | on   → adjusted, then bills 8,615
  captured_untransmitted paid             | shipping=900 captured                     | on   → adjusted, then bills 9,515
  # A3: the captured amount is changed only for a paid, captured card order
  captured_transmitted                    | shipping=0 captured                       | on   → not_paid_by_card
  authorized paid                         | shipping=0 captured                       | on   → not_paid_by_card
  bank_transfer paid                      | shipping=0 captured                       | on   → not_paid_by_card
  bank_transfer captured_transmitted paid | shipping=0 captured                       | on   → not_paid_by_card
  # A3: the same amount is no change of the captured amount
  captured_transmitted paid               | captured                                  | on   → captured_amount_same
  # C3: a captured amount is changed to 2 to 9,999,999 yen
  captured_transmitted paid               | items=235 captured                        | on   → amount_zero
  captured_transmitted paid               | items=236 captured                        | on   → amount_one
  captured_transmitted paid               | items=237 captured                        | on   → adjusted, then bills 2
  captured_transmitted paid               | items=10,000,235 captured                 | on   → amount_too_large
  # S1: with the link off no captured amount is changed
  captured_transmitted paid               | shipping=0 captured                       | off  → link_off
  `,
  { order: orderOf, edit: editOf, link: wordOf(LINK_WORDS), outcome: String },
);

describe('商品・送料・手数料編集, 決済・ポイント利用額編集', () => {
  for (const { title, order, edit: wanted, link, outcome } of TABLE) {
    test(title, () => {
      expect(resultOf(order, wanted, link)).toBe(outcome);
    });
  }

  test('A1: an omitted field stays, and F-REGI is not told', () => {
    const order = edited(cardOrder(), { amounts: { shipping: yen(800), discount: yen(100) } });
    expect(order.amounts).toMatchObject({ items: 9_350, shipping: 800, pointsUsed: 735 });
    expect(billedOf(order.amounts)).toBe(9_315);
    expect(order.transaction).toEqual(cardOrder({ transaction: order.transaction }).transaction);
  });

  test('A1: 商品合計金額 is the sum of the products', () => {
    const order = edited(cardOrder(), { lines: lines(1_000, 250) });
    expect(order.amounts.items).toBe(1_250);
    expect(order.lines).toEqual(lines(1_000, 250));
  });

  test('A1: the total contains all fees', () => {
    const amounts = {
      paymentFee: yen(330),
      wrapping: yen(220),
      coolFee: yen(440),
      otherFee: yen(1),
    };
    expect(totalOf(edited(cardOrder(), { amounts }).amounts)).toBe(9_850 + 991);
  });

  test('A1: the price of a product counts as often as it is ordered', () => {
    const three: Lines = [[{ ...PEN, quantity: 3, unitPrice: yen(400) }]];
    expect(edited(cardOrder(), { lines: three }).amounts.items).toBe(1_200);
  });

  test('A3: amounts and captured amount change as one operation, F-REGI first', () => {
    expect(edit(orderOf('captured_transmitted paid'), editOf('shipping=0 captured'))).toMatchObject(
      {
        goal: 'adjusted',
        amount: 8_615,
        afterwards: { kind: 'amounts_edited', amounts: { shipping: 0 } },
      },
    );
  });
});
