import type { TransactionState } from '../order/states.ts';
import type { Instant } from '../values/jst.ts';
import type { Yen } from '../values/yen.ts';

/** The source of a sighting. `answer`: F-REGI's own answer to our call. */
export const SIGHTING_SOURCES = ['answer', 'inquiry', 'console_csv', 'person'] as const;
export type SightingSource = (typeof SIGHTING_SOURCES)[number];

/** A transaction as last seen at F-REGI, with the time and the source. */
export type Sighted = {
  readonly seqno: string;
  readonly slipId: string;
  readonly authCode: string | null;
  readonly state: TransactionState;
  readonly amount: Yen;
  /** The instant of its authorization; null if the source did not show it. */
  readonly authorizedAt: Instant | null;
  readonly seenAt: Instant;
  readonly source: SightingSource;
};

/**
 * O1: the other order that a transaction belongs to; `certain`: our books say so, otherwise only
 * perhaps.
 */
export type Belonging = { readonly orderNumber: string; readonly certain: boolean };

/** F-REGI's side of the comparison; `belongsTo` may be absent if no other order is concerned. */
export type TheirSide = Sighted & { readonly belongsTo?: Belonging | null };

/** A transaction as one look showed it, with its times if they were visible. */
export type Observed = {
  readonly seqno: string;
  readonly slipId: string;
  readonly authCode: string | null;
  readonly state: TransactionState;
  readonly amount: number;
  readonly authorizedAt: Instant | null;
  readonly capturedAt: Instant | null;
  readonly cancelledAt: Instant | null;
};
