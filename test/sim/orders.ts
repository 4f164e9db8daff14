import type { Amounts, Order, Transaction } from '../../backoffice/src/domain/order.ts';
import { billedOf } from '../../backoffice/src/domain/order.ts';
import { type Yen, yen } from '../../backoffice/src/domain/yen.ts';
import type { Ledger } from './ledger.ts';
import type { MemoryStore } from './memory-store.ts';
import type { Random } from './random.ts';

/** The orders that a history begins with, at the shop and, where authorized, in the ledger. */

/** Two shops with the same numbers: one whose gateway answers inquiries, one whose does not. */
export const SHOPS = [
  { shopId: 'hanamichi', inquiry: true },
  { shopId: 'minato', inquiry: false },
] as const;

const PLACED_AT = Date.UTC(2026, 10, 8, 1, 28, 26);

export function placeSomeOrders(random: Random, store: MemoryStore, ledger: Ledger): void {
  for (const { shopId, inquiry } of SHOPS) {
    store.saveShop(shopId, { linkEnabled: true, inquiry });
    for (let n = 1; n <= 2; n += 1) {
      store.place(someOrder(random, ledger, shopId, `10000000001${n}`));
    }
  }
}

function someOrder(random: Random, ledger: Ledger, shopId: string, orderNumber: string): Order {
  const amounts = someAmounts(random);
  const kind = random.weighted({ equal: 5, differing: 5, unauthorized: 2 });
  const amount = kind === 'equal' ? billedOf(amounts) : yen(billedOf(amounts) + random.int(1, 900));
  const transaction =
    kind === 'unauthorized'
      ? { ...UNAUTHORIZED, slipId: orderNumber }
      : authorized(ledger, shopId, orderNumber, amount);
  return {
    shopId,
    orderNumber,
    version: 1,
    type: 'regular',
    status: 'processing',
    channel: 'pc',
    placedAt: PLACED_AT,
    paidOn: null,
    paymentKind: 'card_fregi',
    paymentMethod: 'クレジットカード',
    amounts,
    lines: [],
    transaction,
    paymentMail: { sending: 'auto', sentCount: 0, lastSentAt: null },
    shipped: false,
    stockReturned: false,
    pointsReturned: yen(0),
  };
}

export function someAmounts(random: Random): Amounts {
  const none = yen(0);
  const items = yen(random.int(500, 20_000));
  const fees = { paymentFee: none, wrapping: none, coolFee: none, otherFee: none };
  const rest = { shipping: yen(500), ...fees, discount: none };
  return { items, ...rest, pointsUsed: yen(random.int(0, 400)), couponDiscount: none };
}

const UNAUTHORIZED = {
  state: 'validated_unauthorized',
  seqno: null,
  authCode: null,
  customerId: 'C-1',
  amount: yen(0),
  authorizedAt: null,
  asOf: PLACED_AT,
} as const;

function authorized(ledger: Ledger, shopId: string, slipId: string, amount: Yen): Transaction {
  const how = { by: 'seed', call: null } as const;
  const { seqno, authCode } = ledger.open({ shopId, slipId, amount }, 'authorized', how);
  const when = { authorizedAt: PLACED_AT, asOf: PLACED_AT };
  return { state: 'authorized', seqno, authCode, slipId, customerId: null, amount, ...when };
}
