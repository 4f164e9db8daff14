import { createHash, randomUUID } from 'node:crypto';
import type { Command } from '@renkei/core/domain/commands/decide.ts';
import { runCommands } from '@renkei/core/domain/commands/run-commands.ts';
import type { Reason } from '@renkei/core/domain/reasons/index.ts';
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
import { inParallel } from './in-parallel.ts';
import type { Office } from './office.ts';
import { Rounds, type Worker } from './rounds.ts';

type RowChange =
  | { readonly kind: 'row'; readonly position: number }
  | { readonly kind: 'turn'; readonly position: number; readonly turn: Turn }
  | { readonly kind: 'run' };

export type BulkOptions = {
  readonly runs: Runs;
  readonly office: Pick<Office, 'command'>;
  readonly onError: (error: unknown) => void;
  /** The most orders of one run at a time. */
  readonly width?: number;
  /** The most runs at a time. */
  readonly runsMax?: number | undefined;
};

const WIDTH = 16;
/** Runs take memory and no connection, and runs of a shop whose F-REGI is away wait for it. */
export const RUNS_MAX = 50;
/** A fifth of the lease: a renewal may fail once, or come late. */
const ROUND_MS = 2_000;
/** Rows read ahead for each hand. */
const ROWS_AHEAD = 8;

/**
 * Bulk runs: a list of orders, each carried out as its own operation by the same code as a single
 * press. A row's key comes from run and position, so that resuming after a crash means running the
 * rows again: accepted operations are found, not repeated.
 */
export class Bulk implements Worker {
  readonly #runs: Runs;
  readonly #office: BulkOptions['office'];
  readonly #onError: (error: unknown) => void;
  readonly #width: number;
  readonly #runsMax: number;
  readonly #rounds: Rounds;
  readonly #held = new Set<HeldRun>();
  readonly #underway = new Map<string, Promise<void>>();
  readonly #listeners = new Map<string, Set<(change: RowChange) => void>>();

  constructor({ runs, office, onError, width = WIDTH, runsMax = RUNS_MAX }: BulkOptions) {
    this.#runs = runs;
    this.#office = office;
    this.#onError = onError;
    this.#width = width;
    this.#runsMax = runsMax;
    this.#rounds = new Rounds(() => this.round(), onError);
  }

  /**
   * Renews this process's leases, and takes up running runs that no process holds, up to its limit;
   * the others wait for their turn, or for another process.
   */
  async round(): Promise<void> {
    if (this.#held.size > 0) await this.#runs.renew([...this.#held]);
    if (this.#underway.size >= this.#runsMax) return;
    const running = await this.#runs.listRunning();
    const begun = running.filter(({ id }) => !this.#underway.has(id));
    for (const run of begun.slice(0, this.#runsMax - this.#underway.size)) {
      const work = this.#carryOut(run)
        .catch(this.#onError)
        .finally(() => this.#underway.delete(run.id));
      this.#underway.set(run.id, work);
    }
  }

  /**
   * Sweeps in the background, so that a person who begins or resumes a run does not wait for its
   * turn.
   */
  wake(): void {
    if (!this.#rounds.closed) void this.round().catch(this.#onError);
  }

  /** Subscribes to row changes in this process; returns the unsubscribe function. */
  watch(runId: string, listener: (change: RowChange) => void): () => void {
    const heard = this.#listeners.get(runId) ?? new Set();
    this.#listeners.set(runId, heard.add(listener));
    return () => {
      heard.delete(listener);
      if (heard.size === 0) this.#listeners.delete(runId);
    };
  }

  open(everyMs = ROUND_MS): void {
    this.#rounds.open(everyMs);
  }

  async close(): Promise<void> {
    await this.#rounds.close();
    // Working rows may take as long as F-REGI does; this process still holds their run.
    const renewing = new Rounds(() => this.#runs.renew([...this.#held]), this.#onError);
    renewing.open(ROUND_MS);
    await Promise.all(this.#underway.values());
    await renewing.close();
  }

  async #carryOut(run: StoredRun): Promise<void> {
    const mine = await this.#runs.hold(run);
    if (mine === null) return;
    this.#held.add(mine);
    try {
      await this.#carryOutRows(run, mine);
      if (!this.#rounds.closed && (await this.#runs.finish(mine))) {
        this.#tell(run.id, { kind: 'run' });
      }
    } finally {
      this.#held.delete(mine);
      await this.#runs.letGo(mine);
    }
  }

  /** Carries out the rows of a run until the end or the close. */
  async #carryOutRows(run: StoredRun, mine: HeldRun): Promise<void> {
    while (!this.#rounds.closed) {
      const rows = await this.#runs.nextRows(mine, this.#width * ROWS_AHEAD);
      if (rows.length === 0) return;
      await inParallel(
        rows,
        this.#width,
        (row) => this.#carryOutRow(run, mine, row),
        () => this.#rounds.closed,
      );
    }
  }

  /** Gives a row's commands one after the other, up to the first refusal. */
  async #carryOutRow(run: StoredRun, mine: HeldRun, row: OpenRow): Promise<void> {
    const { position, found, shipments } = row;
    const commands = found === null ? [] : runCommands(run, found, shipments);
    let refusal: Reason | null = found === null ? 'order_not_found' : null;
    for (const [index, command] of commands.entries()) {
      const version = await this.#runs.begin(mine, position);
      if (version === null) return;
      // The operation of the row's last command gives the row's state.
      const isLast = index === commands.length - 1;
      const key = isLast ? rowKey(run.id, position) : `${rowKey(run.id, position)}:${index}`;
      refusal = await this.#give(run, row, command, key, version);
      if (refusal !== null) break;
    }
    await this.#runs.noteRow(mine, position, refusal);
    this.#tell(run.id, { kind: 'row', position });
  }

  #give(
    { id, shopId, actor }: StoredRun,
    { position, orderNumber }: OpenRow,
    command: Command,
    key: string,
    expectedVersion: number,
  ): Promise<Reason | null> {
    const inputHash = createHash('sha256').update(key).digest('hex');
    const asked = { operationId: randomUUID(), key, inputHash, actor, command, expectedVersion };
    const wanted = { ...asked, confirmed: true }; // confirmed together with the run
    const onTurn = (turn: Turn) => this.#tell(id, { kind: 'turn', position, turn });
    return this.#office
      .command({ shopId, orderNumber }, wanted, { waitMs: Number.POSITIVE_INFINITY, onTurn })
      .then(refusalOf)
      .catch((error: unknown) => {
        if (error instanceof OrderNotFound) return 'order_not_found' as const;
        throw error;
      });
  }

  #tell(runId: string, change: RowChange): void {
    for (const listener of this.#listeners.get(runId) ?? []) listener(change);
  }
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
