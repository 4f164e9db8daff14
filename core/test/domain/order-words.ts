import type { Command, Decision, LinkSettings } from '../../src/domain/commands/decide.ts';
import type { Sighted } from '../../src/domain/drift/sighted.ts';
import type { Order, Transaction } from '../../src/domain/order/order.ts';
import {
  keysOf,
  ORDER_STATUS,
  PAYMENT_KIND,
  type PaymentKind,
  TRANSACTION_STATE,
  type TransactionState,
} from '../../src/domain/order/states.ts';
import { yen } from '../../src/domain/values/yen.ts';
import { billed, cardOrder, decided } from './orders.ts';

/** 入金日 of an order that is `paid` in a table. */
const PAID_ON = '2026-11-12';

type Meaning = (order: Order) => Order;

/** Words of a table that change one property of an order. */
const WORDS: Readonly<Record<string, Meaning>> = {
  paid: (order) => ({ ...order, paidOn: PAID_ON }),
  stock_back: (order) => ({ ...order, stockReturned: true }),
  points_back: (order) => ({ ...order, pointsReturned: order.amounts.pointsUsed }),
  no_transaction: (order) => ({ ...order, transaction: null }),
  registered: (order) => withTransaction(order, { customerId: 'C-1' }),
};

/**
 * Reads an order in the words of a table: status, method, F-REGIステータス, `paid`, the billed amount,
 * `held=8,000`, and {@link WORDS}. All else is as in a plain order: 通常処理, 未入金, by card, authorized
 * for the 9,115 yen that it bills. `-` is the plain order. Another method has no transaction unless
 * its F-REGIステータス is written beside it. Throws at an unknown word.
 */
export function orderOf(cell: string): Order {
  const words = cell === '-' ? [] : cell.split(/\s+/);
  const states = words.filter((word) => Object.hasOwn(TRANSACTION_STATE, word));
  return words.reduce((order, word) => {
    const changed = meaningOf(word)(order);
    const { paymentKind } = changed;
    return PAYMENT_KIND[paymentKind].linked || states.length > 0
      ? changed
      : { ...changed, transaction: null };
  }, cardOrder());
}

function meaningOf(word: string): Meaning {
  const known = Object.hasOwn(WORDS, word) ? WORDS[word] : undefined;
  if (known !== undefined) return known;
  const status = keysOf(ORDER_STATUS).find((name) => name === word);
  if (status !== undefined) return (order) => ({ ...order, status });
  const kind = keysOf(PAYMENT_KIND).find((name) => name === word);
  if (kind !== undefined) return (order) => byMethod(order, kind);
  const state = keysOf(TRANSACTION_STATE).find((name) => name === word);
  if (state !== undefined) return (order) => inState(order, state);
  const [, held, amount] = /^(held=)?([\d,]+)$/.exec(word) ?? [];
  if (amount === undefined) throw new Error(`unknown word “${word}” of an order`);
  const money = Number(amount.replaceAll(',', ''));
  return held === undefined
    ? (order) => billed(money, order)
    : (order) => withTransaction(order, { amount: yen(money) });
}

function byMethod(order: Order, paymentKind: PaymentKind): Order {
  return { ...order, paymentKind, paymentMethod: PAYMENT_KIND[paymentKind].ja };
}

/** Without any authorization F-REGI has given no number and holds nothing. */
function inState(order: Order, state: TransactionState): Order {
  const never = state === 'preorder_unauthorized' || state === 'validated_unauthorized';
  const nothing = { seqno: null, authCode: null, amount: yen(0), authorizedAt: null };
  return withTransaction(order, { state, ...(never ? nothing : {}) });
}

function withTransaction(order: Order, changes: Partial<Transaction>): Order {
  const { transaction } = order;
  if (transaction === null) throw new Error('this order has no transaction to change');
  return { ...order, transaction: { ...transaction, ...changes } };
}

type Same<Word extends string> = { readonly [Each in Word]: Each };

/** Maps each word to itself. */
export function named<Word extends string>(words: readonly Word[]): Same<Word> {
  return Object.fromEntries(words.map((word) => [word, word])) as Same<Word>;
}

/** Words of a column, each for itself: statuses, methods, states. */
export const STATUSES = named(keysOf(ORDER_STATUS));
export const KINDS = named(keysOf(PAYMENT_KIND));
export const STATES = named(keysOf(TRANSACTION_STATE));

/** The column `box`: F-REGIの取引情報を取り消す (V1). */
export const BOX_WORDS = { on: true, off: false } as const;

/** The column `link`: F-REGI自動連携 (S1). */
export const LINK_WORDS = { on: { linkEnabled: true }, off: { linkEnabled: false } } as const;

/**
 * A decision in words: the reason of a refusal, with its deeper reason; `record` with F-REGI's
 * state, or the event; `pursue`, the goal and its yen.
 */
export function decisionOf(order: Order, command: Command, settings?: LinkSettings): string {
  return inWords(decided(order, command, settings));
}

function inWords(decision: Decision): string {
  switch (decision.kind) {
    case 'refuse': {
      const { reason, because } = decision;
      return because === null ? reason : `${reason} ${because}`;
    }
    case 'record': {
      const { event } = decision;
      return `record ${'gateway' in event ? event.gateway : event.kind}`;
    }
    default:
      return `pursue ${decision.goal} ${decision.amount.toLocaleString('en')}`;
  }
}

/** Another transaction under the order's slip, of 8,000 yen, as an inquiry has just seen it. */
export function sightedBeside(
  { transaction }: Order,
  state: TransactionState,
  changes: Partial<Sighted> = {},
): Sighted {
  return {
    seqno: '99999999999999999999',
    slipId: transaction?.slipId ?? 'none',
    authCode: 'B2c3D4',
    state,
    amount: yen(8_000),
    authorizedAt: null,
    seenAt: (transaction?.asOf ?? 0) + 60_000,
    source: 'inquiry',
    ...changes,
  };
}
