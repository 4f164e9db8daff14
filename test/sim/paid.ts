import type { RedirectStatus } from '../../core/src/domain/redirect.ts';

/**
 * Payments that the customer makes at a convenience store: F-REGI tells of them by notices, which
 * may be lost, late, doubled or forged, and answers what is true when it is asked.
 */

/**
 * What F-REGI really knows of a payment: the oracle. `toldAt`: since when a notice waits for a look;
 * `waitedMs`: how long the one that waited longest has waited.
 */
export type Paid = {
  readonly status: RedirectStatus;
  readonly toldAt: number | null;
  readonly waitedMs: number;
};
