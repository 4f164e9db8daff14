import { compare } from '../../src/domain/compare.ts';
import type { ComparisonFacts } from '../../src/domain/comparison.ts';
import type { Sighted } from '../../src/domain/drift.ts';
import { startOfJstDate } from '../../src/domain/jst.ts';
import type { Order, Transaction } from '../../src/domain/order.ts';
import { ALONE } from '../../src/domain/ownership.ts';
import type { TransactionState } from '../../src/domain/states.ts';
import { yen } from '../../src/domain/yen.ts';
import { TIMING } from '../../src/operations/timing.ts';

/** What a comparison rests on: an order of 9,115 yen, and F-REGI as it was seen an hour ago. */
export const NOW = startOfJstDate('2026-11-24') + 10 * 3_600_000;
export const HOUR = 3_600_000;
export const SEQNO = '00000000000000000001';
export const OTHER = '00000000000000000002';

export const AMOUNTS = {
  items: yen(9_115),
  ...{ shipping: yen(0), paymentFee: yen(0), wrapping: yen(0), coolFee: yen(0) },
  ...{ otherFee: yen(0), pointsUsed: yen(0), couponDiscount: yen(0), discount: yen(0) },
};

export function order(
  state: TransactionState,
  changes: Partial<Order> = {},
  held: Partial<Transaction> = {},
): Order {
  const transaction: Transaction = {
    ...{ state, seqno: SEQNO, authCode: 'A1b2C3', slipId: '100000394011', customerId: null },
    ...{ amount: yen(9_115), authorizedAt: NOW - 24 * HOUR, asOf: NOW - 2 * HOUR },
    ...held,
  };
  return {
    ...{ shopId: 'hanamichi', orderNumber: '100000394011', type: 'regular' },
    ...{ version: 3, changedIn: 3 },
    ...{ status: 'processing', channel: 'pc', placedAt: NOW - 24 * HOUR, paidOn: null },
    ...{
      paymentKind: 'card_fregi',
      paymentMethod: 'クレジットカード',
      amounts: AMOUNTS,
      lines: [],
    },
    paymentMail: { sending: 'auto', sentCount: 0, lastSentAt: null },
    ...{ shipped: false, stockReturned: false, pointsReturned: yen(0) },
    transaction,
    ...changes,
  };
}

export function seen(state: TransactionState, changes: Partial<Sighted> = {}): Sighted {
  return {
    ...{ seqno: SEQNO, slipId: '100000394011', authCode: 'A1b2C3', state, amount: yen(9_115) },
    ...{ authorizedAt: null, seenAt: NOW - HOUR, source: 'inquiry' },
    ...changes,
  };
}

export function facts(
  changes: Partial<ComparisonFacts> & { readonly order: Order },
): ComparisonFacts {
  return {
    sighted: [],
    books: ALONE,
    lookedAt: null,
    open: null,
    captureDeadlineDays: 60,
    ...changes,
  };
}

export const PAID = { paidOn: '2026-11-24' };
export const other = (state: TransactionState, amount = 8_000) =>
  seen(state, { seqno: OTHER, amount: yen(amount) });
export const daysAgo = (days: number) => ({ authorizedAt: NOW - days * 24 * HOUR });

export const UNKNOWN_MS = TIMING.unknownMs;

export function compared(given: ComparisonFacts) {
  return compare(given, NOW, UNKNOWN_MS);
}
