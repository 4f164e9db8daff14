import type { Yen } from './yen.ts';

/** S2: from how much on a person types something first, so that nobody does it by mistake. */
export type ConfirmLimits = {
  /** Orders of one run. */
  readonly orders: number;
  /** Yen that move: of one order, or of a run in all. */
  readonly yen: number;
};

/** Whether an operation on one order has to be confirmed. No limits: nothing has to be. */
export function isLarge(amount: Yen, limits: ConfirmLimits | undefined): boolean {
  return limits !== undefined && amount >= limits.yen;
}

/** Whether a run has to be confirmed: by its orders, or by its yen, if any move. */
export function isLargeRun(
  run: { readonly orders: number; readonly yen: number },
  limits: ConfirmLimits,
): boolean {
  return run.orders >= limits.orders || run.yen >= limits.yen;
}

/** What is typed for one order: the last four digits of its number. For a run: how many orders. */
export function digitsOf(orderNumber: string): string {
  return orderNumber.slice(-4);
}
