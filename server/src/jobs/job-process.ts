import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { PLACES } from '../places.ts';
import { errorFrom, type SentError } from './errors.ts';

/** A message to the process: first where its database is, then one job after another. */
export type ToProcess =
  | { readonly kind: 'database'; readonly url: string }
  | { readonly kind: 'job'; readonly job: string; readonly task: unknown };
/** A message from the process: a job's progress, as often as the job tells it, then its end. */
export type FromProcess =
  | { readonly kind: 'progress'; readonly progress: unknown }
  | { readonly kind: 'done'; readonly result: unknown }
  | { readonly kind: 'failed'; readonly error: SentError };

export type Ways = {
  /** Cuts the job off. */
  readonly signal: AbortSignal;
  readonly onProgress: (progress: unknown) => void;
};

export type ProcessOptions = {
  readonly databaseUrl: string;
  /** The most memory of the process's heap, in MiB. */
  readonly memoryMb: number;
};

/** The process has ended before its job: nobody knows what it has committed. */
export class JobCutOff extends Error {
  readonly why: 'memory' | 'deadline' | 'cancelled' | 'died';

  constructor(why: JobCutOff['why'], cause?: unknown) {
    super(`a process ended in the middle of its job: ${why}`, { cause });
    this.name = 'JobCutOff';
    this.why = why;
  }
}

/** What V8 prints before it ends a process whose heap is full. */
const HEAP_FULL = /heap out of memory|heap limit/i;
/** The last words of a process that are kept, in characters. */
const LAST_WORDS = 4_000;

/**
 * A process beside the server that does one job at a time. A process and no thread: V8 can abort
 * the whole server when a thread is stopped while it compiles or runs out of memory.
 */
export class JobProcess {
  readonly #child: ChildProcess;
  readonly #exited: Promise<unknown>;
  #lastWords = '';
  #isKilled = false;

  constructor({ databaseUrl, memoryMb }: ProcessOptions) {
    this.#child = fork(PLACES.jobs, {
      execArgv: [`--max-old-space-size=${memoryMb}`],
      serialization: 'advanced', // bytes stay bytes
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.#exited = once(this.#child, 'close').catch(() => {}); // `error`: it could not be started
    this.#child.on('error', () => {}); // a message that came too late; its end is heard
    this.#child.stderr?.on('data', (said: Buffer) => {
      this.#lastWords = (this.#lastWords + said.toString()).slice(-LAST_WORDS);
    });
    this.#send({ kind: 'database', url: databaseUrl });
  }

  get isAlive(): boolean {
    return this.#child.connected && !this.#isKilled;
  }

  /**
   * Resolves to the job's result. Rejects with the job's error; or with a {@link JobCutOff} if the
   * process ends first, by itself or because of the signal, whose reason says why.
   */
  async carryOut(job: string, task: unknown, { signal, onProgress }: Ways): Promise<unknown> {
    const over = new AbortController();
    const cutOff = () => void this.kill();
    signal.addEventListener('abort', cutOff, { once: true, signal: over.signal });
    if (signal.aborted) cutOff();
    try {
      const ended = this.#exited.then(() => null);
      this.#send({ kind: 'job', job, task });
      const end = await Promise.race([this.#hear(onProgress, over.signal), ended]);
      if (end === null) throw new JobCutOff(this.#whyOf(signal), new Error(this.#lastWords));
      if (end.kind === 'failed') throw errorFrom(end.error);
      return end.result;
    } finally {
      over.abort();
    }
  }

  /** Lets an idle process end by itself. */
  release(): void {
    if (this.#child.connected) this.#child.disconnect();
  }

  /** Ends the process at once; the database rolls back its uncommitted work. */
  async kill(): Promise<void> {
    this.#isKilled = true;
    this.#child.kill('SIGKILL');
    await this.#exited;
  }

  /** Resolves when the job under way ends, well or not. */
  #hear(
    onProgress: (progress: unknown) => void,
    over: AbortSignal,
  ): Promise<Exclude<FromProcess, { kind: 'progress' }>> {
    return new Promise((resolve) => {
      const listen = (heard: FromProcess) => {
        if (heard.kind === 'progress') onProgress(heard.progress);
        else resolve(heard);
      };
      this.#child.on('message', listen);
      over.addEventListener('abort', () => this.#child.off('message', listen), { once: true });
    });
  }

  #whyOf(signal: AbortSignal): JobCutOff['why'] {
    if (signal.aborted) return signal.reason instanceof JobCutOff ? signal.reason.why : 'deadline';
    if (HEAP_FULL.test(this.#lastWords)) return 'memory';
    // Nobody but the kernel ends a process in this way: the machine's memory is full.
    const byKernel = this.#child.signalCode === 'SIGKILL' && !this.#isKilled;
    return byKernel ? 'memory' : 'died';
  }

  #send(message: ToProcess): void {
    // A failed write means that the process has ended, which is heard by its end.
    if (this.#child.connected) this.#child.send(message, () => {});
  }
}
