import { expect, test } from 'vitest';
import type { CommandOf } from '../../src/domain/commands/command.ts';
import { balanceOf, chargeOf } from '../../src/domain/order/balance.ts';
import { applyEvent } from '../../src/domain/order/events.ts';
import { type Order, SETTLEMENTS_MAX } from '../../src/domain/order/order.ts';
import { settleableOf } from '../../src/domain/rules/settle.ts';
import { misfitOf } from '../../src/domain/transaction/redirect.ts';
import { yen } from '../../src/domain/values/yen.ts';
import { bankOrder, billed, decided, LINK_OFF, orderIn, outcomeOf, TODAY } from './orders.ts';

/** O3: an open amount that is settled otherwise than by card. The card paid 9,115 yen. */
function captured(bill: number, changes: Partial<Order> = {}): Order {
  return billed(bill, orderIn('captured_untransmitted', { paidOn: TODAY, ...changes }));
}

function settle(changes: Partial<CommandOf<'settle'>> = {}): CommandOf<'settle'> {
  const how = { by: 'bank_transfer', on: TODAY } as const;
  return { kind: 'settle', direction: 'received', amount: yen(900), ...how, ...changes };
}

/** The order after a command that is recorded at once. */
function after(order: Order, command: Parameters<typeof decided>[1]): Order {
  const decision = decided(order, command);
  if (decision.kind !== 'record') throw new Error(outcomeOf(decision));
  return applyEvent(order, decision.event);
}

test('O3: an open amount is recorded as received, in parts, and then none is open', () => {
  const part = after(captured(10_015), settle({ amount: yen(400) }));
  expect(balanceOf(part)).toMatchObject({ receivedOtherwise: 400, open: 500 });
  const whole = after(part, settle({ amount: yen(500), by: 'cash' }));
  expect(balanceOf(whole)).toMatchObject({ captured: 9_115, receivedOtherwise: 900, open: 0 });
  expect(whole.settlements.map(({ amount, by }) => [amount, by])).toEqual([
    [400, 'bank_transfer'],
    [500, 'cash'],
  ]);
});

test('O3: an amount charged too much is recorded as given back', () => {
  const order = after(captured(8_315), settle({ direction: 'returned', amount: yen(800) }));
  expect(balanceOf(order)).toMatchObject({ receivedOtherwise: -800, open: 0 });
});

const BACK = { direction: 'returned', amount: yen(9_115) } as const;

test.each<[string, Order, Partial<CommandOf<'settle'>>, string]>([
  ['more than is open', captured(10_015), { amount: yen(901) }, 'exceeds_open'],
  ['nothing at all', captured(10_015), { amount: yen(0) }, 'exceeds_open'],
  ['the other way', captured(10_015), { direction: 'returned' }, 'nothing_open'],
  ['of an order that adds up', captured(9_115), {}, 'nothing_open'],
  ['on a day to come', captured(10_015), { on: '2026-11-15' }, 'paid_on_in_future'],
  ['of an unpaid order', captured(10_015, { paidOn: null }), {}, 'not_settleable'],
  ['of a bank transfer', bankOrder({ paidOn: TODAY }), {}, 'not_settleable'],
  [
    'of more than the store took besides',
    twicePaid(),
    { ...BACK, amount: yen(9_116) },
    'exceeds_open',
  ],
  ['of an order that has too many', crowded(), {}, 'too_many_settlements'],
])('O3: a settlement is not recorded: %s', (_what, order, changes, reason) => {
  expect(outcomeOf(decided(order, settle(changes)))).toBe(reason);
});

/** Paid by transfer, and at the store besides: 9,115 yen each time. */
function twicePaid(): Order {
  const payment = { settleno: '00000000000002596001', status: 'completed', asOf: 0 } as const;
  return bankOrder({ paidOn: TODAY, redirects: [{ ...payment, amount: yen(9_115) }] });
}

test('O3, D14: an order paid twice takes the refund of the payment too many, and no more', () => {
  const refunded = after(twicePaid(), settle(BACK));
  expect(balanceOf(refunded)).toMatchObject({ receivedOtherwise: 9_115, open: 0 });
  expect(outcomeOf(decided(refunded, settle({ ...BACK, amount: yen(1) })))).toBe('nothing_open');
});

/** D16: paid at the store, 9,115 yen, for a bill of so much, and 未入金. */
function paidAtStore(bill = 9_115, changes: Partial<Order> = {}): Order {
  const payment = { settleno: '00000000000002596001', status: 'completed', asOf: 0 } as const;
  const redirects = [{ ...payment, amount: yen(9_115) }];
  return billed(bill, bankOrder({ paymentKind: 'convenience_fregi', redirects, ...changes }));
}

test.each([
  ['that fits the bill', 9_115],
  ['of more than is billed', 8_000],
  ['of less than is billed', 12_000],
])('O3, D16: an unpaid order takes the refund of a payment at the store %s', (_name, bill) => {
  const order = paidAtStore(bill);
  const part = after(order, settle({ ...BACK, amount: yen(9_000) }));
  expect(settleableOf(part)).toEqual({ direction: 'returned', amount: 115, of: 'payment' });
  expect(outcomeOf(decided(part, settle({ ...BACK, amount: yen(116) })))).toBe('exceeds_open');
  const whole = after(part, settle({ ...BACK, amount: yen(115) }));
  expect(balanceOf(whole)).toMatchObject({ receivedOtherwise: 0, open: bill });
  expect(outcomeOf(decided(whole, settle({ ...BACK, amount: yen(1) })))).toBe('nothing_open');
  expect(outcomeOf(decided(order, settle()))).toBe('nothing_open');
});

