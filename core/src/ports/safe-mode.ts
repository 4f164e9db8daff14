import type { OrderRef } from '../domain/order.ts';
import type { AskMark, Mark } from './marks.ts';

/**
 * Safe mode: the database is known to be older than it was, so nothing may be asked of a gateway
 * until somebody has looked. It is a row, so that every process sees it and it outlives them all.
 */
export type SafeMode = {
  /** Another one where the database was restored once more while safe mode held. */
  readonly id: number;
  readonly enteredAt: number;
  /** The marks that the database lacks. */
  readonly cause: readonly Lack[];
  /** When all was compared with the gateways; null: not yet. */
  readonly comparedAt: number | null;
  readonly report: RestoreReport | null;
};

/** What was done in safe mode: operations parked, and the sweep of each shop with an inquiry. */
export type RestoreReport = {
  readonly parked: number;
  readonly shops: readonly { readonly shopId: string; readonly sweep: string }[];
};

/** What was written outside of the database, and that it does not have. */
export type Lack = SealLack | AskLack;
/** `behind`: there is no such seal. `different`: there is another one of that number. */
export type SealLack = Mark & { readonly kind: 'behind' | 'different' };
/** Something was asked, and the database does not know of it. */
export type AskLack = AskMark & { readonly kind: 'forgotten' };

/** The port to safe mode, as it is written down. */
export type SafeModes = {
  /** The safe mode that holds now; null: none does. */
  load(): Promise<SafeMode | null>;
  /** Orders with an operation that is open and not parked. */
  listOpen(): Promise<OrderRef[]>;
  /** Notes that all was compared in a safe mode; nothing, where that does not hold any more. */
  saveComparison(id: number, report: RestoreReport): Promise<void>;
};
