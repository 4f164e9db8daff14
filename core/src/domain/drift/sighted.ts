import type { TransactionState } from '../order/states.ts';
import type { Person } from '../order/witnesses.ts';
import { isCaptured } from '../transaction/link.ts';
import type { Instant } from '../values/jst.ts';
import type { Yen } from '../values/yen.ts';

/** The source of a sighting. `answer`: F-REGI's own answer to our call. */
export const SIGHTING_SOURCES = ['answer', 'inquiry', 'console_csv', 'person'] as const;
export type SightingSource = (typeof SIGHTING_SOURCES)[number];

/** S6: whoever imported a file of the console, and the second person who imported it, too. */
export type FileTold = {
  readonly by: Person;
  readonly confirmedBy: Person | null;
  /** SHA-256 of the file. */
  readonly fileHash: string;
  /** True if the shop has nobody else: then one person is enough. */
  readonly isAlone: boolean;
};

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
  /** S6: for a file of the console; null or absent for any other source. */
  readonly told?: FileTold | null;
};

/**
 * S6: true if one person alone says so by a file. Whoever may not move money could otherwise say
 * what F-REGI has.
 */
export function isHearsay({ source, told }: Pick<Sighted, 'source' | 'told'>): boolean {
  if (source !== 'console_csv' || told == null) return false;
  return told.confirmedBy === null && !told.isAlone;
}

/** S6: true if one person's file would make a captured transaction of an authorized one. */
export function isUnconfirmedCapture(
  known: { readonly state: TransactionState },
  seen: Pick<Sighted, 'source' | 'told' | 'state'>,
): boolean {
  return known.state === 'authorized' && isCaptured(seen.state) && isHearsay(seen);
}

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
