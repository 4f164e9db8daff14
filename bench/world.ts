import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAuth } from '../server/src/access/auth.ts';
import { saveMember } from '../server/src/access/members.ts';
import type { Db } from '../server/src/store/db/db.ts';
import { migrate } from '../server/src/store/db/migrate.ts';
import { saveShop } from '../server/src/store/shops/shops.ts';
import { connect, openPostgres } from '../test/kit/postgres.ts';
import { type Child, cpuMs, startChild } from './child.ts';
import { call } from './load.ts';
import type { GatewayMode, Ledger } from './stub-gateway.ts';

/** The place of the workloads: a durable PostgreSQL, a stub gateway, the floor and Renkei. */
export type BenchWorld = {
  readonly db: Db;
  readonly gateway: Child;
  readonly floor: Child;
  startRenkei(quick?: boolean): Promise<{ child: Child; cookie: string }>;
  /** Sets the gateway's behaviour. */
  behave(mode: Partial<GatewayMode>): Promise<void>;
  ledger(): Promise<Ledger>;
  forget(): Promise<void>;
  /** Returns the CPU time of PostgreSQL with all its sessions, in milliseconds. */
  postgresCpuMs(): number;
  close(): Promise<void>;
};

const SECRET = 'a secret of thirty-two characters or more';
const EMAIL = 'bench@example.jp';
const PASSWORD = 'a long enough password';

export async function openBenchWorld(): Promise<BenchWorld> {
  const directory = await mkdtemp(join(tmpdir(), 'renkei-bench-'));
  const postgres = await openPostgres({ directory }); // fsync on: the measured work is durable
  const db = connect(postgres.url, { max: 4 });
  await migrate(db);
  await db.query(`
    create table floor_orders (like orders including defaults including indexes including generated);
    create table floor_events (id bigserial primary key, order_number text, what text);
    create table floor_audit (id bigserial primary key, order_number text, actor text)`);
  const gateway = await startChild('./stub-gateway.ts', {});
  await openShop(db, gateway.url);
  await hire(db, postgres.url);
  const floor = await startChild('./floor-server.ts', {
    DATABASE_URL: postgres.url,
    GATEWAY_URL: gateway.url,
  });
  const children: Child[] = [gateway, floor];
  return {
    db,
    gateway,
    floor,
    async startRenkei(quick = false) {
      const child = await startChild('./renkei-server.mjs', {
        DATABASE_URL: postgres.url,
        AUTH_SECRET: SECRET,
        QUICK: quick ? '1' : '',
        COMPILED: join(directory, 'compiled'),
      });
      children.push(child);
      return { child, cookie: await signIn(child.url) };
    },
    async behave(mode) {
      const usual: GatewayMode = { latencyMs: 0, onRepeat: 'refuse', faults: [] };
      await call('POST', `${gateway.url}/control`, '', { ...usual, ...mode });
    },
    async ledger() {
      return JSON.parse((await call('GET', `${gateway.url}/ledger`)).body);
    },
    async forget() {
      await call('POST', `${gateway.url}/forget`);
    },
    postgresCpuMs: () => postgresCpuMs(directory),
    async close() {
      for (const child of children) await child.kill();
      await db.end();
      await postgres.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function openShop(db: Db, gatewayUrl: string): Promise<void> {
  await saveShop(db, {
    shopId: 'bench',
    name: 'ベンチ',
    linkEnabled: true,
    inquiry: true,
    captureDeadlineDays: 60,
    fregi: {
      environment: 'sandbox',
      shopId: '90001',
      baseUrl: `${gatewayUrl}/connect/`,
      inquiryUrl: `${gatewayUrl}/inquiry`,
    },
  });
  // Nobody is there to type the confirmation of a run of ten thousand.
  await db.query('update shops set confirm_orders = 20000, confirm_yen = 99999999');
}

async function hire(db: Db, databaseUrl: string): Promise<void> {
  const auth = createAuth({ databaseUrl, secret: SECRET, publicUrl: 'http://127.0.0.1' });
  const user = await auth.createUser({ name: 'bench', email: EMAIL, password: PASSWORD });
  await saveMember(db, { shopId: 'bench', userId: user.id, role: 'clerk' });
  await auth.close();
}

async function signIn(url: string): Promise<string> {
  const answer = await fetch(`${url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: EMAIL, password: PASSWORD }),
  });
  if (!answer.ok) throw new Error(await answer.text());
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}

/** Sums over every process of the directory: the postmaster and its sessions. */
function postgresCpuMs(directory: string): number {
  const lines = execFileSync('ps', ['-eo', 'pid,ppid,args']).toString().split('\n');
  const rows = lines.map((line) => line.trim().split(/\s+/));
  const isMain = (row: string[]) => row.slice(2).join(' ').includes(`-D ${directory}`);
  const postmaster = rows.find(isMain)?.[0];
  const own = rows.filter(([pid, ppid]) => pid === postmaster || ppid === postmaster);
  return own.reduce((sum, [pid]) => sum + cpuMs(Number(pid)), 0);
}
