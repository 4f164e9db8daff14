import { type ChildProcess, fork } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { saveMember } from '../server/src/access/members.ts';
import { createRenkei, type Renkei } from '../server/src/assemble.ts';
import { formatOrdersCsv } from '../server/src/csv/orders/format-orders.ts';
import { freePort } from '../server/src/embedded/free-port.ts';
import { startPostgres } from '../server/src/embedded/postgres.ts';
import { createDb, type Db } from '../server/src/store/db/db.ts';
import { Client } from '../test/kit/clients.ts';
import { incoming, openShop, SHOP } from '../test/kit/orders.ts';
import { seedDifferences } from '../test/kit/seeded-differences.ts';

/**
 * `node bench/files.ts [rows]`: the largest files and reports that a shop can ask for, over real
 * HTTP from another process. Measures the time of each, how long the server's event loop stood
 * still meanwhile, and the slowest `/healthz` asked all along. Exits with 1 if the event loop stood
 * still for more than 100 ms by its own doing.
 */
const PASSWORD = 'a long enough password';
const EMAIL = 'owner@example.jp';
const DELAY_MAX_MS = 100;

type Step = {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly file?: string;
};

type Ended = {
  readonly ends: string;
  readonly tookMs: number;
  readonly slowestMs: number;
  readonly status: number;
};
type Said = { readonly begins: string } | Ended;

if (process.argv[2] === 'client') await beClient();
else await beServer(Number(process.argv[2] ?? 100_000));

async function beServer(rows: number): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'renkei-files-'));
  const postgres = await startPostgres({ directory: join(directory, 'db') });
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const renkei = await openRenkei(postgres.url, url);
  const db = createDb(postgres.url, { max: 2 });
  await fillShop(db, renkei);
  await writeFiles(db, rows, directory);
  await db.end();
  await renkei.app.listen({ host: '127.0.0.1', port });
  const { code, worstMs } = await watchClient(
    fork(import.meta.filename, ['client', url, directory]),
  );
  await renkei.close();
  await postgres.stop();
  await rm(directory, { recursive: true, force: true });
  process.exitCode = code === 0 && worstMs <= DELAY_MAX_MS ? 0 : 1;
}

function openRenkei(databaseUrl: string, publicUrl: string): Promise<Renkei> {
  return createRenkei({
    databaseUrl,
    publicUrl,
    authSecret: 'a secret of thirty-two characters or more',
    smtpUrl: null,
    mailFrom: 'shop@example.jp',
    production: false,
    sealFile: null,
    digestHour: null,
    log: { info: () => {}, error: (facts, error) => console.error(facts, error) },
  });
}

async function fillShop(db: Db, { backoffice }: Renkei): Promise<void> {
  await openShop(db);
  const owner = { name: '山田', email: EMAIL, password: PASSWORD };
  const { id: userId } = await backoffice.auth.createUser(owner);
  await saveMember(db, { shopId: SHOP, userId, role: 'owner' });
}

/** The console's CSV with 2,000 differences, and a CSV of orders, each with `rows` rows. */
async function writeFiles(db: Db, rows: number, directory: string): Promise<void> {
  const { file } = await seedDifferences(db, rows, 2_000);
  await writeFile(join(directory, 'console.csv'), file);
  const orders = formatOrdersCsv(
    Array.from({ length: rows }, () => incoming()),
    'utf-8',
  );
  if (orders.kind !== 'formatted') throw new Error('the orders cannot be written as CSV');
  await writeFile(join(directory, 'orders.csv'), orders.bytes);
}

/**
 * Prints each step of the client. Resolves to its exit code and its longest standstill once it has
 * ended.
 */
async function watchClient(client: ChildProcess): Promise<{ code: number; worstMs: number }> {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  const busy = watchBusy();
  let worstMs = 0;
  client.on('message', (said: Said) => {
    if ('begins' in said) {
      delay.reset();
      delay.enable();
      busy.reset();
      return;
    }
    const seen = busy.seen();
    worstMs = Math.max(worstMs, seen.longestMs);
    console.log(lineOf(said, seen, delay));
  });
  const code = await new Promise<number>((resolve) =>
    client.on('exit', (left) => resolve(left ?? 1)),
  );
  delay.disable();
  busy.end();
  return { code, worstMs };
}

