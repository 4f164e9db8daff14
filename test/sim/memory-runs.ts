import type { Reason } from '../../core/src/domain/reasons/index.ts';
import {
  type HeldRun,
  LEASE_MS,
  type OpenRow,
  type RunRef,
  type Runs,
  rowKey,
  type StoredRowState,
  type StoredRun,
} from '../../core/src/ports/runs.ts';
import type { Operation } from '../../core/src/turns/operation.ts';
import type { NewRun, NewRunRow } from '../../server/src/store/runs/runs.ts';
import type { MemoryStore } from './memory-store.ts';

/** A row as it is kept. */
export type KeptRow = Omit<NewRunRow, 'version'> & {
  readonly position: number;
  readonly orderVersion: number;
  readonly state: StoredRowState;
  readonly reason: Reason | null;
};

export type KeptRun = StoredRun & Pick<NewRun, 'key' | 'inputHash'>;

/**
 * The runs in memory, for the simulator. Their contract (server/test/store/runs-contract.test.ts)
 * runs on both and proves that they do the same as PostgreSQL.
 */
export class MemoryRuns {
  readonly runs = new Map<string, KeptRun>();
  readonly rows = new Map<string, KeptRow[]>();
  readonly #leases = new Map<string, { readonly holder: string; readonly until: number }>();
  #holds = 0;
  readonly #store: MemoryStore;
  readonly #now: () => number;
  readonly #onNoted: (run: KeptRun, before: KeptRow, after: KeptRow) => void;

  /** `onNoted` sees every noted row, before and after. */
  constructor(
    store: MemoryStore,
    now: () => number,
    onNoted: (run: KeptRun, before: KeptRow, after: KeptRow) => void = () => {},
  ) {
    this.#store = store;
    this.#now = now;
    this.#onNoted = onNoted;
  }

