import type { OrderRef } from '../domain/order/order.ts';
import type { AskMark, Mark } from './marks.ts';

/**
 * Safe mode: the database is older than it was, so Renkei asks no gateway anything until a person
 * has looked. A row stores it, so every process sees it and it outlives them all.
 */
export type SafeMode = {
  /** A new id if the database was restored once more during safe mode. */
  readonly id: number;
  readonly enteredAt: number;
  /** The marks that the database does not know. */
  readonly cause: readonly Lack[];
  /** When the comparison with the gateways was complete; null: not yet. */
  readonly comparedAt: number | null;
  readonly report: RestoreReport | null;
};

/** The work done in safe mode: operations parked, and the sweep of each shop with an inquiry. */
export type RestoreReport = {
  readonly parked: number;
  readonly shops: readonly { readonly shopId: string; readonly sweep: string }[];
};

/** A mark outside of the database that the database does not know. */
export type Lack = SealLack | AskLack;
/** `behind`: the database has no such seal. `different`: it has another seal of that number. */
export type SealLack = Mark & { readonly kind: 'behind' | 'different' };
/** A send of which the database knows nothing. */
export type AskLack = AskMark & { readonly kind: 'forgotten' };

/** The port to the stored safe mode. */
export type SafeModes = {
  /** Loads the current safe mode; null if there is none. */
  load(): Promise<SafeMode | null>;
  /** Lists orders with an open operation that is not parked. */
  listOpen(): Promise<OrderRef[]>;
  /** Notes that the comparison is complete; does nothing if that safe mode has ended. */
  saveComparison(id: number, report: RestoreReport): Promise<void>;
};
