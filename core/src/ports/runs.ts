import type { RunOrder, RunPlan } from '../domain/commands/run-commands.ts';
import type { Shipment } from '../domain/order/shipping.ts';
import type { Reason } from '../domain/reasons/index.ts';
import type { JstDate } from '../domain/values/jst.ts';
import type { Actor } from '../turns/operation.ts';

/**
 * The port to the stored bulk runs. An operation with the row's key tells the row's result; the row
 * itself tells it only if no operation was made.
 */
export type Runs = {
  /**
   * Lists runs to carry on that no process holds, the oldest first: new runs, runs of a dead
   * process, and paused or stopped runs whose process died in the middle of a row.
   */
  listRunning(): Promise<StoredRun[]>;
  /**
   * Takes the lease of a run for {@link LEASE_MS} from now, by the database's clock; null if
   * another process has it. The former holder can write nothing of the run from then on.
   */
  hold(run: RunRef): Promise<HeldRun | null>;
  /**
   * Renews the leases for {@link LEASE_MS} from now, except those that another process took over.
   */
  renew(held: readonly HeldRun[]): Promise<void>;
  /** Gives the lease back at once; does nothing if another process took it over. */
  letGo(held: HeldRun): Promise<void>;
  /**
   * Returns the next rows to carry out, in order: waiting rows while the run is running, and in any
   * case rows that a process began and did not finish. Empty if there are none, or if another
   * process took the run over.
   */
  nextRows(held: HeldRun, limit: number): Promise<OpenRow[]>;
  /**
   * Begins a waiting row unless its run was paused or stopped since it was read, or carries on a
   * begun row. A row shown as stopped was therefore never touched. Resolves to the version of the
   * order for its next command: the selected version plus the changes by the run itself and by
   * mails. Null if the row may not begin, or if another process took the run over.
   */
  begin(held: HeldRun, position: number): Promise<number | null>;
  /**
   * Notes that a row needs no more work: it has its operation, or was refused for a reason. Writes
   * only open rows, and only for the holder of the run; a reported result never changes.
   */
  noteRow(held: HeldRun, position: number, refusal: Reason | null): Promise<void>;
  /** Ends a run without rows left to carry out; false if the run could not end. */
  finish(held: HeldRun): Promise<boolean>;
};

export type RunRef = Pick<StoredRun, 'shopId' | 'id'>;

/** A run held by one process: `holder` is new each time, and every write checks it. */
export type HeldRun = RunRef & { readonly holder: string };

/**
 * A holder that does not renew for this long is presumed gone. The keys of its rows find its work.
 */
export const LEASE_MS = 10_000;

/** A bulk run as stored. Its rows tell its progress. */
export type StoredRun = {
  readonly shopId: string;
  readonly id: string;
  readonly actor: Actor;
  readonly plan: RunPlan;
  readonly paidOn: JstDate;
  readonly mail: 'auto' | 'manual';
  /** 入金確認メール also to those who have not paid at the store, as F-REGI says (L2). */
  readonly mailUnpaid: boolean;
  readonly state: 'running' | 'paused' | 'stopped' | 'finished';
  readonly createdAt: number;
  readonly endedAt: number | null;
};

/**
 * The row's own state; once the row has an operation, the operation's state counts. `excluded`: the
 * preview left the order out, and the run never begins it.
 */
export type StoredRowState = 'waiting' | 'begun' | 'accepted' | 'refused' | 'stopped' | 'excluded';

/** A row to carry out, with its order; null if the order does not exist. */
export type OpenRow = {
  readonly position: number;
  readonly orderNumber: string;
  readonly shipments: readonly Shipment[] | null;
  readonly found: RunOrder | null;
};

/** Returns the key of the operation that carries a row out. */
export function rowKey(runId: string, position: number): string {
  return `run:${runId}:${position}`;
}
