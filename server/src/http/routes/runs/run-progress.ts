import { RUN_ROW_STATES, type Run, type RunRow, type RunRowState } from '@renkei/contract/runs.ts';
import type { Locale } from '@renkei/core/domain/reasons/index.ts';
import type { StoredRun } from '@renkei/core/ports/runs.ts';
import type { Queryable } from '../../../store/db/db.ts';
import { loadRunRows, type StoredRunRow } from '../../../store/runs/run-rows.ts';
import { loadRun } from '../../../store/runs/runs.ts';
import { presentRun, presentRunRow } from '../../views/runs.ts';

export type RunChanges = {
  /** The rows that changed since the last look; all of them at the first. */
  readonly changed: readonly RunRow[];
  readonly run: Run;
  /** True once the run has ended and every row is final. */
  readonly over: boolean;
};

/**
 * The progress of a run, for repeated looks. It reads only the rows that may have changed, so that
 * listening costs the same at row ten thousand as at row ten: the rows in progress, and those from
 * the first that has not begun.
 */
export class RunProgress {
  readonly #db: Queryable;
  readonly #run: StoredRun;
  readonly #locale: Locale;
  readonly #states = new Map<number, RunRowState>();
  /** The rows in progress, each with its last sent text. */
  readonly #underway = new Map<number, string>();
  #firstWaiting = 0;
  #last = 0;
  #yenSucceeded = 0;
  #linked = 0;
  #partly = 0;

  constructor(db: Queryable, run: StoredRun, locale: Locale) {
    this.#db = db;
    this.#run = run;
    this.#locale = locale;
  }

  async look(): Promise<RunChanges> {
    const first = this.#states.size === 0;
    const since = { underway: [...this.#underway.keys()], firstWaiting: this.#firstWaiting };
    // The run first: its end must not be newer than its rows.
    const run = (await loadRun(this.#db, this.#run.shopId, this.#run.id)) ?? this.#run;
    const rows = await loadRunRows(this.#db, this.#run, first ? null : since);
    const changed = rows.flatMap((row) => this.#note(row) ?? []);
    if (first) this.#last = rows.at(-1)?.position ?? 0;
    while (this.#firstWaiting <= this.#last && !this.#waits(this.#firstWaiting)) {
      this.#firstWaiting += 1;
    }
    const presented = presentRun(run, {
      counts: this.#counts(),
      yenSucceeded: this.#yenSucceeded,
      linked: this.#linked,
      partly: this.#partly,
    });
    const ended = run.state !== 'running' && run.state !== 'paused';
    const over = ended && [...this.#states.values()].every(isFinal);
    return { changed, run: presented, over };
  }

  /** Takes a row; returns it if it has changed, otherwise null. */
  #note(row: StoredRunRow): RunRow | null {
    const { position } = row;
    const before = this.#states.get(position);
    if (before !== undefined && isFinal(before)) return null;
    const presented = presentRunRow(row, this.#run.shopId, this.#locale);
    const { state } = presented;
    if (state === 'waiting' && before === 'waiting') return null;
    const text = JSON.stringify(presented);
    if (this.#underway.get(position) === text) return null;
    this.#states.set(position, state);
    if (isFinal(state) || state === 'waiting') this.#underway.delete(position);
    else this.#underway.set(position, text);
    if (state === 'succeeded') {
      this.#yenSucceeded += row.operation?.operation.amount ?? 0;
      this.#linked += row.operation?.operation.goal == null ? 0 : 1;
    }
    if (state === 'failed' && row.partly) this.#partly += 1;
    return presented;
  }

  #waits(position: number): boolean {
    return this.#states.get(position) === 'waiting';
  }

  #counts(): Record<RunRowState, number> {
    const counts = Object.fromEntries(RUN_ROW_STATES.map((state) => [state, 0]));
    for (const state of this.#states.values()) counts[state] = (counts[state] ?? 0) + 1;
    return counts as Record<RunRowState, number>;
  }
}

const FINAL: readonly RunRowState[] = ['succeeded', 'failed', 'stopped', 'excluded'];

function isFinal(state: RunRowState): boolean {
  return FINAL.includes(state);
}
