import {
  type Amounts,
  billedOf,
  type Order,
  type OrderRef,
  type Transaction,
} from '../../core/src/domain/order/order.ts';
import { type Yen, yen } from '../../core/src/domain/values/yen.ts';
import type { Ledger } from './ledger.ts';
import type { MemoryStore } from './memory-store.ts';
import type { Random } from './random.ts';

/** The orders at the start of a history: at the shop and, if authorized, in the ledger. */

/** A shop's gateway shows all transactions of a slip, only the newest, or none. */
export type InquiryMode = 'full' | 'partial' | 'none';

/** Three shops with the same order numbers; their gateways show different things. */
export const SHOPS: readonly { readonly shopId: string; readonly inquiry: InquiryMode }[] = [
  { shopId: 'hanamichi', inquiry: 'full' },
  { shopId: 'wakaba', inquiry: 'partial' },
  { shopId: 'minato', inquiry: 'none' },
];

const PLACED_AT = Date.UTC(2026, 10, 8, 1, 28, 26);

export function placeSomeOrders(random: Random, store: MemoryStore, ledger: Ledger): void {
  for (const { shopId } of SHOPS) {
    for (let n = 1; n <= (shopId === 'wakaba' ? 1 : 2); n += 1) {
      const amounts = someAmounts(random);
      const billed = billedOf(amounts);
      const kind = random.weighted({ equal: 5, differing: 5, unauthorized: 2 });
      const held = kind === 'equal' ? billed : yen(billed + random.int(1, 900));
      const ref = { shopId, orderNumber: `10000000001${n}` };
      placeOrder(store, ledger, ref, amounts, kind === 'unauthorized' ? null : held);
    }
  }
}

/**
 * Places a card order. `held` is the authorized transaction, null if there is none. The order has a
 * slip of its own unless the slip of another order is given.
 */
export function placeOrder(
  store: MemoryStore,
  ledger: Ledger,
  { shopId, orderNumber }: OrderRef,
  amounts: Amounts,
  held: Yen | null,
  slipId: string = orderNumber,
): Order {
  const transaction =
    held === null
      ? { ...UNAUTHORIZED, slipId, customerId: `C-${orderNumber}` }
      : authorized(ledger, { shopId, orderNumber }, slipId, held);
  const order: Order = {
    shopId,
    orderNumber,
    version: 1,
    changedIn: 1,
    type: 'regular',
    status: 'processing',
    channel: 'pc',
    placedAt: PLACED_AT,
    paidOn: null,
    paymentKind: 'card_fregi',
    paymentMethod: 'クレジットカード',
    amounts,
    lines: [[]],
    transaction,
    authentication: held === null ? 'not_known' : 'authenticated',
    paymentMail: { sending: 'auto', sentCount: 0, lastSentAt: null },
    shipped: false,
    stockReturned: false,
    pointsReturned: yen(0),
    settlements: [],
    redirects: [],
    paidAtStore: null,
    customerErased: false,
    proposal: null,
  };
  store.place(order);
  return order;
}

export function someAmounts(random: Random): Amounts {
  const amounts = plainAmounts(random.int(500, 20_000));
  return { ...amounts, pointsUsed: yen(random.int(0, 400)) };
}

/** Returns `items` yen for the products, 500 yen for shipping, and nothing else. */
export function plainAmounts(items: number): Amounts {
  const none = yen(0);
  const fees = { shipping: yen(500), paymentFee: none, wrapping: none, coolFee: none };
  const deductions = { pointsUsed: none, couponDiscount: none, discount: none };
  return { items: yen(items), ...fees, otherFee: none, ...deductions };
}

const UNAUTHORIZED = {
  state: 'validated_unauthorized',
  seqno: null,
  authCode: null,
  amount: yen(0),
  authorizedAt: null,
  asOf: PLACED_AT,
} as const;

function authorized(
  ledger: Ledger,
  { shopId, orderNumber }: OrderRef,
  slipId: string,
  amount: Yen,
): Transaction {
  const how = { by: 'seed', call: null } as const;
  const deed = { shopId, slipId, amount };
  const { seqno, authCode } = ledger.open(deed, 'authorized', how, orderNumber, false, true);
  const when = { authorizedAt: PLACED_AT, asOf: PLACED_AT };
  return { state: 'authorized', seqno, authCode, slipId, customerId: null, amount, ...when };
}
