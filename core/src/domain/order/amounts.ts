import type { JstDate } from '../values/jst.ts';
import { sumYen, type Yen, yen } from '../values/yen.ts';
import type { SettledBy } from './states.ts';

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
export function settledOf({
  settlements,
}: {
  readonly settlements: readonly Settlement[];
}): number {
  return settlements.reduce(
    (sum, { direction, amount }) => sum + (direction === 'received' ? amount : -amount),
    0,
  );
}
