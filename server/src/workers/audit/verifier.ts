import { randomUUID } from 'node:crypto';
import type { Mark } from '@renkei/core/ports/marks.ts';
import { JobCutOff } from '../../jobs/job-process.ts';
import { JobProcesses } from '../../jobs/job-processes.ts';
import type { VerifyTask } from '../../services/verify-records.ts';
import {
  beginVerification,
  cancelVerification,
  endVerification,
  loadVerifications,
  noteVerification,
  type StoredVerification,
} from '../../store/audit/verifications.ts';
import type { Db } from '../../store/db/db.ts';

export type VerifierOptions = {
  readonly db: Db;
  readonly databaseUrl: string;
  readonly marks: () => readonly Mark[];
  readonly onError: (error: unknown) => void;
};

const SIGN_MS = 500;
/** A process that verifies, in MiB and milliseconds: it reads a million entries in portions. */
const MEMORY_MB = 512;
const DEADLINE_MS = 24 * 3_600_000;

/**
 * Verifies a shop's records in the background, in a process of its own, so that a million entries
 * hold no request up. One at a time in a database; the table `verifications` holds
 * progress and result.
 */
export class Verifier {
  readonly #db: Db;
  readonly #process: JobProcesses;
  readonly #marks: () => readonly Mark[];
  readonly #onError: (error: unknown) => void;
  readonly #closing = new AbortController();
  #underway: Promise<void> = Promise.resolve();

  constructor({ db, databaseUrl, marks, onError }: VerifierOptions) {
    this.#db = db;
    this.#process = new JobProcesses({
      databaseUrl,
      memoryMb: MEMORY_MB,
      count: 1,
      deadlineMs: DEADLINE_MS,
      waitingMax: 1,
    });
    this.#marks = marks;
    this.#onError = onError;
  }

  /** Begins a verification, or joins the shop's running one. Null if another shop's is running. */
  async begin(shopId: string, startedBy: string): Promise<StoredVerification | null> {
    const begun = await beginVerification(this.#db, { shopId, id: randomUUID(), startedBy });
    if (begun !== null) {
      const task = { shopId, marks: this.#marks() };
      this.#underway = this.#underway.then(() => this.#carryOut(begun, task)).catch(this.#onError);
      return begun;
    }
    const { latest } = await loadVerifications(this.#db, shopId);
    return latest?.outcome === null ? latest : null;
  }

  /** Cancels the shop's running verification, whichever process carries it out. */
  cancel(shopId: string): Promise<void> {
    return cancelVerification(this.#db, shopId);
  }

  async close(): Promise<void> {
    this.#closing.abort(new JobCutOff('cancelled'));
    await this.#underway;
    await this.#process.close();
  }

  /** Rejects with the error after recording the interruption. */
  async #carryOut(verification: StoredVerification, task: VerifyTask): Promise<void> {
    const db = this.#db;
    let read = 0;
    const over = new AbortController();
    const timer = setInterval(() => {
      noteVerification(db, verification, read).then(
        (goesOn) => goesOn || over.abort(new JobCutOff('cancelled')),
        () => {}, // ignores a failed report; the next one may succeed
      );
    }, SIGN_MS);
    try {
      const verified = await this.#process.run('verify_records', task.shopId, task, {
        signal: AbortSignal.any([this.#closing.signal, over.signal]),
        onProgress: (entries) => {
          read = entries;
        },
      });
      const outcome = verified.verdict.wrong === null ? 'right' : 'wrong';
      await endVerification(db, verification, { outcome, found: verified });
    } catch (error) {
      await endVerification(db, verification, { outcome: 'interrupted', found: null });
      if (!(error instanceof JobCutOff && error.why === 'cancelled')) throw error;
    } finally {
      clearInterval(timer);
    }
  }
}
