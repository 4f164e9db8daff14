import type { Yen } from '../values/yen.ts';

/** S2: the limits from which a person types a confirmation, so that nobody acts by mistake. */
export type ConfirmLimits = {
  /** Orders in one run. */
  readonly orders: number;
  /** Yen moved by one order, or by a run in all. */
  readonly yen: number;
};

/** True if an operation on one order needs a confirmation. Without limits none does. */
export function isLarge(amount: Yen, limits: ConfirmLimits | undefined): boolean {
  return limits !== undefined && amount >= limits.yen;
}

/** True if a run needs a confirmation: by its number of orders, or by its yen if any move. */
export function isLargeRun(
  run: { readonly orders: number; readonly yen: number },
  limits: ConfirmLimits,
): boolean {
  return run.orders >= limits.orders || run.yen >= limits.yen;
}

/**
 * Returns the text to type for one order: the last four digits of its number. For a run a person
 * types the number of orders.
 */
export function digitsOf(orderNumber: string): string {
  return orderNumber.slice(-4);
}
