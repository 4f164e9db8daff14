import { wordOf } from '../../../test/kit/table.ts';
import { compare } from '../../src/domain/drift/compare.ts';
import type { ComparisonFacts } from '../../src/domain/drift/comparison.ts';
import { ALONE } from '../../src/domain/drift/ownership.ts';
import type { Sighted } from '../../src/domain/drift/sighted.ts';
import type { Order, Transaction } from '../../src/domain/order/order.ts';
import { keysOf, type TransactionState } from '../../src/domain/order/states.ts';
import {
  REDIRECT_STATUS,
  type RedirectStatus,
  type Revocation,
} from '../../src/domain/transaction/redirect.ts';
import { startOfJstDate } from '../../src/domain/values/jst.ts';
import { yen } from '../../src/domain/values/yen.ts';
import { TIMING } from '../../src/turns/timing.ts';
import { named, orderOf, STATES } from './order-words.ts';

/** The facts of a comparison: an order of 9,115 yen, and F-REGI as it was seen an hour ago. */
export const NOW = startOfJstDate('2026-11-24') + 10 * 3_600_000;
export const HOUR = 3_600_000;
export const SEQNO = '00000000000000000001';
const SLIP = '100000394011';
export const OTHER = '00000000000000000002';

const AMOUNTS = {
  items: yen(9_115),
  shipping: yen(0),
  paymentFee: yen(0),
  wrapping: yen(0),
  coolFee: yen(0),
  otherFee: yen(0),
  pointsUsed: yen(0),
  couponDiscount: yen(0),
  discount: yen(0),
};

export function order(
  state: TransactionState,
  changes: Partial<Order> = {},
  held: Partial<Transaction> = {},
): Order {
  const transaction: Transaction = {
    state,
    seqno: SEQNO,
    authCode: 'A1b2C3',
    slipId: SLIP,
    customerId: null,
    amount: yen(9_115),
    authorizedAt: NOW - 24 * HOUR,
    asOf: NOW - 2 * HOUR,
    ...held,
  };
  return {
    shopId: 'hanamichi',
    orderNumber: '100000394011',
    type: 'regular',
    version: 3,
    changedIn: 3,
    status: 'processing',
    channel: 'pc',
    placedAt: NOW - 24 * HOUR,
    paidOn: null,
    paymentKind: 'card_fregi',
    paymentMethod: 'クレジットカード',
    amounts: AMOUNTS,
    lines: [],
    paymentMail: { sending: 'auto', sentCount: 0, lastSentAt: null },
    shipped: false,
    stockReturned: false,
    pointsReturned: yen(0),
    settlements: [],
    redirects: [],
    paidAtStore: null,
    customerErased: false,
    proposal: null,
    transaction,
    authentication: 'not_known',
    ...changes,
  };
}

export function seen(state: TransactionState, changes: Partial<Sighted> = {}): Sighted {
  return {
    seqno: SEQNO,
    slipId: SLIP,
    authCode: 'A1b2C3',
    state,
    amount: yen(9_115),
    authorizedAt: null,
    seenAt: NOW - HOUR,
    source: 'inquiry',
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
    payer: NOBODY,
    ...changes,
  };
}

export const PAID = { paidOn: '2026-11-24' };
export const other = (state: TransactionState, amount = 8_000) =>
  seen(state, { seqno: OTHER, amount: yen(amount) });
export const daysAgo = (days: number) => ({ authorizedAt: NOW - days * 24 * HOUR });

const UNKNOWN_MS = TIMING.unknownMs;

export function compared(given: ComparisonFacts) {
  return compare(given, NOW, UNKNOWN_MS);
}

/**
 * Reads a comparison in the words of a table. The order is {@link orderOf}'s, as it was known two
 * hours ago. Seen an hour ago: `own:voided` its transaction, `other:authorized` another one of
 * 8,000 yen, `same:…` another one of the order's amount. `looked:60` the slip was looked up 60
 * minutes ago; `unknown:15`, `review:0`, `asking:60` an operation is open for so many minutes;
 * `days:46` it was authorized so many days ago. `store:issued` a payment of 9,115
 * yen by store, as F-REGI tells of it; `second:…` another one, `less:…` one of 8,000 yen; `by:store`
 * the order is 入金済 by the first, `by:second`, `by:less`, and `by:before` where that was not kept.
 * `-` nothing was seen. Throws at an unknown word.
 */
