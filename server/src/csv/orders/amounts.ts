import type { AmountsView } from '@renkei/contract/orders/order-content.ts';
import { CHARGED, DEDUCTED, sumOf } from '@renkei/core/domain/order.ts';
import { type Bilingual, SAYS } from '../text/messages.ts';

/** The amounts of one order as its row has them, in yen. */
export type AmountCells = {
  readonly billed: number;
  /** 総合計金額; null where the file does not have it. */
  readonly total: number | null;
  readonly items: number;
  readonly tax: number;
  readonly wrapping: number;
  readonly shipping: number;
  readonly paymentFee: number;
  readonly coolFee: number;
  readonly otherFee: number;
  readonly pointsUsed: number;
  readonly itemsDiscount: number;
  readonly shippingDiscount: number;
  /** 値引き of the shop's own; 0 where the file does not have it. */
  readonly discount: number;
};

export type SumFound =
  | { readonly kind: 'right'; readonly amounts: AmountsView }
  | { readonly kind: 'wrong'; readonly field: 'billed' | 'total'; readonly message: Bilingual };

/**
 * The amounts of an order, if its parts come to what is billed. 消費税合計 may be contained in the
 * prices or come on top of them, as the shop has set it: the sum tells which. Tax on top goes to
 * the items, as Renkei's amounts contain it.
 */
export function checkSums(cells: AmountCells): SumFound {
  const { billed, tax, wrapping, shipping, paymentFee, coolFee, otherFee, discount } = cells;
  const couponDiscount = cells.itemsDiscount + cells.shippingDiscount;
  const taxContained = sumOf(cells, CHARGED);
  const totals = tax === 0 ? [taxContained] : [taxContained, taxContained + tax];
  const deductions = sumOf({ ...cells, couponDiscount }, DEDUCTED);

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
  const { pointsUsed } = cells;
  const amounts = {
    items,
    shipping,
    paymentFee,
    wrapping,
    pointsUsed,
    couponDiscount,
    ...(coolFee === 0 ? {} : { coolFee }),
    ...(otherFee === 0 ? {} : { otherFee }),
    ...(discount === 0 ? {} : { discount }),
  };
  return { kind: 'right', amounts };
}

/** A product's row in money: what one costs, what its options cost, and how many there are. */
export type PricedLine = {
  readonly unitPrice: number;
  readonly optionPrice: number;
  readonly quantity: number;
};

/**
 * How the lines come to 商品合計金額: `with_options` where オプション価格 comes on top of 販売単価,
 * `plain` where it is contained or zero, `not` where neither adds up (prices edited later).
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
