import type { RedirectStatus } from '../../core/src/domain/transaction/redirect.ts';

/**
 * Payments at a convenience store: F-REGI announces them by notices, which may be lost, late,
 * doubled or forged, and tells the truth when it is asked.
 */

/**
 * F-REGI's real knowledge of a payment: the oracle. `toldAt`: since when a notice waits for a look;
 * `waitedMs`: the longest wait of a notice so far; `asked`: the written calls of 発行取消 that have
 * left.
 */
export type Paid = {
  readonly status: RedirectStatus;
  readonly toldAt: number | null;
  readonly waitedMs: number;
  readonly asked: readonly { readonly n: number; readonly at: number }[];
};
