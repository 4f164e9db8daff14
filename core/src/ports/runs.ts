import type { JstDate } from '../domain/order.ts';
import type { Reason } from '../domain/reasons/index.ts';
import type { RunOrder, RunPlan } from '../domain/run-commands.ts';
import type { Shipment } from '../domain/shipping.ts';
import type { Actor } from '../turns/operation.ts';

/**
 * The port to the bulk runs that are written down. What a row has come to is told by the operation
 * that has its key; the row itself tells only what never became one.
 */
export type Runs = {
  /**
   * Runs that are to go on and that nobody holds, the oldest first: new ones, and those of a process
   * that has died; also those that were paused or stopped when it died in the middle of a row.
   */
  listRunning(): Promise<StoredRun[]>;
  /**
   * Keeps others off a run for {@link LEASE_MS} from now, by the database's clock; null where another
   * has it. From then on nothing is written of the run by whoever had it before.
   */
  hold(run: RunRef): Promise<HeldRun | null>;
  /** Holds them for {@link LEASE_MS} from now, but those that another has taken over. */
  renew(held: readonly HeldRun[]): Promise<void>;
  /** Others may go on with it at once; nothing where another has taken it over. */
  letGo(held: HeldRun): Promise<void>;
  /**
   * The next rows to be carried out, in order: those that wait, while the run is running; and those
   * that a process had begun and did not finish, in any case. Empty when there is none, or when another has taken the run over.
   */
  nextRows(held: HeldRun, limit: number): Promise<OpenRow[]>;
  /**
   * Begins a row that waits, unless its run was paused or stopped since it was read, or goes on
   * with one that has begun: so a row that is told to be stopped was never touched. Resolves to the
   * version of the order on which its next command is to be given: as it was chosen, and what the
   * run itself and mails have written since. Null where the row may not begin, or where another has
   * taken the run over.
   */
  begin(held: HeldRun, position: number): Promise<number | null>;
  /**
   * Notes that a row needs no more work: it has its operation, or was refused for a reason. Only
   * what is still open is noted, and only by who holds the run: what was told of a row before stays
   * as it was told.
   */
  noteRow(held: HeldRun, position: number, refusal: Reason | null): Promise<void>;
  /** Ends a run that has no row left to carry out; false where it was not to be ended. */
  finish(held: HeldRun): Promise<boolean>;
};

export type RunRef = Pick<StoredRun, 'shopId' | 'id'>;

/** A run as one process holds it: `holder` is new each time, and stands at all that it writes. */
export type HeldRun = RunRef & { readonly holder: string };

/** Whoever does not renew for so long is presumed gone. What it had begun is found by its keys. */
export const LEASE_MS = 10_000;

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
export type StoredRowState = 'waiting' | 'begun' | 'accepted' | 'refused' | 'stopped';

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
