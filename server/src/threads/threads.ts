import { Piscina } from 'piscina';
import { errorFrom, type SentError } from './errors.ts';
import type { Jobs } from './jobs.ts';

export type Task<K extends keyof Jobs> = Parameters<Jobs[K]>[1];
export type JobResult<K extends keyof Jobs> = Awaited<ReturnType<Jobs[K]>>;

export type ThreadsOptions = {
  readonly databaseUrl: string;
  /** The number of threads. */
  readonly count: number;
  /** The most memory of one thread, in MiB; a job that needs more fails, and its thread ends. */
  readonly memoryMb: number;
  /** The deadline of a job, in milliseconds. */
  readonly deadlineMs: number;
  /** The most waiting jobs of one shop. */
  readonly waitingMax: number;
  /** The time that an idle thread is kept, in milliseconds. */
  readonly idleMs?: number;
};

/** A thread's input and its answer. */
export type ThreadTask = { readonly job: keyof Jobs; readonly task: unknown };
export type ThreadReply =
  | { readonly kind: 'done'; readonly result: unknown }
  | { readonly kind: 'failed'; readonly error: SentError };

/** Too many jobs of the shop wait already: this one was not begun. */
export class ThreadsBusy extends Error {
  constructor() {
    super('too many jobs of this shop are waiting');
    this.name = 'ThreadsBusy';
  }
}

/** The thread has ended before its job: nobody knows what it has committed. */
export class ThreadEnded extends Error {
  readonly why: 'memory' | 'deadline' | 'died';

  constructor(why: ThreadEnded['why'], cause?: unknown) {
    super(`a thread ended in the middle of its job: ${why}`, { cause });
    this.name = 'ThreadEnded';
    this.why = why;
  }
}

type Job = ThreadTask & {
  readonly shopId: string;
  readonly done: (result: unknown) => void;
  readonly failed: (error: unknown) => void;
};

const IDLE_MS = 60_000;

/**
 * Threads beside the event loop, for work on a whole file or a whole month. The thread that answers
 * requests only hands such work on, and receives a short answer. Each thread has its own
 * connections to the database, so that its data never passes through here. Piscina keeps the
 * threads; whose turn it is, is decided here.
 */
export class Threads {
  readonly #options: ThreadsOptions;
  readonly #pool: Piscina<ThreadTask, ThreadReply>;
  readonly #waiting: Job[] = [];
  readonly #shopsAtWork = new Set<string>();
  #closed = false;

  constructor(options: ThreadsOptions) {
    this.#options = options;
    this.#pool = new Piscina({
      filename: new URL('./thread.ts', import.meta.url).href,
      name: 'carryOut',
      atomics: 'disabled', // an idle thread still hears that the database has closed a connection
      minThreads: 0,
      maxThreads: options.count,
      idleTimeout: options.idleMs ?? IDLE_MS,
      resourceLimits: { maxOldGenerationSizeMb: options.memoryMb },
      workerData: { databaseUrl: options.databaseUrl },
      recordTiming: false,
    });
    // A thread that ends before its job fails the job; of one without a job nobody has to hear.
    this.#pool.on('error', () => {});
  }

  /**
   * Runs a job of a shop in its turn: jobs of one shop run one after another, and at most as many
   * jobs at once as there are threads. Bytes in `task` are moved, not copied: the caller loses
   * them. Rejects with the job's error, a {@link ThreadsBusy}, or a {@link ThreadEnded}.
   */
  run<K extends keyof Jobs>(job: K, shopId: string, task: Task<K>): Promise<JobResult<K>> {
    return new Promise((resolve, reject) => {
      const before = this.#waiting.filter((one) => one.shopId === shopId).length;
      if (this.#closed) return reject(new ThreadEnded('died'));
      if (this.#shopsAtWork.has(shopId) && before >= this.#options.waitingMax) {
        return reject(new ThreadsBusy());
      }
      // The result type of the job with this name, by the table of jobs.
      const done = resolve as (result: unknown) => void;
      this.#waiting.push({ job, shopId, task, done, failed: reject });
      this.#hand();
    });
  }

  /**
   * Ends the threads. Unfinished jobs are cut off: the database rolls back their uncommitted work.
   */
  async close(): Promise<void> {
    this.#closed = true;
    for (const job of this.#waiting.splice(0)) job.failed(new ThreadEnded('died'));
    await this.#pool.destroy();
  }

  /** Gives jobs to free threads; skips shops with a running job. */
  #hand(): void {
    while (!this.#closed && this.#shopsAtWork.size < this.#options.count) {
      const at = this.#waiting.findIndex(({ shopId }) => !this.#shopsAtWork.has(shopId));
      const [job] = at === -1 ? [] : this.#waiting.splice(at, 1);
      if (job === undefined) return;
      this.#shopsAtWork.add(job.shopId);
      void this.#carryOut(job)
        .then(job.done, job.failed)
        .finally(() => {
          this.#shopsAtWork.delete(job.shopId);
          this.#hand();
        });
    }
  }

  async #carryOut({ job, task }: Job): Promise<unknown> {
    const signal = AbortSignal.timeout(this.#options.deadlineMs);
    const options = { signal, transferList: bytesIn(task) };
    const reply = await this.#pool.run({ job, task }, options).catch((cause: unknown) => {
      throw new ThreadEnded(signal.aborted ? 'deadline' : reasonOf(cause), cause);
    });
    if (reply.kind === 'failed') throw errorFrom(reply.error);
    return reply.result;
  }
}

function reasonOf(cause: unknown): 'memory' | 'died' {
  const isOutOfMemory =
    cause instanceof Error && 'code' in cause && cause.code === 'ERR_WORKER_OUT_OF_MEMORY';
  return isOutOfMemory ? 'memory' : 'died';
}

/** Returns the bytes of a file, for moving: a large body owns its memory, a small one is copied. */
function bytesIn(task: unknown): ArrayBuffer[] {
  if (typeof task !== 'object' || task === null || !('bytes' in task)) return [];
  const { bytes } = task;
  if (!(bytes instanceof Uint8Array) || !(bytes.buffer instanceof ArrayBuffer)) return [];
  return bytes.byteLength === bytes.buffer.byteLength ? [bytes.buffer] : [];
}
