import { type Yen, yen } from '../values/yen.ts';
import {
  type Amounts,
  CHARGED,
  deductionsOf,
  type Lines,
  sumOf,
  TAX_RATES,
  type TaxRate,
} from './order.ts';

/** The part of the billed amount at one rate, tax included, and the tax in it; in yen. */
export type TaxOfRate = { readonly rate: TaxRate; readonly taxed: Yen; readonly tax: Yen };

/**
 * Returns 消費税 by the invoice system's rule: for each rate, on the sum, rounded down once. Products
 * have their own rate; shipping and fees take 10 %. Points, coupons and discounts reduce the rates
 * in proportion to their amounts. Rates without an amount are left out.
 */
export function taxesOf(amounts: Amounts, lines: Lines): TaxOfRate[] {
  const items = apportion(amounts.items, priceByRate(lines));
  const fees = sumOf(amounts, CHARGED) - amounts.items;
  const before = TAX_RATES.map((rate, i) => (items[i] ?? 0) + (rate === 10 ? fees : 0));
  const deducted = apportion(deductionsOf(amounts), before);
  return TAX_RATES.flatMap((rate, i) => {
    const taxed = (before[i] ?? 0) - (deducted[i] ?? 0);
    if (taxed === 0) return [];
    return [{ rate, taxed: yen(taxed), tax: yen(Math.floor((taxed * rate) / (100 + rate))) }];
  });
}

/**
 * Sums prices by the rates of {@link TAX_RATES}; without products the standard rate takes
 * everything.
 */
function priceByRate(lines: Lines): number[] {
  const prices = TAX_RATES.map((rate) =>
    lines
      .flat()
      .filter((line) => line.taxRate === rate)
      .reduce((sum, { quantity, unitPrice }) => sum + quantity * unitPrice, 0),
  );
  return prices.some((price) => price > 0) ? prices : TAX_RATES.map((_, i) => (i === 0 ? 1 : 0));
}

/**
 * Divides an amount by weights into whole yen that add up to it: rounds each part down and gives
 * the rest to the largest remainders. Exact, although the product of two amounts can exceed a safe
 * number.
 */
function apportion(amount: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((total, weight) => total + BigInt(weight), 0n);
  if (sum === 0n) return weights.map(() => 0);
  const shares = weights.map((weight) => BigInt(amount) * BigInt(weight));
  const parts = shares.map((share) => Number(share / sum));
  const left = amount - parts.reduce((total, part) => total + part, 0);
  const byRemainder = shares
    .map((share, i) => ({ i, remainder: share % sum }))
    .sort((a, b) => (a.remainder === b.remainder ? a.i - b.i : a.remainder < b.remainder ? 1 : -1));
  for (const { i } of byRemainder.slice(0, left)) parts[i] = (parts[i] ?? 0) + 1;
  return parts;
}