  create(wanted: NewRun): 'created' | 'repeated' | 'key_reused' {
    const { rows, key, inputHash, shopId, id, actor, plan, paidOn, mail, mailUnpaid } = wanted;
    const earlier = [...this.runs.values()].find((run) => run.shopId === shopId && run.key === key);
    if (earlier !== undefined) return earlier.inputHash === inputHash ? 'repeated' : 'key_reused';
    const fresh = { state: 'running', createdAt: this.#now(), endedAt: null } as const;
    const terms = { plan, paidOn, mail, mailUnpaid };
    this.runs.set(id, { shopId, id, key, inputHash, actor, ...terms, ...fresh });
    const begun = { state: 'waiting', reason: null } as const;
    this.rows.set(
      id,
      rows.map(({ version, ...row }, index) => {
        return { ...row, ...begun, orderVersion: version, position: index + 1 };
      }),
    );
    return 'created';
  }

  /** Returns false if the run has ended. */
  control({ id }: RunRef, action: 'pause' | 'resume' | 'stop'): boolean {
    const run = this.#run(id);
    if (run.state !== 'running' && run.state !== 'paused') return false;
    const state = { pause: 'paused', resume: 'running', stop: 'stopped' } as const;
    const endedAt = action === 'stop' ? this.#now() : null;
    this.runs.set(id, { ...run, state: state[action], endedAt });
    if (action === 'stop') this.#changeRows(id, isWaiting, () => ({ state: 'stopped' }));
    return true;
  }

  /** Returns the operation of a row; null if it has none. */
  operationOf({ shopId, id }: RunRef, { position }: Pick<KeptRow, 'position'>): Operation | null {
    return this.#store.operationWith(shopId, rowKey(id, position)) ?? null;
  }

  /** Takes a backup; returns the function that puts it back. */
  backUp(): () => void {
    const [runs, rows, leases] = [new Map(this.runs), new Map(this.rows), new Map(this.#leases)];
    return () => {
      this.#leases.clear();
      for (const [id, lease] of leases) this.#leases.set(id, lease);
      this.runs.clear();
      this.rows.clear();
      for (const [id, run] of runs) this.runs.set(id, run);
      for (const [id, kept] of rows) this.rows.set(id, kept);
    };
  }

  /** Returns the port for one life of a process; a dead process does not release its leases. */
  connect(): Runs {
    return {
      listRunning: async () =>
        [...this.runs.values()].filter(
          (run) => this.#isFree(run) && (run.state === 'running' || this.#isBegun(run)),
        ),
      hold: async ({ shopId, id }): Promise<HeldRun | null> => {
        if (!this.#isFree({ id })) return null;
        this.#holds += 1;
        const held = { shopId, id, holder: `holder ${this.#holds}` };
        this.#extend(held);
        return held;
      },
      renew: async (held) => {
        for (const one of held) if (this.#isHeldBy(one)) this.#extend(one);
      },
      letGo: async (held) => {
        if (this.#isHeldBy(held)) this.#leases.delete(held.id);
      },
      nextRows: async (held, limit) => {
        if (!this.#isHeldBy(held)) return [];
        const open = this.#rowsOf(held.id).filter((row) => this.#goesOn(held, row));
        return open.slice(0, limit).map((row) => this.#withOrder(held, row));
      },
      begin: async (run, position) => {
        const row = this.#rowsOf(run.id).find(at(position));
        if (!this.#isHeldBy(run) || row === undefined || !this.#goesOn(run, row)) return null;
        this.#changeRows(run.id, at(position), () => ({ state: 'begun' }));
        return Math.max(row.orderVersion, this.#ownVersion(run, row));
      },
      noteRow: async (held, position, reason) => {
        const { id } = held;
        if (!this.#isHeldBy(held)) return;
        const state = reason === null ? 'accepted' : 'refused';
        const isOpen = (row: KeptRow) => at(position)(row) && isOpenRow(row);
        const row = this.#rowsOf(id).find(isOpen);
        if (row === undefined) return;
        this.#changeRows(id, isOpen, () => ({ state, reason }));
        this.#onNoted(this.#run(id), row, { ...row, state, reason });
      },
      finish: async (held) => {
        const { id } = held;
        const run = this.#run(id);
        if (!this.#isHeldBy(held)) return false;
        if (run.state !== 'running' || this.#rowsOf(id).some(isOpenRow)) return false;
        this.runs.set(id, { ...run, state: 'finished', endedAt: this.#now() });
        return true;
      },
    };
  }

  #isFree({ id }: Pick<RunRef, 'id'>): boolean {
    const lease = this.#leases.get(id);
    return lease === undefined || lease.until <= this.#now();
  }

  #isHeldBy({ id, holder }: HeldRun): boolean {
    return this.#leases.get(id)?.holder === holder;
  }

  #extend({ id, holder }: HeldRun): void {
    this.#leases.set(id, { holder, until: this.#now() + LEASE_MS });
  }

  #isBegun({ id }: RunRef): boolean {
    return this.#rowsOf(id).some(({ state }) => state === 'begun');
  }

  #goesOn({ id }: RunRef, { state }: KeptRow): boolean {
    if (this.#store.safeMode !== null) return false;
    return state === 'begun' || (state === 'waiting' && this.#run(id).state === 'running');
  }

  /** Returns the order version in which the run itself shipped the order; 0 if it has not. */
  #ownVersion({ shopId, id }: RunRef, { orderNumber, position }: KeptRow): number {
    const shipped = this.#store.operationWith(shopId, `${rowKey(id, position)}:0`) !== undefined;
    const journal = this.#store.journals.get(`${shopId}/${orderNumber}`) ?? [];
    return shipped ? journal.findLastIndex(({ kind }) => kind === 'order_shipped') + 1 : 0;
  }

  #withOrder({ shopId }: RunRef, { position, orderNumber, shipments }: KeptRow): OpenRow {
    const order = this.#store.orders.get(`${shopId}/${orderNumber}`);
    const shippedOn = this.#store.shippedOn({ shopId, orderNumber });
    const found = order === undefined ? null : { order, shippedOn, cancelRequested: false };
    return { position, orderNumber, shipments: shipments ?? null, found };
  }

  #run(id: string): KeptRun {
    const run = this.runs.get(id);
    if (run === undefined) throw new Error(`no run ${id}`);
    return run;
  }

  #rowsOf(id: string): KeptRow[] {
    return this.rows.get(id) ?? [];
  }

  #changeRows(id: string, wanted: (row: KeptRow) => boolean, change: () => Partial<KeptRow>): void {
    this.rows.set(
      id,
      this.#rowsOf(id).map((row) => (wanted(row) ? { ...row, ...change() } : row)),
    );
  }
}

function isWaiting({ state }: KeptRow): boolean {
  return state === 'waiting';
}

function isOpenRow({ state }: KeptRow): boolean {
  return state === 'waiting' || state === 'begun';
}

function at(position: number): (row: KeptRow) => boolean {
  return (row) => row.position === position;
}
