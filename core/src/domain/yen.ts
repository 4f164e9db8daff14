declare const unit: unique symbol;

/** An amount of money in whole yen. Made only by {@link yen}; never a fraction, never negative. */
export type Yen = number & { readonly [unit]: 'yen' };

/** The least and the most that F-REGI takes by card, in yen (rule C3). */
export const CARD_YEN_MIN = 2;
export const CARD_YEN_MAX = 9_999_999;

/** The most that any amount in Renkei may be, so that sums over a million orders stay exact. */
export const YEN_MAX = 99_999_999;

/** Checks that a number is an amount in yen. Throws a RangeError if not: a caller's bug. */
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