export function factsOf(orderWords: string, seenWords: string): ComparisonFacts {
  const words = seenWords === '-' ? [] : seenWords.split(' ');
  const scene = asKnown(orderOf(orderWords));
  const payer = scene.paidOn === null ? NOBODY : OTHERWISE;
  return words.reduce(withWord, facts({ order: scene, payer }));
}

function withWord(given: ComparisonFacts, word: string): ComparisonFacts {
  const [what, value = ''] = word.split(':');
  const minutesAgo = NOW - Number(value) * 60_000;
  const sight = (each: Sighted): ComparisonFacts => ({
    ...given,
    sighted: [...given.sighted, each],
  });
  switch (what) {
    case 'own':
      return sight(seen(stateOf(value)));
    case 'other':
      return sight(other(stateOf(value)));
    case 'same':
      return sight(other(stateOf(value), 9_115));
    case 'looked':
      return { ...given, lookedAt: minutesAgo };
    case 'unknown':
    case 'review':
    case 'asking':
      return { ...given, open: { state: what, since: minutesAgo } };
    case 'store':
    case 'second':
    case 'less':
      return { ...given, order: withRedirect(given.order, what, statusOf(value)) };
    case 'by': {
      const settleno = value === 'before' ? null : settlenoOf(value);
      const own = given.order.redirects.find((one) => one.settleno === settleno);
      const order = { ...given.order, paidAtStore: own?.amount ?? null };
      return { ...given, order, payer: { kind: 'payment', settleno } };
    }
    case 'settled':
      return { ...given, order: withSettled(given.order, Number(value)) };
    case 'revoking':
      return { ...given, order: withRevocation(given.order, value, null) };
    case 'unrevoked':
      return { ...given, order: withRevocation(given.order, value, 'failed') };
    case 'late':
      return { ...given, order: withRevocation(given.order, value, 'paid') };
    case 'days':
      return { ...given, order: withHeld(given.order, daysAgo(Number(value))) };
    default:
      throw new Error(`unknown word “${word}” of what was seen`);
  }
}

const NOBODY = { kind: 'nothing' } as const;
const OTHERWISE = { kind: 'otherwise' } as const;

const stateOf = wordOf(STATES);
const statusOf = wordOf(named(keysOf(REDIRECT_STATUS)));

/** 発行番号 of the payments that a table calls so. */
const SETTLENO = {
  store: '00000000000002596001',
  second: '00000000000002596002',
  less: '00000000000002596003',
} as const;
const settlenoOf = wordOf(SETTLENO);

function withRedirect(given: Order, what: keyof typeof SETTLENO, status: RedirectStatus): Order {
  const amount = yen(what === 'less' ? 8_000 : 9_115);
  const redirect = { settleno: SETTLENO[what], amount, status, asOf: NOW - HOUR };
  return { ...given, redirects: [...given.redirects, redirect] };
}

/** O3: so many yen were received otherwise; below zero: given back. */
function withSettled(given: Order, amount: number): Order {
  const how = { by: 'cash', on: PAID.paidOn, corrects: null } as const;
  const direction = amount > 0 ? 'received' : 'returned';
  const settled = { version: 2, direction, amount: yen(Math.abs(amount)), ...how } as const;
  return { ...given, settlements: [settled] };
}

/** K3: 発行取消 of a payment, as far as it has come. */
function withRevocation(given: Order, what: string, outcome: Revocation['outcome']): Order {
  const settleno = settlenoOf(what);
  const revocation = { outcome, asks: 1, asksMax: 4, askedAt: NOW, refused: false };
  const redirects = given.redirects.map((one) =>
    one.settleno === settleno ? { ...one, revocation } : one,
  );
  return { ...given, redirects };
}

/** The order, its transaction with the number and the time of the sightings. */
function asKnown(given: Order): Order {
  const { transaction } = given;
  if (transaction === null) return given;
  const { seqno, authorizedAt } = transaction;
  return withHeld(given, {
    slipId: SLIP,
    seqno: seqno === null ? null : SEQNO,
    authorizedAt: authorizedAt === null ? null : NOW - 24 * HOUR,
    asOf: NOW - 2 * HOUR,
  });
}

function withHeld(given: Order, changes: Partial<Transaction>): Order {
  const { transaction } = given;
  if (transaction === null) throw new Error('this order has no transaction');
  return { ...given, transaction: { ...transaction, ...changes } };
}
