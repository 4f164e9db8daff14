import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { type Binaries, EmbeddedPostgresError, findBinaries } from './binaries.ts';
import { freePort } from './free-port.ts';

/** A PostgreSQL that Renkei runs itself, for a fresh installation and for tests. */
export type EmbeddedPostgres = {
  /** With user and password; for loopback only. */
  readonly url: string;
  /** True if it took over a server that an earlier process had left running. */
  readonly adopted: boolean;
  /** The postmaster's process. */
  readonly pid: number;
  /** Ends the server in good order. Repeated calls are harmless. */
  stop(): Promise<void>;
};

export type EmbeddedOptions = {
  /** The directory of the data, kept between starts. */
  readonly directory: string;
  /** The port to listen at; a free one if absent. */
  readonly port?: number;
  /** More settings for the server, by name. Durability stays PostgreSQL's default: on. */
  readonly settings?: Readonly<Record<string, string>>;
};

const MAJOR = '18';
const USER = 'renkei';
const START_MS = 30_000;
const STOP_MS = 30_000;

/** Starts PostgreSQL, or adopts a running server. Throws EmbeddedPostgresError. */
export async function startPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const home = new DataDirectory(options.directory);
  const binaries = await findBinaries();
  const password = await home.prepare(binaries);
  const urlOf = (port: number) => `postgres://${USER}:${password}@127.0.0.1:${port}/postgres`;

  const left = await home.running();
  if (left !== null && (await answers(urlOf(left.port)))) {
    const { pid } = left;
    return { url: urlOf(left.port), adopted: true, pid, stop: once(() => end(pid)) };
  }
  const port = options.port ?? (await freePort());
  const server = launch(binaries, home.data, port, options.settings ?? {});
  await ready(server, urlOf(port));
  const { pid } = server.process;
  if (pid === undefined) throw new Error('a server that answers has no pid');
  return { url: urlOf(port), adopted: false, pid, stop: once(() => end(pid)) };
}

/** The directory on disk: data, password, and the running server. */
class DataDirectory {
  readonly directory: string;
  readonly data: string;

  constructor(directory: string) {
    this.directory = directory;
    this.data = join(directory, 'data');
  }

  /** Creates the database on the first start. Resolves to its password. */
  async prepare(binaries: Binaries): Promise<string> {
    await mkdir(this.directory, { recursive: true, mode: 0o700 }).catch((cause) => {
      throw new EmbeddedPostgresError(
        `The data directory cannot be created: ${this.directory}`,
        'Make its parent writable, or choose another with RENKEI_DATA.',
        { cause },
      );
    });
    await chmod(this.directory, 0o700);
    const passwordFile = join(this.directory, 'password');
    const versionFile = join(this.data, 'PG_VERSION');
    if (!existsSync(versionFile)) {
      await rm(this.data, { recursive: true, force: true }); // a first start that was cut short
      await writeFile(passwordFile, randomBytes(24).toString('hex'), { mode: 0o600 });
      await initdb(binaries, this.data, passwordFile);
    }
    const version = (await readFile(versionFile, 'utf8')).trim();
    if (version !== MAJOR) {
      throw new EmbeddedPostgresError(
        `The data in ${this.data} is of PostgreSQL ${version}; this is PostgreSQL ${MAJOR}.`,
        `Dump it with PostgreSQL ${version} and restore it, or move the directory away.`,
      );
    }
    return (await readFile(passwordFile, 'utf8')).trim();
  }

  /** Returns the live postmaster on this directory (pid on line 1, port on line 4). */
  async running(): Promise<{ pid: number; port: number } | null> {
    const text = await readFile(join(this.data, 'postmaster.pid'), 'utf8').catch(() => '');
    const lines = text.split('\n');
    const pid = Number(lines[0]);
    const port = Number(lines[3]);
    return pid > 0 && port > 0 && isAlive(pid) ? { pid, port } : null;
  }
}

/**
 * PostgreSQL refuses to run as root. If we are root, it runs in a user namespace as nobody, while
 * its files stay ours.
 */
function commandFor(program: string, args: readonly string[]): [string, string[]] {
  const isRoot = process.getuid?.() === 0;
  if (!isRoot) return [program, [...args]];
  return ['unshare', ['--user', '--map-user=65534', '--map-group=65534', '--', program, ...args]];
}

async function initdb(binaries: Binaries, data: string, passwordFile: string): Promise<void> {
  const [command, args] = commandFor(binaries.initdb, [
    '-D',
    data,
    '-U',
    USER,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--data-checksums',
  ]);
  const process = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  const said = listen(process);
  const code = await new Promise<number | null>((resolve) => {
    process.on('error', () => resolve(null));
    process.on('close', resolve);
  });
  if (code !== 0) throw explain(said(), `PostgreSQL could not create its data in ${data}.`);
}

type Server = { readonly process: ChildProcess; readonly said: () => string };

function launch(
  binaries: Binaries,
  data: string,
  port: number,
  settings: Readonly<Record<string, string>>,
): Server {
  const fixed = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
    shared_buffers: '128MB',
    // PostgreSQL analyzes a new shop's tables soon: until then its plans are guesses.
    autovacuum_naptime: '10s',
    log_min_messages: 'warning',
    ...settings,
  };
  const given = Object.entries(fixed).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const [command, args] = commandFor(binaries.postgres, ['-D', data, '-p', String(port), ...given]);
  // Detached: a signal to our group (Ctrl-C) must not end the database before us.
  const process = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'], detached: true });
  const said = listen(process);
  process.unref();
  return { process, said };
}

/** Waits until the server answers; throws with an explanation if it does not. */
async function ready({ process, said }: Server, url: string): Promise<void> {
  let gone = false;
  process.on('exit', () => {
    gone = true;
  });
  process.on('error', () => {
    gone = true;
  });
  const deadline = performance.now() + START_MS;
  while (performance.now() < deadline && !gone) {
    if (await answers(url)) return;
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
  throw explain(said(), gone ? 'PostgreSQL ended while starting.' : 'PostgreSQL does not answer.');
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

/** Keeps the last words of a process, for the message if it fails. */
function listen(process: ChildProcess): () => string {
  let said = '';
  process.stderr?.on('data', (bytes: Buffer) => {
    said = (said + bytes.toString()).slice(-4_000);
  });
  return () => said;
}

const KNOWN: readonly (readonly [RegExp, string])[] = [
  [/unshare|Operation not permitted/, 'Run as a user other than root, or allow user namespaces.'],
  [/No space left/, 'Free some space on that disk.'],
  [/Permission denied/, 'Give this user the directory, or choose another with RENKEI_DATA.'],
  [/Address already in use/, 'Another program took the port; start again.'],
  [/could not create shared memory|shmget/, 'Allow more shared memory on this machine.'],
];

function explain(said: string, what: string): EmbeddedPostgresError {
  const remedy = KNOWN.find(([pattern]) => pattern.test(said))?.[1] ?? 'See its message above.';
  const words = said.trim().split('\n').slice(-5).join('\n  ') || '(it said nothing)';
  return new EmbeddedPostgresError(`${what}\n  ${words}`, remedy);
}

/** SIGINT is PostgreSQL's fast shutdown: it ends connections and writes everything out. */
async function end(pid: number): Promise<void> {
  if (!isAlive(pid)) return;
  process.kill(pid, 'SIGINT');
  const deadline = performance.now() + STOP_MS;
  while (isAlive(pid)) {
    if (performance.now() > deadline) throw new Error(`PostgreSQL (${pid}) does not stop`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** True while the process exists. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined;
  return () => {
    done ??= work();
    return done;
  };
}
