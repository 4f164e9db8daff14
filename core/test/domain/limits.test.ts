import { describe, expect, test } from 'vitest';
import { readTable, whole } from '../../../test/kit/table.ts';
import type { Command } from '../../src/domain/commands/decide.ts';
import type { Sighted } from '../../src/domain/drift/sighted.ts';
import { isAboveLimit, limitedBy, NO_LIMITS } from '../../src/domain/limits/limits.ts';
import type { Order } from '../../src/domain/order/order.ts';
import type { TransactionState } from '../../src/domain/order/states.ts';
import { yen } from '../../src/domain/values/yen.ts';
import { decided, orderIn, TODAY } from './orders.ts';

/** An order of 9,115 yen whose transaction holds an amount in a state. */
function holding(state: TransactionState, amount: number, changes: Partial<Order> = {}): Order {
  const order = orderIn(state, changes);
  if (order.transaction === null) throw new Error('an order without a transaction');
  return { ...order, transaction: { ...order.transaction, slipId: 'slip', amount: yen(amount) } };
}

const ORDERS: Readonly<Record<string, (held: number) => Order>> = {
  authorized: (held) => holding('authorized', held),
  captured: (held) => holding('captured_untransmitted', held, { paidOn: TODAY }),
  transmitted: (held) => holding('captured_transmitted', held, { paidOn: TODAY }),
  'left over': (held) => holding('captured_untransmitted', held, { status: 'cancelled' }),
  unauthorized: (held) => holding('validated_unauthorized', held),
};

const STRAY: Sighted = {
  seqno: '00000000000000000777',
  slipId: 'slip',
  authCode: null,
  state: 'captured_transmitted',
  amount: yen(5_000),
  authorizedAt: null,
  seenAt: 0,
  source: 'inquiry',
};

const given = { kind: 'settle', by: 'cash', on: TODAY } as const;
const COMMANDS: Readonly<Record<string, Command>> = {
  pay: { kind: 'mark_paid', paidOn: TODAY, withoutGateway: false, from: 'detail' },
  'pay as authorized': {
    kind: 'mark_paid',
    paidOn: TODAY,
    withoutGateway: false,
    from: 'detail',
    amount: 'authorized',
  },
  cancel: { kind: 'change_status', to: 'cancelled', cancelTransaction: true },
  'cancel, box off': { kind: 'change_status', to: 'cancelled', cancelTransaction: false },
  'other method': {
    kind: 'change_method',
    paymentKind: 'bank_transfer',
    paymentMethod: '銀行振込',
    cancelTransaction: true,
  },
  'unpay and refund': { kind: 'unmark_paid', refund: true },
  'cancel what is left': { kind: 'cancel_transaction' },
  'cancel a stray': { kind: 'cancel_stray', stray: STRAY },
  'change the captured amount': { kind: 'edit_amounts', amounts: {}, changeCaptured: true },
  'edit the amounts': { kind: 'edit_amounts', amounts: { shipping: yen(900) } },
  authorize: { kind: 'authorize', cardToken: 'token' },
  'give back 500': { ...given, direction: 'returned', amount: yen(500) },
  'receive 500': { ...given, direction: 'received', amount: yen(500) },
};

const rows = readTable(
  `
  order        | held  | command                    | counts
  authorized   | 9,115 | pay                        | -
  authorized   | 9,000 | pay                        | raise 115
  authorized   | 9,500 | pay                        | -
  authorized   | 9,000 | pay as authorized          | -
  authorized   | 9,115 | cancel                     | -
  authorized   | 9,115 | edit the amounts           | -
  unauthorized | 0     | authorize                  | -
  captured     | 9,115 | cancel                     | refund 9115
  captured     | 9,115 | cancel, box off            | -
  captured     | 9,115 | other method               | refund 9115
  captured     | 9,115 | unpay and refund           | refund 9115
  transmitted  | 9,115 | unpay and refund           | refund 9115
  left over    | 9,115 | cancel what is left        | refund 9115
  captured     | 9,115 | cancel a stray             | refund 5000
  captured     | 9,000 | change the captured amount | raise 115
  captured     | 9,915 | change the captured amount | refund 800
  captured     | 9,915 | give back 500              | refund 500
  captured     | 8,115 | receive 500                | -
  captured     | 9,115 | pay                        | -
  `,
  { order: String, held: whole, command: String, counts: String },
);

describe('F59: what counts towards a limit', () => {
  test.each(rows)('$title', ({ order, held, command, counts }) => {
    const [make, given_] = [ORDERS[order], COMMANDS[command]];
    if (make === undefined || given_ === undefined) throw new Error(`${order}, ${command}`);
    const found = make(held);
    const limited = limitedBy(found, decided(found, given_));
    expect(limited === null ? '-' : `${limited.kind} ${limited.amount}`).toBe(counts);
  });
});

const RULE = { ...NO_LIMITS, refund: { single: 9_000, daily: 12_000 } };
const limits = readTable(
  `
  kind   | amount | drawn  | on        | above
  refund | 9,000  | 0      | today     | no
  refund | 9,001  | 0      | today     | yes
  refund | 3,000  | 9,000  | today     | no
  refund | 3,001  | 9,000  | today     | yes
  refund | 3,001  | 9,000  | yesterday | no
  raise  | 90,000 | 90,000 | today     | no
  `,
  {
    kind: (cell) => (cell === 'refund' ? ('refund' as const) : ('raise' as const)),
    amount: whole,
    drawn: whole,
    on: (cell) => (cell === 'today' ? TODAY : '2026-11-13'),
    above: (cell) => cell === 'yes',
  },
);

describe('F59: what one person may do alone', () => {
  test.each(limits)('$title', ({ kind, amount, drawn, on, above }) => {
    const before = { last: 1, on, refund: drawn, raise: drawn };
    expect(isAboveLimit({ kind, amount: yen(amount) }, before, RULE, TODAY)).toBe(above);
    expect(isAboveLimit({ kind, amount: yen(amount) }, before, NO_LIMITS, TODAY)).toBe(false);
  });
});
