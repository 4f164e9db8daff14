import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Amounts, billedOf, type Lines, type TaxRate } from '../../src/domain/order/order.ts';
import { taxesOf } from '../../src/domain/order/tax.ts';
import { yen } from '../../src/domain/values/yen.ts';

const NONE: Amounts = {
  items: yen(0),
  shipping: yen(0),
  paymentFee: yen(0),
  wrapping: yen(0),
  coolFee: yen(0),
  otherFee: yen(0),
  pointsUsed: yen(0),
  couponDiscount: yen(0),
  discount: yen(0),
};
const line = (taxRate: TaxRate, unitPrice: number, quantity = 1) => ({
  productCode: 'p',
  name: 'p',
  variation: '',
  quantity,
  taxRate,
  unitPrice: yen(unitPrice),
});

/** 消費税 is rounded once per rate and invoice (適格請求書); amounts contain it (A1). */
describe('A1: the tax in the billed amount', () => {
  test('the tax is rounded once per rate, not line by line', () => {
    // Line by line four times 138; on the sum 555, as in futureshop's own figures.
    const lines: Lines = [[line(10, 1_527, 4)]];
    expect(taxesOf({ ...NONE, items: yen(6_108) }, lines)).toEqual([
      { rate: 10, taxed: 6_108, tax: 555 },
    ]);
  });

  test('the tax is told per rate; shipping and fees are at the standard rate', () => {
    const lines: Lines = [[line(8, 1_080)], [line(10, 1_100), line(0, 500)]];
    const amounts = { ...NONE, items: yen(2_680), shipping: yen(550) };
    expect(taxesOf(amounts, lines)).toEqual([
      { rate: 10, taxed: 1_650, tax: 150 },
      { rate: 8, taxed: 1_080, tax: 80 },
      { rate: 0, taxed: 500, tax: 0 },
    ]);
  });

  test('points, coupons and discounts come off every rate in proportion', () => {
    const lines: Lines = [[line(8, 3_000), line(10, 1_000)]];
    const amounts = { ...NONE, items: yen(4_000), pointsUsed: yen(300), discount: yen(100) };
    expect(taxesOf(amounts, lines)).toEqual([
      { rate: 10, taxed: 900, tax: 81 },
      { rate: 8, taxed: 2_700, tax: 200 },
    ]);
  });

  test('an items total that differs from the sum of the products is divided in their proportion', () => {
    expect(taxesOf({ ...NONE, items: yen(200) }, [[line(8, 50), line(10, 50)]])).toMatchObject([
      { rate: 10, taxed: 100 },
      { rate: 8, taxed: 100 },
    ]);
    expect(taxesOf({ ...NONE, items: yen(110) }, [])).toEqual([{ rate: 10, taxed: 110, tax: 10 }]);
  });

  test('the rates always add up to the billed amount', () => {
    const amount = fc.integer({ min: 0, max: 9_000_000 }).map(yen);
    const someLine = fc.tuple(
      fc.constantFrom<TaxRate>(10, 8, 0),
      fc.integer({ min: 0, max: 999_999 }),
      fc.integer({ min: 1, max: 99 }),
    );
    fc.assert(
      fc.property(amount, amount, amount, fc.array(someLine), (items, shipping, off, some) => {
        const discount = yen(Math.min(off, items + shipping));
        const amounts = { ...NONE, items, shipping, discount };
        const taxes = taxesOf(amounts, [some.map(([rate, price, n]) => line(rate, price, n))]);
        const sum = taxes.reduce((total, { taxed }) => total + taxed, 0);
        expect(sum).toBe(billedOf(amounts));
        for (const { rate, taxed, tax } of taxes) {
          expect(tax).toBe(Math.floor((taxed * rate) / (100 + rate)));
        }
      }),
    );
  });
});
