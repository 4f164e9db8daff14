import {
  AMOUNT_PARTS,
  type AmountPart,
  CHARGED,
  DEDUCTED,
  isRare,
  sumOf,
} from '@renkei/core/domain/order/order.ts';
import type { IncomingAmounts } from '@renkei/core/domain/order/place-order.ts';
import { keysOf } from '@renkei/core/domain/order/states.ts';
import type { ColumnName, OrderReader } from '../text/columns.ts';
import { type Bilingual, SAYS } from '../text/messages.ts';
import { AMOUNT } from '../text/values.ts';

const PARTS = keysOf(AMOUNT_PARTS);

/** 割引合計金額 has two columns, for 商品 and for 送料; each other part has the column of its name. */
type PlainPart = Exclude<AmountPart, 'couponDiscount'>;
const PLAIN_PARTS = PARTS.filter((part) => part !== 'couponDiscount');

/** Returns the column of a part, which takes its errors. */
export function columnOf(part: AmountPart): ColumnName {
  return part === 'couponDiscount' ? 'itemsDiscount' : part;
}

/** The amounts in the row of one order, in yen; 0 if the file lacks the column. */
export type AmountCells = { readonly [Part in PlainPart]: number } & {
  readonly billed: number;
  /** 総合計金額; null if the file does not have it. */
  readonly total: number | null;
  readonly tax: number;
  readonly itemsDiscount: number;
  readonly shippingDiscount: number;
};

/** Blank parts are zero: the sum tells whether one is missing. */
export function readAmountCells({ required, optional }: OrderReader): AmountCells {
  const parts = PLAIN_PARTS.map((part) => [
    part,
    part === 'items' ? required(part, AMOUNT) : optional(part, AMOUNT, 0),
  ]);
  return {
    ...(Object.fromEntries(parts) as { [Part in PlainPart]: number }),
    billed: required('billed', AMOUNT),
    total: optional('total', AMOUNT, null),
    tax: optional('tax', AMOUNT, 0),
    itemsDiscount: optional('itemsDiscount', AMOUNT, 0),
    shippingDiscount: optional('shippingDiscount', AMOUNT, 0),
  };
}

/** Returns the cells of an order's amounts; Renkei's coupon becomes 割引 of the products. */
export function amountCellsOf(amounts: IncomingAmounts): Partial<Record<ColumnName, string>> {
  const total = sumOf(amounts, CHARGED);
  const parts = PARTS.map((part) => [columnOf(part), String(amounts[part] ?? 0)]);
  return {
    ...Object.fromEntries(parts),
    billed: String(total - sumOf(amounts, DEDUCTED)),
    total: String(total),
    tax: '0', // Renkei's amounts contain the tax.
    hasPoints: amounts.pointsUsed > 0 ? '1' : '0',
    shippingDiscount: '0',
  };
}

export type SumFound =
  | { readonly kind: 'right'; readonly amounts: IncomingAmounts }
  | { readonly kind: 'wrong'; readonly field: 'billed' | 'total'; readonly message: Bilingual };

/**
 * Returns the amounts of an order if its parts add up to the billed amount. 消費税合計 is contained in
 * the prices or comes on top, by the shop's settings: the sum tells which. Tax on top goes to the
 * items, because Renkei's amounts contain it.
 */
export function checkSums(cells: AmountCells): SumFound {
  const { billed, tax } = cells;
  const parts = { ...cells, couponDiscount: cells.itemsDiscount + cells.shippingDiscount };
  const taxContained = sumOf(parts, CHARGED);
  const totals = tax === 0 ? [taxContained] : [taxContained, taxContained + tax];
  const deductions = sumOf(parts, DEDUCTED);

  const total = totals.find((sum) => sum - deductions === billed);
  if (total === undefined) {
    const dues = totals.map((sum) => sum - deductions);
    const due = dues[totals.indexOf(billed)];
    const message =
      due === undefined ? SAYS.sumDiffers(billed, dues) : SAYS.billedBeforeDeductions(billed, due);
    return { kind: 'wrong', field: 'billed', message };
  }
  if (cells.total !== null && cells.total !== total) {
    return { kind: 'wrong', field: 'total', message: SAYS.totalDiffers(cells.total, total) };
  }
  const items = cells.items + total - taxContained;
  return { kind: 'right', amounts: withoutNothing({ ...parts, items }) };
}

/** Returns the parts of an order without rare parts of zero. */
function withoutNothing(parts: { readonly [Part in AmountPart]: number }): IncomingAmounts {
  const there = PARTS.filter((part) => !isRare(part) || parts[part] !== 0);
  return Object.fromEntries(there.map((part) => [part, parts[part]])) as IncomingAmounts;
}

/** The money of a product's row: unit price, price of its options, and quantity. */
export type PricedLine = {
  readonly unitPrice: number;
  readonly optionPrice: number;
  readonly quantity: number;
};

/**
 * Tells how the lines add up to 商品合計金額: `with_options` if オプション価格 comes on top of 販売単価, `plain` if
 * it is contained or zero, `not` if neither adds up (prices edited later).
 */
export function howLinesAddUp(
  lines: readonly PricedLine[],
  items: number,
): 'plain' | 'with_options' | 'not' {
  const plain = lines.reduce((sum, line) => sum + line.unitPrice * line.quantity, 0);
  if (plain === items) return 'plain';
  const options = lines.reduce((sum, line) => sum + line.optionPrice * line.quantity, 0);
  return plain + options === items ? 'with_options' : 'not';
}
