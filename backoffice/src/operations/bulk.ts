import { createHash, randomUUID } from 'node:crypto';
import type { Command } from '../domain/decide.ts';
import type { Reason } from '../domain/reasons.ts';
import { runCommands } from '../orders/run-commands.ts';
import type { Connection, Db } from '../store/db.ts';
import {
  beginRow,
  finishRun,
  listRunning,
  nextRows,
  noteRow,
  type OpenRow,
  RUN_WINDOW,
  rowKey,
  type StoredRun,
} from '../store/runs.ts';
import type { Acceptance } from './accept.ts';
import type { Office } from './office.ts';
import type { Turn } from './operation.ts';
import { OrderNotFound } from './store.ts';

/**
 * Bulk runs: a list of orders, each carried out as an operation of its own, with the same code as
 * a single press. A row's key comes from run and position, so that going on after a crash is
 * running the rows again: what was accepted is found, and not repeated.
 */
export type Bulk = {
  /** Goes on with every run that is to be running and that no other process holds. */
  sweep(): Promise<void>;
  open(everyMs?: number): void;
  /** Hears of every row that changes in this process. Returns how to stop hearing. */
  watch(runId: string, listener: (change: RowChange) => void): () => void;
  close(): Promise<void>;
};

type RowChange =
  | { readonly kind: 'row'; readonly position: number }
  | { readonly kind: 'turn'; readonly position: number; readonly turn: Turn }
  | { readonly kind: 'run' };

export type BulkOptions = {
  readonly db: Db;
  readonly office: Office;
  readonly onError: (error: unknown) => void;
  /** Orders of one run that are carried out at a time. */
  readonly width?: number;
};

export function createBulk({ db, office, onError, width = 16 }: BulkOptions): Bulk {
  const underway = new Map<string, Promise<void>>();
  const listeners = new Map<string, Set<(change: RowChange) => void>>();
  let closed = false;
  let timer: NodeJS.Timeout | undefined;

  function tell(runId: string, change: RowChange): void {
    for (const listener of listeners.get(runId) ?? []) listener(change);
  }

  async function carryOut(run: StoredRun): Promise<void> {
    const lock = await db.connect();
    try {
      if (!(await holdRun(lock, run))) return;
      while (!closed) {
        const rows = await nextRows(db, run, Math.min(width * 8, RUN_WINDOW));
        if (rows.length === 0) break;
        await inParallel(
          rows,
          width,
          () => closed,
          (row) => carryOutRow(run, row),
        );
      }
      if (!closed && (await finishRun(db, run))) tell(run.id, { kind: 'run' });
    } finally {
      await releaseRun(lock, run);
    }
  }

  /** Gives a row's commands one after the other, up to the first that is refused. */
  async function carryOutRow(run: StoredRun, row: OpenRow): Promise<void> {
    const { position, orderVersion, found, shipments } = row;
    if (!row.begun && !(await beginRow(db, run, position))) return;
    const commands = found === null ? [] : runCommands(run, found, shipments);
    let refusal: Reason | null = found === null ? 'order_not_found' : null;
    for (const [index, command] of commands.entries()) {
      const isLast = index === commands.length - 1;
      // The row stands where its last command's operation stands; each one before has recorded
      // one entry, and whoever else has written in between makes the row stale.
      const key = isLast ? rowKey(run.id, position) : `${rowKey(run.id, position)}:${index}`;
      refusal = await give(run, row, command, key, orderVersion + index);
      if (refusal !== null) break;
    }
    await noteRow(db, run, position, refusal);
    tell(run.id, { kind: 'row', position });
  }

  function give(
    { id, shopId, actor }: StoredRun,
    { position, orderNumber }: OpenRow,
    command: Command,
    key: string,
    expectedVersion: number,
  ): Promise<Reason | null> {
    const inputHash = createHash('sha256').update(key).digest('hex');
    const asked = { operationId: randomUUID(), key, inputHash, actor, command, expectedVersion };
    const wanted = { ...asked, confirmed: true }; // with the run

    const onTurn = (turn: Turn) => tell(id, { kind: 'turn', position, turn });
    return office
      .command({ shopId, orderNumber }, wanted, { waitMs: Number.POSITIVE_INFINITY, onTurn })
      .then(refusalOf)
      .catch((error: unknown) => {
        if (error instanceof OrderNotFound) return 'order_not_found' as const;
        throw error;
      });
  }

  async function sweep(): Promise<void> {
    const running = await listRunning(db);
    const begun = running.filter(({ id }) => !underway.has(id));
    for (const run of begun) {
      const work = carryOut(run)
        .catch(onError)
        .finally(() => underway.delete(run.id));
      underway.set(run.id, work);
    }
  }

  return {
    sweep,
    open(everyMs = 2_000) {
      const again = async () => {
        if (closed) return;
        await sweep().catch(onError);
        timer = closed ? undefined : setTimeout(again, everyMs);
      };
      void again();
    },
    watch(runId, listener) {
      const heard = listeners.get(runId) ?? new Set();
      listeners.set(runId, heard.add(listener));
      return () => {
        heard.delete(listener);
        if (heard.size === 0) listeners.delete(runId);
      };
    },
    async close() {
      closed = true;
      clearTimeout(timer);
      await Promise.all(underway.values());
    },
  };
}

function refusalOf(acceptance: Acceptance): Reason | null {
  switch (acceptance.kind) {
    case 'accepted':
    case 'repeated':
      return null;
    case 'refused':
      return acceptance.because ?? acceptance.reason;
    case 'key_reused':
      throw new Error('a run row’s key was used for something else');
    default:
      return acceptance satisfies never;
  }
}

/** One process at a time holds a run; a process that dies lets go with its connection. */
async function holdRun(lock: Connection, { id }: StoredRun): Promise<boolean> {
  const { rows } = await lock.query<{ held: boolean }>(
    'select pg_try_advisory_lock(hashtextextended($1, 0)) as held',
    [`run:${id}`],
  );
  return rows[0]?.held ?? false;
}

async function releaseRun(lock: Connection, { id }: StoredRun): Promise<void> {
  let broken: Error | undefined;
  try {
    await lock.query('select pg_advisory_unlock(hashtextextended($1, 0))', [`run:${id}`]);
  } catch (error) {
    broken = error instanceof Error ? error : new Error(String(error));
  }
  lock.release(broken);
}

async function inParallel<T>(
  items: readonly T[],
  width: number,
  stopped: () => boolean,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const waiting = [...items];
  const hand = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) {
      if (stopped()) return;
      await work(item);
    }
  };
  await Promise.all(Array.from({ length: width }, hand));
}
