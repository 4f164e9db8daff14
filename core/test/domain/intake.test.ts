import { expect, test } from 'vitest';
import { readTable, wordOf } from '../../../test/kit/table.ts';
import {
  AMOUNT_PARTS,
  billedOf,
  CHARGED,
  DEDUCTED,
  deductionsOf,
  totalOf,
} from '../../src/domain/order/order.ts';
import {
  amountsOf,
  decideIntake,
  fieldsFromFuture,
  type IncomingOrder,
} from '../../src/domain/order/place-order.ts';
import { keysOf, ORDER_TYPE, PAYMENT_KIND } from '../../src/domain/order/states.ts';
import { named } from './order-words.ts';

const AMOUNTS = { items: 9_850, shipping: 0, paymentFee: 0, wrapping: 0, couponDiscount: 0 };
const TRANSACTIONS: Readonly<Record<string, IncomingOrder['transaction']>> = {
  none: undefined,
  token: { kind: 'token', token: 'T-1' },
  customer: { kind: 'customer', customerId: 'C-1' },
  authorized: { kind: 'authorized', seqno: '1', authCode: 'A', amount: 9_115 },
};

const AUTHORIZED = '/transaction/authorizedAt';

const TABLE = readTable(
  `
  type         | shop  | card       | points → intake

  # B1: a card is authorized as the order comes in, by its token or its 顧客番号
  regular      | now   | token      | 735    → authorize T-1
  regular      | now   | customer   | 735    → authorize registered
  subscription | now   | customer   | 735    → authorize registered
  regular      | now   | authorized | 735    → place
  regular      | now   | none       | 735    → place
  # B1, S2: a pre-order waits, and so does an order of a shop that authorizes later
  preorder     | now   | customer   | 735    → place, C-1 known
  regular      | later | customer   | 735    → place, C-1 known
  preorder     | later | customer   | 735    → place, C-1 known
  preorder     | now   | authorized | 735    → place
  # B1: a token cannot wait
  preorder     | now   | token      | 735    → token_cannot_wait
  regular      | later | token      | 735    → token_cannot_wait
  # A1: deductions do not exceed the total
  regular      | now   | token      | 9,850  → authorize T-1
  regular      | now   | token      | 9,851  → deductions_exceed_total
  preorder     | now   | token      | 9,851  → deductions_exceed_total
  `,
  {
    type: wordOf(named(keysOf(ORDER_TYPE))),
    shop: wordOf({ now: true, later: false }),
    card: wordOf(named(Object.keys(TRANSACTIONS))),
    points: (cell) => Number(cell.replaceAll(',', '')),
    intake: String,
  },
);

function intakeOf({ type, shop, card, points }: (typeof TABLE)[number]): string {
  const policies = keysOf(PAYMENT_KIND).map((kind) => [kind, { authorizeAtOrder: shop }]);
  const intake = decideIntake(
    {
      orderNumber: '600000000001',
      type,
      channel: 'pc',
      placedAt: '2026-11-01T01:00:00Z',
      paymentKind: 'card_fregi',
      paymentMethod: 'カード',
      amounts: { ...AMOUNTS, pointsUsed: points },
      details: {} as IncomingOrder['details'],
      transaction: TRANSACTIONS[card],
    },
    { paymentPolicies: Object.fromEntries(policies) },
    Date.parse('2026-11-01T01:00:00Z'),
  );
  if (intake.kind === 'refuse') return intake.reason;
  if (intake.authorize !== null) return `authorize ${intake.authorize.cardToken ?? 'registered'}`;
  return intake.customerId === null ? 'place' : `place, ${intake.customerId} known`;
}

for (const row of TABLE) {
  test(row.title, () => {
    expect(intakeOf(row)).toBe(row.intake);
  });
}

test.each([
  ['as old as now', '2026-11-01T01:00:00Z', undefined, []],
  ['5 minutes ahead', '2026-11-01T01:05:00Z', '2026-11-01T01:05:00Z', []],
  ['a moment more than that', '2026-11-01T01:05:00.001Z', undefined, ['/placedAt']],
  ['Japanese time sent as UTC', '2026-11-01T10:00:00Z', undefined, ['/placedAt']],
  ['authorized in time to come', '2026-11-01T01:00:00Z', '2030-01-01T00:00:00Z', [AUTHORIZED]],
  ['both', '2030-01-01T00:00:00Z', '2030-01-01T00:00:00Z', ['/placedAt', AUTHORIZED]],
])('O5: an order from the future is refused: %s', (_, placedAt, authorizedAt, fields) => {
  const transaction = { kind: 'authorized', seqno: '1', authCode: 'A', amount: 1 } as const;
  const incoming = { placedAt, transaction: { ...transaction, authorizedAt } };
  expect(fieldsFromFuture(incoming, Date.parse('2026-11-01T01:00:00Z'))).toEqual(fields);
});

test('A1: each part of the amounts is charged or deducted, once', () => {
  expect([...CHARGED, ...DEDUCTED].toSorted()).toEqual(keysOf(AMOUNT_PARTS).toSorted());
  const given = amountsOf({ ...AMOUNTS, pointsUsed: 735, coolFee: 300, discount: 15 });
  expect([totalOf(given), deductionsOf(given), billedOf(given)]).toEqual([10_150, 750, 9_400]);
});
