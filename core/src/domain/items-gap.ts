import type { Amounts, Lines } from './order.ts';

/**
 * By how many yen 商品合計金額 is more than the products come to; negative where it is less, 0 where
 * they add up. Products whose prices come without their tax add up with it, as 商品合計金額 contains
 * it: how the shop rounds is not known, so each product may be off by a yen.
 */
export function itemsGapOf({ amounts, lines }: { amounts: Amounts; lines: Lines }): number {
  const products = lines.flat();
  const prices = products.map(({ quantity, unitPrice }) => quantity * unitPrice);
  const gap = amounts.items - prices.reduce((sum, price) => sum + price, 0);
  const tax = products.reduce(
    (sum, { taxRate }, index) => sum + ((prices[index] ?? 0) * taxRate) / 100,
    0,
  );
  return tax > 0 && Math.abs(gap - tax) <= products.length ? 0 : gap;
}
