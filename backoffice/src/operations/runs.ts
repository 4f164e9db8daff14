import type { JstDate } from '../domain/order.ts';
import type { Reason } from '../domain/reasons.ts';
import type { Shipment } from '../domain/shipping.ts';
import type { RunOrder, RunPlan } from '../orders/run-commands.ts';
import type { Actor } from './operation.ts';

/**
 * The port to the bulk runs that are written down. What a row has come to is told by the operation
 * that has its key; the row itself tells only what never became one.
 */
export type Runs = {
  /**
   * Runs that are to go on, the oldest first: at start, and after another process has died; also
   * those that were paused or stopped when it died in the middle of a row.
   */
  listRunning(): Promise<StoredRun[]>;
  /** Keeps other processes off a run, until let go or until we die; null where another has it. */
  hold(run: RunRef): Promise<Hold | null>;
  /**
   * The next rows to be carried out, in order: those that wait, while the run is running; and those
   * that a process had begun and did not finish, in any case. Empty when there is none.
   */
  nextRows(run: RunRef, limit: number): Promise<OpenRow[]>;
  /**
   * Begins a row that waits, unless its run was paused or stopped since it was read, or goes on
   * with one that has begun: so a row that is told to be stopped was never touched. Resolves to the
   * version of the order on which its next command is to be given: as it was chosen, and what the
   * run itself and mails have written since. Null where the row may not begin.
   */
  begin(run: RunRef, position: number): Promise<number | null>;
  /**
   * Notes that a row needs no more work: it has its operation, or was refused for a reason. Only
   * what is still open is noted: what was told of a row before stays as it was told.
   */
  noteRow(run: RunRef, position: number, refusal: Reason | null): Promise<void>;
  /** Ends a run that has no row left to carry out; false where it was not to be ended. */
  finish(run: RunRef): Promise<boolean>;
};

export type Hold = { letGo(): Promise<void> };

export type RunRef = Pick<StoredRun, 'shopId' | 'id'>;

/** A bulk run as it is stored. Its rows tell how far it has come. */
export type StoredRun = {
  readonly shopId: string;
  readonly id: string;
  readonly actor: Actor;
  readonly plan: RunPlan;
  readonly paidOn: JstDate;
  readonly mail: 'auto' | 'manual';
  readonly state: 'running' | 'paused' | 'stopped' | 'finished';
  readonly createdAt: number;
  readonly endedAt: number | null;
};

/** Where a row stands by itself; where its operation stands, the operation tells. */
export type RunRowState = 'waiting' | 'begun' | 'accepted' | 'refused' | 'stopped';

/** A row that is to be carried out, with what its order looks like; null: it is not there. */
export type OpenRow = {
  readonly position: number;
  readonly orderNumber: string;
  readonly shipments: readonly Shipment[] | null;
  readonly found: RunOrder | null;
};

/** The key of the operation that a row of a run becomes. */
export function rowKey(runId: string, position: number): string {
  return `run:${runId}:${position}`;
}
