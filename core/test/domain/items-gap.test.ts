import { expect, test } from 'vitest';
import { readTable } from '../../../test/kit/table.ts';
import { itemsGapOf } from '../../src/domain/order/items-gap.ts';
import type { Lines, TaxRate } from '../../src/domain/order/order.ts';
import { yen } from '../../src/domain/values/yen.ts';
import { bankOrder } from './orders.ts';

/** Products as `quantity × price % rate`, with a comma between them. */
function linesOf(text: string): Lines {
  const products = text.split(', ').map((each, index) => {
    const [, quantity, price, rate] = /^(\d+) × (\d+) % (\d+)$/.exec(each) ?? [];
    return {
      productCode: `p-${index}`,
      name: '',
      variation: '',
      quantity: Number(quantity),
      unitPrice: yen(Number(price)),
      taxRate: Number(rate) as TaxRate,
    };
  });
  return [products];
}

const TABLE = readTable(
  `
  items | products                                     → gap

  # O5: products that add up, and products of which some are missing
  5000  | 1 × 5000 % 10                                → 0
  5000  | 1 × 100 % 10                                 → 4900
  17000 | 1 × 3000 % 10, 1 × 4000 % 10                 → 10000
  17000 | 1 × 3000 % 10, 1 × 4000 % 10, 2 × 5000 % 10  → 0
  100   | 1 × 5000 % 10                                → -4900
  0     | 1 × 0 % 10                                   → 0
  # O5: prices without their tax add up with it, however the shop rounds
  5500  | 1 × 5000 % 10                                → 0
  5400  | 1 × 5000 % 8                                 → 0
  5900  | 1 × 3000 % 10, 1 × 2408 % 8                  → 0
  1087  | 1 × 989 % 10                                 → 0
  1088  | 1 × 989 % 10                                 → 0
  # O5: a difference that is no tax is told
  5490  | 1 × 5000 % 10                                → 490
  5500  | 1 × 5000 % 0                                 → 500
  4500  | 1 × 5000 % 10                                → -500
  `,
  { items: Number, products: linesOf, gap: Number },
);

for (const { title, items, products, gap } of TABLE) {
  test(title, () => {
    const { amounts } = bankOrder();
    const order = { amounts: { ...amounts, items: yen(items) }, lines: products };
    expect(itemsGapOf(order)).toBe(gap);
  });
}
