import { describe, expect, test } from 'vitest';
import type { CommandOf } from '../../src/domain/command.ts';
import { applyEvent } from '../../src/domain/events.ts';
import { billedOf, type Lines, type Order, totalOf } from '../../src/domain/order.ts';
import { YEN_MAX, yen } from '../../src/domain/yen.ts';
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

type Edit = Partial<CommandOf<'edit_amounts'>>;

function edit(order: Order, command: Edit, link = LINK_ON) {
  return decided(order, { kind: 'edit_amounts', amounts: {}, ...command }, link);
}

function edited(order: Order, command: Edit): Order {
  const decision = edit(order, command);
  if (decision.kind !== 'record') throw new Error(outcomeOf(decision));
  return applyEvent(order, decision.event);
}

const PEN = { productCode: 'pen-01', name: '万年筆', variation: '', taxRate: 10 } as const;
const lines = (...prices: number[]): Lines => [
  prices.map((price) => ({ ...PEN, quantity: 2, unitPrice: yen(price) })),
];

describe('商品・送料・手数料編集, 決済・ポイント利用額編集', () => {
  test('A1: what is left out stays; F-REGI is not told', () => {
    const order = edited(cardOrder(), { amounts: { shipping: yen(800), discount: yen(100) } });
    expect(order.amounts).toMatchObject({ items: 9_350, shipping: 800, pointsUsed: 735 });
    expect(billedOf(order.amounts)).toBe(9_350 + 800 - 735 - 100);
    expect(order.transaction).toEqual(cardOrder({ transaction: order.transaction }).transaction);
  });

  test('A1: 商品合計金額 is the sum of the products', () => {
    const order = edited(cardOrder(), { lines: lines(1_000, 250) });
    expect(order.amounts.items).toBe(2_500);
    expect(order.lines).toEqual(lines(1_000, 250));
  });

  test('A1: the fees are all a part of the total', () => {
    const amounts = {
      paymentFee: yen(330),
      wrapping: yen(220),
      coolFee: yen(440),
      otherFee: yen(1),
    };
    expect(totalOf(edited(cardOrder(), { amounts }).amounts)).toBe(9_850 + 991);
  });

  test('C3: 0円 and 1円 can be edited to; the capture then says what to do', () => {
    for (const amount of [0, 1]) {
      const order = edited(billed(9_115), { amounts: { items: yen(amount) } });
      expect(billedOf(order.amounts)).toBe(amount);
    }
  });

  test('V8: postage only: the products to 0円, the postage stays, and it is captured', () => {
    const order = edited(cardOrder(), { amounts: { items: yen(0), pointsUsed: yen(0) } });
    expect(billedOf(order.amounts)).toBe(500);
  });

  test.each([
    [
      'A1: more taken off than there is',
      cardOrder(),
      { amounts: { discount: yen(10_000) } },
      'deductions_exceed_total',
    ],
    [
      'A1: deductions beyond any sum',
      cardOrder(),
      { amounts: { discount: yen(YEN_MAX), pointsUsed: yen(YEN_MAX) } },
      'deductions_exceed_total',
    ],
    [
      'A1: a total that is too large',
      cardOrder(),
      { amounts: { items: yen(YEN_MAX) } },
      'total_too_large',
    ],
    ['A1: products that are too dear', cardOrder(), { lines: lines(YEN_MAX) }, 'total_too_large'],
    [
      'A1: products of another number of destinations',
      cardOrder(),
      { lines: [...lines(1), ...lines(1)] },
      'destinations_differ',
    ],
    [
      'A1: items that are not the products',
      cardOrder(),
      { lines: lines(1), amounts: { items: yen(3) } },
      'items_differ',
    ],
    [
      'V6: points that were given back',
      cardOrder({ status: 'on_hold', pointsReturned: yen(735) }),
      { amounts: { pointsUsed: yen(0) } },
      'points_already_returned',
    ],
    [
      'V7: a cancelled order is not edited',
      cardOrder({ status: 'cancelled' }),
      { amounts: {} },
      'status_not_editable',
    ],
    [
      'A3: a paid card order is fixed',
      orderIn('captured_transmitted', { paidOn: '2026-11-12' }),
      { amounts: {} },
      'paid_amount_fixed',
    ],
    [
      'U1: a paid order of another kind',
      bankOrder({ paidOn: '2026-11-12' }),
      { amounts: {} },
      'unmark_paid_first',
    ],
  ] as const)('%s: %s', (_name, order, command, reason) => {
    expect(outcomeOf(edit(order, command))).toBe(reason);
  });
});

describe('after 入金済', () => {
  const paid = orderIn('captured_transmitted', { paidOn: '2026-11-12' });
  const less = { amounts: { shipping: yen(0) }, changeCaptured: true };

  test('A3: amounts and captured amount change as one operation, F-REGI first', () => {
    expect(edit(paid, less)).toMatchObject({
      goal: 'adjusted',
      amount: 8_615,
      afterwards: { kind: 'amounts_edited', amounts: { shipping: 0 } },
    });
  });

  test('A3: an amount that was changed at the console is recorded with one action', () => {
    const { transaction } = paid;
    const behind = { ...paid, transaction: transaction && { ...transaction, amount: yen(8_615) } };
    expect(outcomeOf(edit(behind, { amounts: { shipping: yen(0) } }))).toBe(
      'record amounts_edited',
    );
    expect(outcomeOf(edit(behind, { amounts: { shipping: yen(1) } }))).toBe('paid_amount_fixed');
  });

  test('A3: products may be exchanged if the billed amount stays', () => {
    const pens: Lines = [[{ ...PEN, name: '別の万年筆', quantity: 1, unitPrice: yen(9_350) }]];
    expect(outcomeOf(edit(paid, { lines: pens }))).toBe('record amounts_edited');
  });

  test.each([
    ['A3: unpaid', orderIn('captured_transmitted'), less, 'not_paid_by_card', LINK_ON],
    ['A3: not captured', cardOrder({ paidOn: '2026-11-12' }), less, 'not_paid_by_card', LINK_ON],
    [
      'A3: by another method',
      bankOrder({ paidOn: '2026-11-12' }),
      less,
      'not_paid_by_card',
      LINK_ON,
    ],
    [
      'A3: the same amount',
      paid,
      { amounts: {}, changeCaptured: true },
      'captured_amount_same',
      LINK_ON,
    ],
    [
      'C3: to 0円',
      paid,
      { amounts: { items: yen(235) }, changeCaptured: true },
      'amount_zero',
      LINK_ON,
    ],
    [
      'C3: to 1円',
      paid,
      { amounts: { items: yen(236) }, changeCaptured: true },
      'amount_one',
      LINK_ON,
    ],
    ['S1: with the link off', paid, less, 'link_off', LINK_OFF],
  ] as const)('%s: %s', (_name, order, command, reason, link) => {
    expect(outcomeOf(edit(order, command, link))).toBe(reason);
  });
});
