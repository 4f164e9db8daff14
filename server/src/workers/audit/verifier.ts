import { randomUUID } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import type { Mark } from '@renkei/core/ports/marks.ts';
import type { Verified } from '../../audit/verify.ts';
import {
  beginVerification,
  cancelVerification,
  endVerification,
  loadVerifications,
  noteVerification,
  type StoredVerification,
} from '../../store/audit/verifications.ts';
import type { Db } from '../../store/db/db.ts';

/** The thread's input, and its answers. */
export type VerifyTask = {
  readonly databaseUrl: string;
  readonly shopId: string;
  readonly marks: readonly Mark[];
};
export type VerifySaid =
  | { readonly kind: 'read'; readonly entries: number }
  | { readonly kind: 'verified'; readonly verified: Verified };

export type VerifierOptions = {
  readonly db: Db;
  readonly databaseUrl: string;
  readonly marks: () => readonly Mark[];
  readonly onError: (error: unknown) => void;
};

const SIGN_MS = 500;

/**
 * Verifies a shop's records in the background, in its own thread with its own connection, so that a
 * million entries hold no request up. One at a time in a database; the table `verifications` holds
 * progress and result.
 */
export class Verifier {
  readonly #db: Db;
  readonly #databaseUrl: string;
  readonly #marks: () => readonly Mark[];
  readonly #onError: (error: unknown) => void;
  readonly #closing = new AbortController();
  #underway: Promise<void> = Promise.resolve();

  constructor({ db, databaseUrl, marks, onError }: VerifierOptions) {
    this.#db = db;
    this.#databaseUrl = databaseUrl;
    this.#marks = marks;
    this.#onError = onError;
  }

  /** Begins a verification, or joins the shop's running one. Null if another shop's is running. */
  async begin(shopId: string, startedBy: string): Promise<StoredVerification | null> {
    const begun = await beginVerification(this.#db, { shopId, id: randomUUID(), startedBy });
    if (begun !== null) {
      const task = { databaseUrl: this.#databaseUrl, shopId, marks: this.#marks() };
      this.#underway = this.#underway
        .then(() => carryOut(this.#db, begun, task, this.#closing.signal))
        .catch(this.#onError);
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
    this.#closing.abort();
    await this.#underway;
  }
}

/** Rejects with the error after recording the interruption. */
async function carryOut(
  db: Db,
  verification: StoredVerification,
  task: VerifyTask,
  closing: AbortSignal,
): Promise<void> {
  let read = 0;
  const over = new AbortController();
  const timer = setInterval(() => {
    noteVerification(db, verification, read).then(
      (goesOn) => goesOn || over.abort(),
      () => {}, // ignores a failed report; the next one may succeed
    );
  }, SIGN_MS);
  try {
    const signal = AbortSignal.any([closing, over.signal]);
    const verified = await verifyApart(task, signal, (entries) => {
      read = entries;
    });
    const outcome =
      verified === null ? 'interrupted' : verified.verdict.wrong === null ? 'right' : 'wrong';
    await endVerification(db, verification, { outcome, found: verified });
  } catch (error) {
    await endVerification(db, verification, { outcome: 'interrupted', found: null });
    throw error;
  } finally {
    clearInterval(timer);
  }
}

/** Verifies in a thread; null if somebody ended it before. Rejects if the thread breaks. */
async function verifyApart(
  task: VerifyTask,
  ended: AbortSignal,
  onRead: (entries: number) => void,
): Promise<Verified | null> {
  if (ended.aborted) return null;
  const worker = new Worker(new URL('./verifier-thread.ts', import.meta.url), { workerData: task });
  try {
    return await new Promise<Verified | null>((resolve, reject) => {
      ended.addEventListener('abort', () => resolve(null), { once: true });
      worker.on('message', (said: VerifySaid) => {
        if (said.kind === 'read') onRead(said.entries);
        else resolve(said.verified);
      });
      worker.on('error', reject);
      worker.on('exit', () => reject(new Error('the verifying thread has ended')));
    });
  } finally {
    await worker.terminate();
  }
}
