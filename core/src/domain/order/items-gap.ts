import type { Amounts, Lines } from './order.ts';

/**
 * Returns 商品合計金額 minus the sum of the products, in yen; 0 if they add up. Prices without tax also
 * add up if the tax makes the difference, because 商品合計金額 contains it. The shop's rounding is
 * unknown, so each product may be off by one yen.
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
