import type { Authentication } from '../transaction/authentication.ts';
import type { IssuedPayment } from '../transaction/redirect.ts';
import type { Instant, JstDate } from '../values/jst.ts';
import { sumYen, type Yen, yen } from '../values/yen.ts';
import type {
  Channel,
  OrderStatus,
  OrderType,
  PaymentKind,
  SettledBy,
  TransactionState,
} from './states.ts';

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

/**
 * The parts of 総合計金額 and the deductions from it; in yen, tax included. An incoming order may leave
 * out a rare part.
 */
export const AMOUNT_PARTS = {
  items: { side: 'charged' },
  shipping: { side: 'charged' },
  paymentFee: { side: 'charged' },
  /** クール便手数料 */
  coolFee: { side: 'charged', rare: true },
  wrapping: { side: 'charged' },
  /** その他手数料 */
  otherFee: { side: 'charged', rare: true },
  pointsUsed: { side: 'deducted' },
  couponDiscount: { side: 'deducted' },
  /** 割引: for volume, for a bundle, or by an operator. */
  discount: { side: 'deducted', rare: true },
} as const;
export type AmountPart = keyof typeof AMOUNT_PARTS;
export type Amounts = { readonly [Part in AmountPart]: Yen };

type PartOf<Kind> = {
  [Part in AmountPart]: (typeof AMOUNT_PARTS)[Part] extends Kind ? Part : never;
}[AmountPart];

/** The parts that an incoming order may leave out: an absent one is zero. */
export type RarePart = PartOf<{ readonly rare: true }>;

export function isRare(part: AmountPart): part is RarePart {
  return 'rare' in AMOUNT_PARTS[part];
}

/** The parts that add up to 総合計金額, and the deductions from it. */
export const CHARGED = partsOf('charged');
export const DEDUCTED = partsOf('deducted');

function partsOf<Side extends 'charged' | 'deducted'>(side: Side) {
  const parts = Object.keys(AMOUNT_PARTS) as AmountPart[];
  return parts.filter(
    (part): part is PartOf<{ readonly side: Side }> => AMOUNT_PARTS[part].side === side,
  );
}

/** Sums some parts in yen; an absent part is zero. */
export function sumOf<Part extends AmountPart>(
  amounts: { readonly [Each in Part]?: number | undefined },
  parts: readonly Part[],
): number {
  return parts.reduce((sum, part) => sum + (amounts[part] ?? 0), 0);
}

/** 消費税率 in percent: 標準税率, 軽減税率, untaxed. */
export const TAX_RATES = [10, 8, 0] as const;
export type TaxRate = (typeof TAX_RATES)[number];

/** A product of an order, as sold: its price includes tax. */
type Line = {
  readonly productCode: string;
  readonly name: string;
  readonly variation: string;
  readonly quantity: number;
  readonly unitPrice: Yen;
  readonly taxRate: TaxRate;
};

/** The products of an order: a list for each destination, in the order's sequence. */
export type Lines = readonly (readonly Line[])[];

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

/** O3: an amount received, or given back, otherwise than by card. */
export type Settlement = {
  /** The order's version that recorded it; serves as its id. */
  readonly version: number;
  readonly direction: 'received' | 'returned';
  readonly amount: Yen;
  readonly by: SettledBy;
  readonly on: JstDate;
  /**
   * The settlement, recorded by mistake, that this one takes back; null if it is an ordinary one.
   */
  readonly corrects: number | null;
};

/** The most settlements of one order. */
export const SETTLEMENTS_MAX = 50;

/** Sums settlements in yen: amounts received minus amounts given back. */
export function settledOf({ settlements }: Pick<Order, 'settlements'>): number {
  return settlements.reduce(
    (sum, { direction, amount }) => sum + (direction === 'received' ? amount : -amount),
    0,
  );
}

/** 未送信 or 送信済, the number sent, the last time, and how the next one goes out (rule C8). */
export type MailCounter = {
  readonly sending: 'auto' | 'manual';
  readonly sentCount: number;
  readonly lastSentAt: Instant | null;
};

/** 総合計金額, in yen: before points, coupons and discounts. */
export function totalOf(amounts: Amounts): Yen {
  return yen(sumOf(amounts, CHARGED));
}

/** The deductions from 総合計金額, in yen. */
export function deductionsOf(amounts: Amounts): Yen {
  return yen(sumOf(amounts, DEDUCTED));
}

/** 請求金額, in yen: the customer's amount and F-REGI's. Throws if the deductions exceed the total. */
export function billedOf(amounts: Amounts): Yen {
  return yen(totalOf(amounts) - deductionsOf(amounts));
}

/** 商品合計金額 of all destinations, in yen. Throws a RangeError above the limit. */
export function itemsOf(lines: Lines): Yen {
  return sumYen(lines.flat().map(({ quantity, unitPrice }) => yen(quantity * unitPrice)));
}

/** True if an order has not changed since the version that a person saw (INV-2). */
export function isAsSeen({ version, changedIn }: Order, seen: number): boolean {
  return changedIn <= seen && seen <= version;
}
