import type { Instant } from '../order.ts';
import type { TransactionState } from '../states.ts';
import type { Yen } from '../yen.ts';

/** Where a sighting of a transaction comes from. `answer`: F-REGI's own answer to our call. */
export const SIGHTING_SOURCES = ['answer', 'inquiry', 'console_csv', 'person'] as const;
export type SightingSource = (typeof SIGHTING_SOURCES)[number];

/** A transaction as it was last seen at F-REGI, and when and how it was seen. */
export type Sighted = {
  readonly seqno: string;
  readonly slipId: string;
  readonly authCode: string | null;
  readonly state: TransactionState;
  readonly amount: Yen;
  /** When it was authorized, where that was to be seen. */
  readonly authorizedAt: Instant | null;
  readonly seenAt: Instant;
  readonly source: SightingSource;
};

/** O1: the other order of which a transaction is; `certain`: our books say so, else it may be. */
export type Belonging = { readonly orderNumber: string; readonly certain: boolean };

/** F-REGI's side of the comparison; what belongs to no other order may leave that out. */
export type TheirSide = Sighted & { readonly belongsTo?: Belonging | null };

/** A transaction as one look has shown it; the moments where they were to be seen. */
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
