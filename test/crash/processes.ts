import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../server/src/embedded/free-port.ts';

/** A process of ours, to be killed and stopped. Signals go to this process only. */
export class Child {
  readonly url: string;
  readonly #process: ChildProcess;

  constructor(url: string, process: ChildProcess) {
    this.url = url;
    this.#process = process;
  }

  get pid(): number {
    return this.#process.pid ?? 0;
  }

  /** Sends SIGSTOP; SIGCONT wakes it: the process sleeps, as a virtual machine can. */
  pause(): void {
    this.#process.kill('SIGSTOP');
  }
  wake(): void {
    this.#process.kill('SIGCONT');
  }

  /** Resolves once the process is gone. */
  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const gone = new Promise((resolve) => this.#process.once('exit', resolve));
    this.#process.kill(signal);
    await gone;
  }
}

export const SECRET = 'a secret of thirty-two characters or more';
const CLOCK = fileURLToPath(new URL('./clock.ts', import.meta.url));
const SERVER = fileURLToPath(new URL('./server.ts', import.meta.url));
const SANDBOX = fileURLToPath(new URL('../../sandbox/src/main.ts', import.meta.url));

export type ServerOptions = {
  readonly databaseUrl: string;
  /** The file outside of the database for the audit's seals. */
  readonly seals?: string;
  /** Uses the deadlines of production; otherwise the quick ones of the tests. */
  readonly real?: boolean;
  readonly port?: number;
  /** The number of starts while it ends at once; left out: as many as a supervisor makes. */
  readonly triesMax?: number;
} & Ailment;

/** The ailments of a server. */
export type Ailment = {
  /** How far its own clock is ahead, in milliseconds; the clock also jumps. */
  readonly clockByMs?: number;
  /** The greatest length of each of its files, in blocks, as on a full disk. */
  readonly blocksMax?: number;
};

const STARTS_MAX = 5;
/** The same as in `npm run serve`. */
const YOUNG = ['--min-semi-space-size=4', '--max-semi-space-size=4'];
const MEASURED = ['--expose-gc'];

/**
 * Starts a Renkei, and again, like a supervisor, while it ends at once. Resolves once it listens.
 */
export async function startServer(options: ServerOptions): Promise<Child> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await startOnce(options);
    } catch (error) {
      if (tries >= (options.triesMax ?? STARTS_MAX)) throw error;
    }
  }
}

async function startOnce(options: ServerOptions): Promise<Child> {
  const port = options.port ?? (await freePort());
  const { clockByMs, blocksMax = 'unlimited' } = options;
  const loaded = clockByMs === undefined ? [] : ['--import', CLOCK];
  const limited = `ulimit -f ${blocksMax}; exec "$0" "$@"`;
  const node = [process.execPath, ...YOUNG, ...MEASURED, ...loaded, SERVER];
  const child = spawn('/bin/sh', ['-c', limited, ...node], {
    env: {
      CLOCK_BY_MS: String(clockByMs ?? 0),
      DATABASE_URL: options.databaseUrl,
      PORT: String(port),
      AUTH_SECRET: SECRET,
      SEALS: options.seals ?? '',
      REAL: options.real ? '1' : '',
    },
    stdio: ['ignore', 'pipe', process.env.LOUD === '1' ? 'inherit' : 'ignore'],
  });
  await untilItSpeaks(child, 'the server');
  return new Child(`http://127.0.0.1:${port}`, child);
}

/** Starts the sandbox in a process of its own, its ledger on disk. */
export async function startSandbox(
  directory: string,
  shops: readonly { readonly fregiShopId: string; readonly name: string }[],
  latencyMs: number,
): Promise<Child> {
  const port = await freePort();
  const named = shops.flatMap(({ fregiShopId, name }) => ['--shop', `${fregiShopId}:${name}`]);
  const options = ['--port', String(port), '--data', directory, '--latency', String(latencyMs)];
  const child = spawn(process.execPath, [SANDBOX, ...options, ...named], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await untilItSpeaks(child, 'the sandbox');
  return new Child(`http://127.0.0.1:${port}`, child);
}

function untilItSpeaks(child: ChildProcess, what: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null) => reject(new Error(`${what} ended with ${code}`));
    child.once('exit', ended);
    child.stdout?.once('data', () => {
      child.off('exit', ended);
      resolve();
    });
  });
}

/**
 * Resolves to the milliseconds from `began`, on the stopwatch, until a server is ready; throws
 * after `withinMs`.
 */
export async function readyAfter(url: string, began: number, withinMs: number): Promise<number> {
  while (performance.now() - began < withinMs) {
    const answer = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(2_000) }).catch(
      () => null,
    );
    if (answer?.ok) return performance.now() - began;
    await sleep(10);
  }
  throw new Error(`${url} is not ready after ${withinMs} ms`);
}

export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
