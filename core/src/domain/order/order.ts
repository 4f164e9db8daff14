import type { Authentication } from '../transaction/authentication.ts';
import type { IssuedPayment } from '../transaction/redirect.ts';
import type { Instant, JstDate } from '../values/jst.ts';
import { type Yen, yen } from '../values/yen.ts';
import type { Amounts, Lines, Settlement } from './amounts.ts';
import type { Proposal } from './proposal.ts';
import type { Channel, OrderStatus, OrderType, PaymentKind, TransactionState } from './states.ts';

export {
  AMOUNT_PARTS,
  type AmountPart,
  type Amounts,
  billedOf,
  CHARGED,
  DEDUCTED,
  deductionsOf,
  isRare,
  itemsOf,
  type Lines,
  type RarePart,
  SETTLEMENTS_MAX,
  type Settlement,
  settledOf,
  sumOf,
  TAX_RATES,
  type TaxRate,
  totalOf,
} from './amounts.ts';
export type { Proposal } from './proposal.ts';

/** The identity of an order: its shop and its 受注コード of 12 digits. */
export type OrderRef = { readonly shopId: string; readonly orderNumber: string };

/** Returns the reference as one string, for the keys of maps. */
export function nameOf({ shopId, orderNumber }: OrderRef): string {
  return `${shopId}/${orderNumber}`;
}

/** Our record of the transaction at F-REGI that an order is linked to. */
export type Transaction = {
  readonly state: TransactionState;
  /** 取引番号, 20 digits; null while nothing has been authorized. */
  readonly seqno: string | null;
  /** 承認番号, up to 6 characters, case-sensitive. */
  readonly authCode: string | null;
  /** 伝票番号, the shop's own number of the transaction, up to 20 of [A-Za-z0-9-]. */
  readonly slipId: string;
  /** 顧客番号 under which the card is registered at F-REGI. */
  readonly customerId: string | null;
  /** The yen that F-REGI holds or has captured. */
  readonly amount: Yen;
  readonly authorizedAt: Instant | null;
  /** The instant of our newest evidence for the state. */
  readonly asOf: Instant;
};

/** The part of an order that decisions depend on: four axes, amounts, transaction. */
export type Order = OrderRef & {
  /** The number of entries in the order's journal; each entry adds one. */
  readonly version: number;
  /**
   * The version of its last change other than a sent mail: a mail changes no basis of a decision.
   */
  readonly changedIn: number;
  readonly type: OrderType;
  readonly status: OrderStatus;
  readonly channel: Channel;
  readonly placedAt: Instant;
  /** 入金日; null while 未入金. */
  readonly paidOn: JstDate | null;
  readonly paymentKind: PaymentKind;
  /** 決済方法: the shop's own words for the payment kind. */
  readonly paymentMethod: string;
  readonly amounts: Amounts;
  readonly lines: Lines;
  readonly transaction: Transaction | null;
  /** Y1: 本人認証 of that transaction's cardholder. */
  readonly authentication: Authentication;
  readonly paymentMail: MailCounter;
  readonly shipped: boolean;
  /** V6: true if 在庫を反映させる was done and no re-opening took the stock again. */
  readonly stockReturned: boolean;
  /** V6: ご利用ポイント given back and not taken again. */
  readonly pointsReturned: Yen;
  /** O3: amounts that moved without the card, oldest first; at most {@link SETTLEMENTS_MAX}. */
  readonly settlements: readonly Settlement[];
  /** L2: the payments that were issued at F-REGI for it, in the sequence in which they were seen. */
  readonly redirects: readonly IssuedPayment[];
  /** L2: the yen of the payment at the store by which it is 入金済; null if it is not, or unknown. */
  readonly paidAtStore: Yen | null;
  /** H6: true once nothing of the customer is left but money and proof. */
  readonly customerErased: boolean;
  /** F59: the command that waits for a second person; null if none does. */
  readonly proposal: Proposal | null;
};

/** V6, V7: stock and points that a change of status gave back and no re-opening took again. */
type GivenBack = Pick<Order, 'stockReturned' | 'pointsReturned'>;

/** An incoming order has given nothing back. */
export const NOTHING_GIVEN_BACK: GivenBack = { stockReturned: false, pointsReturned: yen(0) };

/** The names of these facts. */
export const GIVEN_BACK = Object.keys(NOTHING_GIVEN_BACK) as (keyof GivenBack)[];

export function givenBackOf({ stockReturned, pointsReturned }: Order): GivenBack {
  return { stockReturned, pointsReturned };
}

/** 未送信 or 送信済, the number sent, the last time, and how the next one goes out (rule C8). */
export type MailCounter = {
  readonly sending: 'auto' | 'manual';
  readonly sentCount: number;
  readonly lastSentAt: Instant | null;
};

/** True if an order has not changed since the version that a person saw (INV-2). */
export function isAsSeen({ version, changedIn }: Order, seen: number): boolean {
  return changedIn <= seen && seen <= version;
}
