import { createHash, randomUUID } from 'node:crypto';
import type { Command } from '@renkei/core/domain/decide.ts';
import type { Reason } from '@renkei/core/domain/reasons/index.ts';
import { runCommands } from '@renkei/core/domain/run-commands.ts';
import {
  type HeldRun,
  type OpenRow,
  type Runs,
  rowKey,
  type StoredRun,
} from '@renkei/core/ports/runs.ts';
import { OrderNotFound } from '@renkei/core/ports/store.ts';
import type { Acceptance } from '@renkei/core/turns/accept.ts';
import type { Turn } from '@renkei/core/turns/operation.ts';
import type { Office } from './office.ts';
import { createRounds } from './rounds.ts';

/**
 * Bulk runs: a list of orders, each carried out as an operation of its own, with the same code as
 * a single press. A row's key comes from run and position, so that going on after a crash is
 * running the rows again: what was accepted is found, and not repeated.
 */
export type Bulk = {
  /**
   * Renews what this process holds, and goes on with runs that are to be running and that nobody
   * holds, up to its bound; the rest wait for their turn, or for another process.
   */
  sweep(): Promise<void>;
  /** Sweeps in the background: whoever begins or resumes a run does not wait for its turn. */
  wake(): void;
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
  /** Runs that are carried out at a time. */
  readonly runsMax?: number;
};

/** Runs take memory and no connection, and those of a shop whose F-REGI is away wait for it. */
export const RUNS_MAX = 50;
/** A fifth of the lease: a renewal may fail, and come late. */
const SWEEP_MS = 2_000;
/** Rows that are read at a time, for each hand. */
const ROWS_AHEAD = 8;

export function createBulk(options: BulkOptions): Bulk {
  const { runs, office, onError, width = 16, runsMax = RUNS_MAX } = options;
  const held = new Set<HeldRun>();
  const underway = new Map<string, Promise<void>>();
  const listeners = new Map<string, Set<(change: RowChange) => void>>();
  const rounds = createRounds(sweep, onError);

  function tell(runId: string, change: RowChange): void {
    for (const listener of listeners.get(runId) ?? []) listener(change);
  }

  async function carryOut(run: StoredRun): Promise<void> {
    const mine = await runs.hold(run);
    if (mine === null) return;
    held.add(mine);
    try {
      while (!rounds.closed) {
        const rows = await runs.nextRows(mine, width * ROWS_AHEAD);
        if (rows.length === 0) break;
        await inParallel(
          rows,
          width,
          () => rounds.closed,
          (row) => carryOutRow(run, mine, row),
        );
      }
      if (!rounds.closed && (await runs.finish(mine))) tell(run.id, { kind: 'run' });
    } finally {
      held.delete(mine);
      await runs.letGo(mine);
    }
  }

  /** Gives a row's commands one after the other, up to the first that is refused. */
  async function carryOutRow(run: StoredRun, mine: HeldRun, row: OpenRow): Promise<void> {
    const { position, found, shipments } = row;
    const commands = found === null ? [] : runCommands(run, found, shipments);
    let refusal: Reason | null = found === null ? 'order_not_found' : null;
    for (const [index, command] of commands.entries()) {
      const version = await runs.begin(mine, position);
      if (version === null) return;
      // The row stands where its last command's operation stands.
      const isLast = index === commands.length - 1;
      const key = isLast ? rowKey(run.id, position) : `${rowKey(run.id, position)}:${index}`;
      refusal = await give(run, row, command, key, version);
      if (refusal !== null) break;
    }
    await runs.noteRow(mine, position, refusal);
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
    if (held.size > 0) await runs.renew([...held]);
    if (underway.size >= runsMax) return;
    const running = await runs.listRunning();
    const begun = running.filter(({ id }) => !underway.has(id)).slice(0, runsMax - underway.size);
    for (const run of begun) {
      const work = carryOut(run)
        .catch(onError)
        .finally(() => underway.delete(run.id));
      underway.set(run.id, work);
    }
  }

  return {
    sweep,
    wake() {
      if (!rounds.closed) void sweep().catch(onError);
    },
    open: (everyMs = SWEEP_MS) => rounds.open(everyMs),
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
      // Rows that are at work may take as long as F-REGI does; they are still ours.
      const renewing = createRounds(() => runs.renew([...held]), onError);
      renewing.open(SWEEP_MS);
      await Promise.all(underway.values());
      await renewing.close();
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
