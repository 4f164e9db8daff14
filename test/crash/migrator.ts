import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const MIGRATING = fileURLToPath(new URL('./migrating.ts', import.meta.url));

/** A process that migrates a database up to a schema when it is told to. */
export class Migrator {
  readonly #process: ChildProcess;
  readonly #gone: Promise<unknown>;
  #said = '';
  #beganAt = 0;
  #answeredAt = 0;

  private constructor(process: ChildProcess) {
    this.#process = process;
    this.#gone = once(process, 'close');
    process.stdout?.on('data', (bytes: Buffer) => {
      this.#said += bytes.toString();
      this.#answeredAt = performance.now();
    });
  }

  /** Resolves once the process has connected. */
  static async start(databaseUrl: string, last: number): Promise<Migrator> {
    const child = spawn(process.execPath, [MIGRATING], {
      env: { DATABASE_URL: databaseUrl, LAST: String(last) },
      stdio: ['pipe', 'pipe', process.env.LOUD === '1' ? 'inherit' : 'ignore'],
    });
    const migrator = new Migrator(child);
    child.stdin?.on('error', () => {}); // the process is gone
    await Promise.race([once(child, 'exit'), once(child.stdout ?? child, 'data')]);
    if (migrator.#said === '') throw new Error('the migrating process ended before it began');
    return migrator;
  }

  begin(): void {
    this.#beganAt = performance.now();
    this.#process.stdin?.write('go\n');
  }

  /**
   * Resolves once the process has ended: to the names of the applied migrations; null if it was
   * killed or failed.
   */
  async ended(): Promise<readonly string[] | null> {
    await this.#gone;
    const answer = this.#said.split('\n')[1] ?? '';
    return answer === '' ? null : JSON.parse(answer);
  }

  /** The time from the word to begin until its answer, in milliseconds. */
  get tookMs(): number {
    return this.#answeredAt - this.#beganAt;
  }

  kill(): void {
    this.#process.kill('SIGKILL');
  }
}
