import type { Operation, Step } from '../../core/src/turns/operation.ts';
import type { Delivered } from './delivered.ts';
import type { Ledger } from './ledger.ts';
import type { MemoryDeliveries } from './memory-deliveries.ts';
import type { MemoryPayments } from './memory-payments.ts';
import type { MemoryRuns } from './memory-runs.ts';
import type { MemoryStore } from './memory-store.ts';
import type { Paid } from './paid.ts';
import type { Press } from './people.ts';

/**
 * What must hold in every history, judged by the gateway's ledger and by replay, never by what the
 * code under test says of itself. The ids are those of the reliability plan; a check answers what
 * is wrong, or null.
 */
export type Evidence = {
  readonly store: MemoryStore;
  readonly runs: MemoryRuns;
  readonly delivered: Delivered;
  readonly deliveries: MemoryDeliveries;
  readonly payments: MemoryPayments;
  readonly paid: ReadonlyMap<string, Paid>;
  readonly ledger: Ledger;
  readonly presses: ReadonlyMap<string, Press>;
  /** The calls that have left, by number, and which step each of them carried out. */
  readonly calls: Map<number, { readonly operation: Operation; readonly step: Step }>;
  /** How many calls were made before the database was last restored. */
  forgotten: number;
  /** How each step and operation stood when it was last written. */
  readonly written: Map<string, string>;
};

type Check<T extends unknown[]> = (evidence: Evidence, ...seen: T) => string | null;

export type Checks<T extends unknown[]> = Readonly<Record<string, Check<T>>>;