function lineOf(
  { ends, status, tookMs, slowestMs }: Ended,
  { longestMs, rssMb }: ReturnType<ReturnType<typeof watchBusy>['seen']>,
  delay: ReturnType<typeof monitorEventLoopDelay>,
): string {
  return (
    `${ends.padEnd(34)} ${status}  ${(tookMs / 1_000).toFixed(1).padStart(6)} s` +
    `  at a stretch ${longestMs.toFixed(0).padStart(4)} ms` +
    `  loop: max ${(delay.max / 1e6).toFixed(0)} ms,` +
    ` 99 % ${(delay.percentile(99) / 1e6).toFixed(0)} ms` +
    `  slowest /healthz ${slowestMs.toFixed(0)} ms  RSS ${rssMb} MiB`
  );
}

/**
 * Measures the most CPU time of the event loop's thread between two of its turns, which is how long
 * the loop stands still by its own doing, even if other processes take the CPU away. Also measures
 * the most memory.
 */
function watchBusy() {
  let last = process.threadCpuUsage();
  let longest = 0;
  let rss = 0;
  let ended = false;
  const look = () => {
    const { user, system } = process.threadCpuUsage(last);
    last = process.threadCpuUsage();
    longest = Math.max(longest, user + system);
    rss = Math.max(rss, process.memoryUsage.rss());
    if (!ended) setTimeout(look, 1);
  };
  look();
  return {
    reset() {
      longest = 0;
      rss = 0;
    },
    seen: () => ({ longestMs: longest / 1_000, rssMb: Math.round(rss / 2 ** 20) }),
    end() {
      ended = true;
    },
  };
}

async function beClient(): Promise<void> {
  const [, , , url = '', directory = ''] = process.argv;
  const client = await Client.signIn(url, EMAIL, PASSWORD);
  const seen = new URLSearchParams({
    name: 'october.csv',
    mode: 'import',
    exportedAt: '2026-11-10T00:00:00Z',
  });
  const steps: Step[] = [
    { name: 'nothing', method: 'GET', path: '/v1/me' },
    { name: 'orders, checked', method: 'POST', path: '/v1/imports?mode=check', file: 'orders.csv' },
    { name: 'orders, imported', method: 'POST', path: '/v1/imports?mode=all', file: 'orders.csv' },
    {
      name: 'orders, checked again',
      method: 'POST',
      path: '/v1/imports?mode=check',
      file: 'orders.csv',
    },
    {
      name: 'F-REGI’s console',
      method: 'POST',
      path: `/v1/sightings/console-csv?${seen}`,
      file: 'console.csv',
    },
    { name: '照合, a month', method: 'GET', path: '/v1/reconciliation?month=2026-10' },
    { name: '照合, its days', method: 'GET', path: '/v1/reconciliation/days?month=2026-10' },
    { name: '照合, its CSV', method: 'GET', path: '/v1/reconciliation/csv?month=2026-10' },
  ];
  for (const step of steps) await take(client, step, directory);
}

async function take(client: Client, { name, method, path, file }: Step, directory: string) {
  const body = file === undefined ? undefined : await readFile(join(directory, file));
  process.send?.({ begins: name });
  const began = performance.now();
  let over = false;
  let slowestMs = 0;
  const pulse = (async () => {
    while (!over) {
      const asked = performance.now();
      await client.get('/healthz');
      slowestMs = Math.max(slowestMs, performance.now() - asked);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  })();
  const headers = file === undefined ? {} : { 'content-type': 'text/csv' };
  const reply = await client.send(method, path, { ...(body && { body }), headers });
  over = true;
  await pulse;
  const tookMs = performance.now() - began;
  process.send?.({ ends: name, tookMs, slowestMs, status: reply.status });
  await new Promise((resolve) => setTimeout(resolve, 300));
}
