import { createHash, randomUUID } from 'node:crypto';
import type { Command } from '../domain/decide.ts';
import type { Reason } from '../domain/reasons.ts';
import { runCommands } from '../orders/run-commands.ts';
import { createRounds } from '../rounds.ts';
import type { Acceptance } from './accept.ts';
import type { Office } from './office.ts';
import type { Turn } from './operation.ts';
import { type OpenRow, type Runs, rowKey, type StoredRun } from './runs.ts';
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
  readonly runs: Runs;
  readonly office: Office;
  readonly onError: (error: unknown) => void;
  /** Orders of one run that are carried out at a time. */
  readonly width?: number;
};

/** Rows that are read at a time, for each hand. */
const ROWS_AHEAD = 8;

export function createBulk({ runs, office, onError, width = 16 }: BulkOptions): Bulk {
  const underway = new Map<string, Promise<void>>();
  const listeners = new Map<string, Set<(change: RowChange) => void>>();
  const rounds = createRounds(sweep, onError);

  function tell(runId: string, change: RowChange): void {
    for (const listener of listeners.get(runId) ?? []) listener(change);
  }

  async function carryOut(run: StoredRun): Promise<void> {
    const hold = await runs.hold(run);
    if (hold === null) return;
    try {
      while (!rounds.closed) {
        const rows = await runs.nextRows(run, width * ROWS_AHEAD);
        if (rows.length === 0) break;
        await inParallel(
          rows,
          width,
          () => rounds.closed,
          (row) => carryOutRow(run, row),
        );
      }
      if (!rounds.closed && (await runs.finish(run))) tell(run.id, { kind: 'run' });
    } finally {
      await hold.letGo();
    }
  }

  /** Gives a row's commands one after the other, up to the first that is refused. */
  async function carryOutRow(run: StoredRun, row: OpenRow): Promise<void> {
    const { position, found, shipments } = row;
    const commands = found === null ? [] : runCommands(run, found, shipments);
    let refusal: Reason | null = found === null ? 'order_not_found' : null;
    for (const [index, command] of commands.entries()) {
      const version = await runs.begin(run, position);
      if (version === null) return;
      // The row stands where its last command's operation stands.
      const isLast = index === commands.length - 1;
      const key = isLast ? rowKey(run.id, position) : `${rowKey(run.id, position)}:${index}`;
      refusal = await give(run, row, command, key, version);
      if (refusal !== null) break;
    }
    await runs.noteRow(run, position, refusal);
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
    const running = await runs.listRunning();
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
    open: (everyMs = 2_000) => rounds.open(everyMs),
    watch(runId, listener) {
      const heard = listeners.get(runId) ?? new Set();
      listeners.set(runId, heard.add(listener));
      return () => {
        heard.delete(listener);
        if (heard.size === 0) listeners.delete(runId);
      };
    },
    async close() {
      await rounds.close();
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

/** Rejects where one piece of work did; but not before nobody is at work any more. */
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
  const hands = await Promise.allSettled(
    Array.from({ length: Math.min(width, items.length) }, hand),
  );
  const failed = hands.find((one) => one.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}
