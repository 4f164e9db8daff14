import { Worker } from 'node:worker_threads';
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
 * connections to the database, so that its data never passes through here.
 */
export class Threads {
  readonly #options: ThreadsOptions;
  readonly #waiting: Job[] = [];
  readonly #shopsAtWork = new Set<string>();
  readonly #idle: Thread[] = [];
  readonly #all = new Set<Thread>();
  #closed = false;

  constructor(options: ThreadsOptions) {
    this.#options = options;
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
    await Promise.all([...this.#all].map((thread) => thread.end()));
  }

  /** Gives jobs to free threads; skips shops with a running job. */
  #hand(): void {
    while (!this.#closed && this.#shopsAtWork.size < this.#options.count) {
      const at = this.#waiting.findIndex(({ shopId }) => !this.#shopsAtWork.has(shopId));
      const [job] = at === -1 ? [] : this.#waiting.splice(at, 1);
      if (job === undefined) return;
      this.#shopsAtWork.add(job.shopId);
      void this.#carryOut(this.#idle.pop() ?? this.#open(), job);
    }
  }

  async #carryOut(thread: Thread, job: Job): Promise<void> {
    await thread.carryOut(job).then(job.done, job.failed);
    this.#shopsAtWork.delete(job.shopId);
    if (thread.ended || this.#closed) this.#forget(thread);
    else this.#idle.push(thread);
    this.#hand();
  }

  #open(): Thread {
    const thread = new Thread(this.#options, () => this.#forget(thread));
    this.#all.add(thread);
    return thread;
  }

  #forget(thread: Thread): void {
    this.#all.delete(thread);
    if (this.#idle.includes(thread)) this.#idle.splice(this.#idle.indexOf(thread), 1);
    void thread.end();
  }
}

/** One thread with its connections; kept for a while after its job. */
class Thread {
  readonly #worker: Worker;
  readonly #options: ThreadsOptions;
  readonly #onIdleEnd: () => void;
  #idleTimer: NodeJS.Timeout | undefined;
  #cutOff: ((error: ThreadEnded) => void) | undefined;
  ended = false;

  constructor(options: ThreadsOptions, onIdleEnd: () => void) {
    this.#options = options;
    this.#onIdleEnd = onIdleEnd;
    this.#worker = new Worker(new URL('./thread.ts', import.meta.url), {
      workerData: { databaseUrl: options.databaseUrl },
      resourceLimits: { maxOldGenerationSizeMb: options.memoryMb },
    });
    let cause: unknown;
    this.#worker.on('error', (error) => {
      cause = error;
    });
    this.#worker.on('exit', () => {
      this.ended = true;
      this.#cutOff?.(new ThreadEnded(isOutOfMemory(cause) ? 'memory' : 'died', cause));
      this.#onIdleEnd();
    });
  }

  async carryOut({ job, task }: ThreadTask): Promise<unknown> {
    clearTimeout(this.#idleTimer);
    this.#worker.ref();
    const said = await new Promise<ThreadReply>((resolve, reject) => {
      const timer = setTimeout(() => over('deadline'), this.#options.deadlineMs);
      const over = (why: ThreadEnded['why']) => {
        clearTimeout(timer);
        reject(new ThreadEnded(why));
        void this.end();
      };
      this.#cutOff = (error) => {
        clearTimeout(timer);
        reject(error);
      };
      this.#worker.once('message', (message: ThreadReply) => {
        clearTimeout(timer);
        resolve(message);
      });
      this.#worker.postMessage({ job, task } satisfies ThreadTask, bytesIn(task));
    });
    this.#cutOff = undefined;
    this.#rest();
    if (said.kind === 'failed') throw errorFrom(said.error);
    return said.result;
  }

  #rest(): void {
    this.#worker.unref();
    const { idleMs = IDLE_MS } = this.#options;
    this.#idleTimer = setTimeout(() => this.#onIdleEnd(), idleMs).unref();
  }

  async end(): Promise<void> {
    this.ended = true;
    clearTimeout(this.#idleTimer);
    await this.#worker.terminate();
  }
}

function isOutOfMemory(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === 'ERR_WORKER_OUT_OF_MEMORY';
}

/** Returns the bytes of a file, for moving: a large body owns its memory, a small one is copied. */
function bytesIn(task: unknown): ArrayBuffer[] {
  if (typeof task !== 'object' || task === null || !('bytes' in task)) return [];
  const { bytes } = task;
  if (!(bytes instanceof Uint8Array) || !(bytes.buffer instanceof ArrayBuffer)) return [];
  return bytes.byteLength === bytes.buffer.byteLength ? [bytes.buffer] : [];
}
