import { JobCutOff, JobProcess, type ProcessOptions } from './job-process.ts';
import type { Jobs } from './jobs.ts';

export type Task<K extends keyof Jobs> = Parameters<Jobs[K]>[1];
export type JobResult<K extends keyof Jobs> = Awaited<ReturnType<Jobs[K]>>;

export type JobProcessesOptions = ProcessOptions & {
  /** The number of processes. A job that needs more memory than it may fails, and its process ends. */
  readonly count: number;
  /** The deadline of a job, in milliseconds. */
  readonly deadlineMs: number;
  /** The most waiting jobs of one shop. */
  readonly waitingMax: number;
  /** The time that an idle process is kept, in milliseconds. */
  readonly idleMs?: number;
};

export type JobWays = {
  /** Cuts the job off. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: number) => void;
};

/** Too many jobs of the shop wait already: this one was not begun. */
export class JobsBusy extends Error {
  constructor() {
    super('too many jobs of this shop are waiting');
    this.name = 'JobsBusy';
  }
}

type Job = JobWays & {
  readonly job: keyof Jobs;
  readonly task: unknown;
  readonly shopId: string;
  readonly done: (result: unknown) => void;
  readonly failed: (error: unknown) => void;
};
type Idle = { readonly process: JobProcess; readonly timer: NodeJS.Timeout };

const IDLE_MS = 60_000;

/**
 * Processes beside the server, for work on a whole file or a whole month. The server only hands
 * such work on, and receives a short answer. Each process has its own connections to the database,
 * so that its data never passes through here.
 */
export class JobProcesses {
  readonly #options: JobProcessesOptions;
  readonly #idle: Idle[] = [];
  readonly #atWork = new Set<JobProcess>();
  readonly #waiting: Job[] = [];
  readonly #shopsAtWork = new Set<string>();
  #closed = false;

  constructor(options: JobProcessesOptions) {
    this.#options = options;
  }

  /**
   * Runs a job of a shop in its turn: jobs of one shop run one after another, and at most as many
   * jobs at once as there are processes. Rejects with the job's error, a {@link JobsBusy}, or a
   * {@link JobCutOff}.
   */
  run<K extends keyof Jobs>(
    job: K,
    shopId: string,
    task: Task<K>,
    ways: JobWays = {},
  ): Promise<JobResult<K>> {
    return new Promise((resolve, reject) => {
      const before = this.#waiting.filter((one) => one.shopId === shopId).length;
      if (this.#closed) return reject(new JobCutOff('died'));
      if (this.#shopsAtWork.has(shopId) && before >= this.#options.waitingMax) {
        return reject(new JobsBusy());
      }
      // The result type of the job with this name, by the table of jobs.
      const done = resolve as (result: unknown) => void;
      this.#waiting.push({ ...ways, job, shopId, task, done, failed: reject });
      this.#hand();
    });
  }

  /**
   * Ends the processes. Unfinished jobs are cut off: the database rolls back their uncommitted
   * work.
   */
  async close(): Promise<void> {
    this.#closed = true;
    for (const job of this.#waiting.splice(0)) job.failed(new JobCutOff('died'));
    const idle = this.#idle.splice(0);
    for (const { timer } of idle) clearTimeout(timer);
    await Promise.all(
      [...idle.map(({ process }) => process), ...this.#atWork].map((one) => one.kill()),
    );
  }

  /** Gives jobs to free processes; skips shops with a running job. */
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

  async #carryOut({ job, task, signal, onProgress }: Job): Promise<unknown> {
    const process = this.#take();
    this.#atWork.add(process);
    const deadline = new AbortController();
    const timer = setTimeout(
      () => deadline.abort(new JobCutOff('deadline')),
      this.#options.deadlineMs,
    );
    const signals = signal === undefined ? [deadline.signal] : [deadline.signal, signal];
    try {
      return await process.carryOut(job, task, {
        signal: AbortSignal.any(signals),
        // A job that tells its progress tells a number: of what, the job says.
        onProgress: (progress) => onProgress?.(Number(progress)),
      });
    } finally {
      clearTimeout(timer);
      this.#atWork.delete(process);
      this.#keep(process);
    }
  }

  #take(): JobProcess {
    for (let idle = this.#idle.pop(); idle !== undefined; idle = this.#idle.pop()) {
      clearTimeout(idle.timer);
      if (idle.process.isAlive) return idle.process;
    }
    return new JobProcess(this.#options);
  }

  #keep(process: JobProcess): void {
    if (!process.isAlive) return;
    if (this.#closed) return void process.kill();
    const timer = setTimeout(() => {
      this.#idle.splice(this.#idle.indexOf(idle), 1);
      process.release();
    }, this.#options.idleMs ?? IDLE_MS);
    const idle = { process, timer };
    this.#idle.push(idle);
  }
}
