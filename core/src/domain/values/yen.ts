declare const unit: unique symbol;

/** An amount of money in whole yen. Only {@link yen} makes it; never a fraction, never negative. */
export type Yen = number & { readonly [unit]: 'yen' };

/** The least and most yen that F-REGI accepts by card (rule C3). */
export const CARD_YEN_MIN = 2;
export const CARD_YEN_MAX = 9_999_999;

/** The most yen of any amount in Renkei, so that sums over a million orders stay exact. */
export const YEN_MAX = 99_999_999;

/** Checks that a number is an amount in yen. Throws a RangeError if not: a bug of the caller. */
export function yen(value: number): Yen {
  if (!isYen(value)) throw new RangeError(`not an amount in yen: ${value}`);
  return value;
}

export function isYen(value: number): value is Yen {
  return Number.isInteger(value) && value >= 0 && value <= YEN_MAX;
}

export function sumYen(amounts: readonly Yen[]): Yen {
  return yen(amounts.reduce((sum, amount) => sum + amount, 0));
}