test('O3, L2: what was given back does not make the order 入金済', () => {
  const pay = { kind: 'mark_paid', paidOn: TODAY, withoutGateway: false, from: 'detail' } as const;
  const order = paidAtStore();
  const [payment = fail()] = order.redirects;
  expect(misfitOf(order, payment)).toBeNull();
  expect(balanceOf(after(order, pay))).toMatchObject({ open: 0 });
  const given = after(order, settle(BACK));
  expect(misfitOf(given, payment)).toBe('redirect_given_back');
  // Marked by hand it was paid otherwise, and nobody tells the customer by default.
  expect(decided(order, pay)).toMatchObject({ event: { mail: 'auto' } });
  expect(decided(given, pay)).toMatchObject({ event: { mail: 'manual' } });
  expect(balanceOf(after(given, pay))).toMatchObject({ receivedOtherwise: 9_115, open: 0 });
  const second = { ...payment, settleno: '00000000000002596002' };
  expect(misfitOf({ ...given, redirects: [payment, second] }, second)).toBeNull();
});

function fail(): never {
  throw new Error('the order has no payment');
}

function crowded(): Order {
  const { kind: _kind, ...how } = settle({ amount: yen(1) });
  const settlements = Array.from({ length: SETTLEMENTS_MAX }, (_, n) => ({
    version: n + 2,
    corrects: null,
    ...how,
  }));
  return captured(20_000, { settlements });
}

test('O3: a counter-entry takes a mistaken entry back, once, also from an unpaid order', () => {
  const wrong = after(captured(10_015), settle());
  const [entry] = wrong.settlements;
  const correct = { kind: 'correct_settlement', settlement: entry?.version ?? 0 } as const;
  const right = after({ ...wrong, paidOn: null }, correct);
  expect(balanceOf(right).open).toBe(900);
  expect(right.settlements).toMatchObject([
    { direction: 'received', corrects: null },
    { direction: 'returned', amount: 900, by: 'bank_transfer', corrects: entry?.version },
  ]);
  expect(outcomeOf(decided(right, correct))).toBe('settlement_corrected');
  const counter = right.settlements[1]?.version ?? 0;
  const back = { kind: 'correct_settlement', settlement: counter } as const;
  expect(outcomeOf(decided(right, back))).toBe('no_such_settlement');
});

test('O2: the card is never asked for an amount settled otherwise', () => {
  const settled = after(captured(10_015), settle());
  expect(chargeOf(settled)).toBe(9_115);
  const authorized = { ...settled, transaction: orderIn('authorized').transaction };
  expect(decided(authorized, { kind: 'capture' })).toMatchObject({ amount: 9_115 });
  const unpaid = { ...authorized, paidOn: null };
  const pay = { kind: 'mark_paid', paidOn: TODAY, withoutGateway: false, from: 'detail' } as const;
  expect(decided(unpaid, pay)).toMatchObject({ goal: 'captured', amount: 9_115 });
  const edit = { kind: 'edit_amounts', amounts: { items: yen(11_000) }, changeCaptured: true };
  expect(decided(settled, { ...edit, kind: 'edit_amounts' })).toMatchObject({ amount: 10_100 });
  const whole = { ...settled, amounts: { ...settled.amounts, items: yen(900) } };
  expect(
    outcomeOf(decided({ ...whole, transaction: authorized.transaction }, { kind: 'capture' })),
  ).toBe('amount_zero');
});

test('A3: a paid order is edited within the paid sum, by card and otherwise', () => {
  const settled = after(captured(10_015), settle());
  const within = { items: yen(9_000), shipping: yen(1_015) };
  const command = { kind: 'edit_amounts', amounts: within, lines: [] } as const;
  const order = { ...settled, lines: [] };
  const lines = { kind: 'edit_amounts', amounts: { items: yen(9_500) } } as const;
  expect(outcomeOf(decided(order, lines))).toBe('paid_amount_fixed');
  expect(command.lines).toEqual([]);
});

test.each([
  ['auto', 'manual'],
  ['manual', 'manual'],
  [undefined, 'manual'],
] as const)(
  'O2: no mail (%s) goes out by itself if no call to F-REGI confirms the card',
  (wanted, mail) => {
    const pay = { kind: 'mark_paid', paidOn: TODAY, mail: wanted, from: 'detail' } as const;
    const off = decided(orderIn('authorized'), { ...pay, withoutGateway: false }, LINK_OFF);
    expect(off).toMatchObject({ event: { gateway: 'not_told', mail } });
    const without = decided(orderIn('voided'), { ...pay, withoutGateway: true });
    expect(without).toMatchObject({ event: { gateway: 'not_told', mail } });
  },
);

test('O2: a requested mail goes out if F-REGI is known to have captured already', () => {
  const pay = { kind: 'mark_paid', paidOn: TODAY, withoutGateway: true, from: 'detail' } as const;
  const order = captured(9_115, { paidOn: null });
  expect(decided(order, { ...pay, mail: 'auto' })).toMatchObject({ event: { mail: 'auto' } });
  expect(decided(order, pay)).toMatchObject({ event: { mail: 'manual' } });
});

test('C8: without a choice the mail goes out by itself if the payment is confirmed', () => {
  const pay = { kind: 'mark_paid', paidOn: TODAY, withoutGateway: false, from: 'detail' } as const;
  expect(decided(orderIn('authorized'), pay)).toMatchObject({ afterwards: { mail: 'auto' } });
  expect(decided(bankOrder(), pay)).toMatchObject({ event: { mail: 'auto' } });
});
