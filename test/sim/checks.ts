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
 * Must hold in every history. The gateway's ledger and a replay of the journal are the judges,
 * never the word of the code under test. The ids are those of the reliability plan; a check returns
 * what is wrong, or null.
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
  /** The calls that have left, by number, each with the step that it carried out. */
  readonly calls: Map<number, { readonly operation: Operation; readonly step: Step }>;
  /** The number of calls made before the last restore of the database. */
  forgotten: number;
  /** Each step and operation as it was last written. */
  readonly written: Map<string, string>;
};

type Check<T extends unknown[]> = (evidence: Evidence, ...seen: T) => string | null;

export type Checks<T extends unknown[]> = Readonly<Record<string, Check<T>>>;
