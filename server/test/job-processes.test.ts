import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/kit/databases.ts';
import { incoming, openShop, SHOP, TANAKA } from '../../test/kit/orders.ts';
import { connect } from '../../test/kit/postgres.ts';
import { owned } from '../../test/kit/scope.ts';
import { formatOrdersCsv } from '../src/csv/orders/format-orders.ts';
import { errorFrom, errorToSend } from '../src/jobs/errors.ts';
import { JobProcesses, type JobProcessesOptions } from '../src/jobs/job-processes.ts';
import { isUnavailable, isUniqueViolation } from '../src/store/db/db.ts';
import { ReadOnlyHostError } from '../src/store/db/hosts.ts';

/**
 * Work beside the event loop: in its turn, cut off without a trace, and with its errors reported.
 */
vi.setConfig({ testTimeout: 180_000 }); // a process begins slowly on a busy machine
let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await openShop(database.db);
  await openShop(database.db, 'minato');
});

function open(changes: Partial<JobProcessesOptions> = {}): JobProcesses {
  return new JobProcesses({
    databaseUrl: database.url,
    count: 2,
    memoryMb: 512,
    deadlineMs: 60_000,
    waitingMax: 1,
    ...changes,
  });
}

function bytesOf(n: number): Uint8Array {
  const orders = Array.from({ length: n }, () => incoming());
  const formatted = formatOrdersCsv(orders, 'utf-8');
  if (formatted.kind !== 'formatted') throw new Error(JSON.stringify(formatted));
  return Uint8Array.from(formatted.bytes);
}

function fileOf(bytes: Uint8Array, mode: 'check' | 'all' = 'all', shopId = SHOP) {
  const now = Date.now();
  return { shopId, actor: TANAKA, bytes, encoding: 'auto', mode, now, locale: 'en' } as const;
}

/** A server that only imports a file. */
const SERVER = `
  const { JobProcesses } = await import('${new URL('../src/jobs/job-processes.ts', import.meta.url)}');
  const { DATABASE: databaseUrl, TASK } = process.env;
  const task = JSON.parse(TASK);
  const limits = { memoryMb: 512, count: 1, deadlineMs: 60_000, waitingMax: 1 };
  const processes = new JobProcesses({ databaseUrl, ...limits });
  await processes.run('import_orders', task.shopId, { ...task, bytes: Uint8Array.from(task.bytes) });
`;

const month = (shopId = SHOP) => ({ shopId, period: { from: '2026-10-01', to: '2026-10-31' } });

async function countOrders(): Promise<number> {
  const { rows } = await database.db.query<{ n: number }>('select count(*) as n from orders');
  return rows[0]?.n ?? 0;
}

/** Blocks every write to orders until it is released. */
async function holdOrders(): Promise<() => Promise<void>> {
  const client = await database.db.connect();
  await client.query('begin; lock table orders in share mode');
  return async () => {
    await client.query('rollback');
    client.release();
  };
}

/** Resolves when a connection waits for a lock: the work has come as far as its writing. */
async function untilWriting(count = 1): Promise<void> {
  const waits = `select from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`;
  const waiting = async () => (await database.db.query(waits)).rowCount;
  await expect.poll(waiting, { timeout: 90_000 }).toBe(count);
}

describe('work under way', () => {
  test('work is rolled back when its process is ended, and its caller is told', async () => {
    const processes = open();
    const before = await countOrders();
    const release = await holdOrders();
    const cutOff = processes.run('import_orders', SHOP, fileOf(bytesOf(20)));
    const told = expect(cutOff).rejects.toMatchObject({ name: 'JobCutOff', why: 'died' });
    await untilWriting();
    await processes.close();
    await told;
    await release();
    await expect.poll(() => untilIdle(), { timeout: 90_000 }).toBe(true);
    expect(await countOrders()).toBe(before);
  });

  test('work is cut off at its deadline', async () => {
    const processes = open({ deadlineMs: 3_000 });
    const before = await countOrders();
    const release = await holdOrders();
    const stuck = processes.run('import_orders', SHOP, fileOf(bytesOf(3)));
    await expect(stuck).rejects.toMatchObject({ name: 'JobCutOff', why: 'deadline' });
    await release();
    await expect.poll(() => untilIdle(), { timeout: 90_000 }).toBe(true);
    expect(await countOrders()).toBe(before);
    await processes.close();
  });

  test('work is refused when it needs too much memory, and the next job has a new process', async () => {
    const processes = open({ memoryMb: 96 });
    const before = await countOrders();
    const [head = '', row = ''] = new TextDecoder().decode(bytesOf(1)).split('\r\n');
    const rows = Array.from({ length: 60_000 }, () => row);
    const large = new TextEncoder().encode([head, ...rows].join('\r\n'));
    const heavy = processes.run('import_orders', SHOP, fileOf(large));
    await expect(heavy).rejects.toMatchObject({ name: 'JobCutOff', why: 'memory' });
    expect(await countOrders()).toBe(before);
    expect(await processes.run('list_days', SHOP, month())).toHaveLength(31);
    await processes.close();
  });

  test('a process ends when its server is killed, and its work is rolled back', async () => {
    const before = await countOrders();
    const release = await holdOrders();
    const bytes = bytesOf(3);
    const task = { ...fileOf(bytes), bytes: [...bytes] };
    const env = { ...process.env, DATABASE: database.url, TASK: JSON.stringify(task) };
    const server = spawn(process.execPath, ['--input-type=module', '-e', SERVER], { env });
    const kill = owned(async () => {
      if (server.kill('SIGKILL')) await once(server, 'exit');
    });
    await untilWriting();
    await kill();
    await release();
    await expect.poll(() => untilIdle(), { timeout: 90_000 }).toBe(true);
    expect(await countOrders()).toBe(before);
  });

  async function untilIdle(): Promise<boolean> {
    const { rowCount } = await database.db.query(
      `select from pg_stat_activity where datname = current_database()
          and pid <> pg_backend_pid() and state <> 'idle'`,
    );
    return rowCount === 0;
  }
});

describe('turns', () => {
  test('jobs of one shop follow one another; one of another shop does not wait for them', async () => {
    const processes = open();
    const ended: string[] = [];
    const release = await holdOrders();
    const first = processes.run('import_orders', SHOP, fileOf(bytesOf(1))).then(() => {
      ended.push('first');
    });
    await untilWriting();
    const second = processes.run('list_days', SHOP, month()).then(() => ended.push('second'));
    await processes.run('list_days', 'minato', month('minato')).then(() => ended.push('other'));
    const third = processes.run('list_days', SHOP, month());
    await expect(third).rejects.toMatchObject({ name: 'JobsBusy' });
    expect(ended).toEqual(['other']);
    await release();
    await Promise.all([first, second]);
    expect(ended).toEqual(['other', 'first', 'second']);
    await processes.close();
  });

  test('no more jobs run at once than there are processes', async () => {
    const processes = open({ count: 1 });
    const release = await holdOrders();
    const first = processes.run('import_orders', SHOP, fileOf(bytesOf(1)));
    await untilWriting();
    let begun = false;
    const other = processes.run('list_days', 'minato', month('minato')).then(() => {
      begun = true;
    });
    await database.db.query('select pg_sleep(0.2)');
    expect(begun).toBe(false);
    await release();
    await Promise.all([first, other]);
    await processes.close();
  });

  test('an idle process is ended after a while, and another is opened', async () => {
    const processes = open({
      idleMs: 50,
      databaseUrl: `${database.url}?application_name=a_process`,
    });
    await processes.run('list_days', SHOP, month());
    const connections = `select from pg_stat_activity where application_name = 'a_process'`;
    const count = async () => (await database.db.query(connections)).rowCount;
    await expect.poll(count, { timeout: 90_000 }).toBe(0);
    expect(await processes.run('list_days', SHOP, month())).toHaveLength(31);
    await processes.close();
  });
});

test('a file that is only checked is compared by reading, while nobody may write', async () => {
  const processes = open();
  const bytes = bytesOf(30);
  const release = await holdOrders(); // a single INSERT into orders would wait for it
  const checked = await processes.run('import_orders', SHOP, fileOf(bytes.slice(), 'check'));
  expect(checked).toMatchObject({ report: { imported: 0, orders: { new: 30 }, errors: [] } });
  await release();
  await processes.run('import_orders', SHOP, fileOf(bytes.slice()));
  const again = await processes.run('import_orders', SHOP, fileOf(bytes, 'check'));
  expect(again).toMatchObject({ report: { orders: { new: 0, unchanged: 30, invalid: 0 } } });
  await processes.close();
});

describe('errors in a process', () => {
  test('an error in a process is the same kind of error outside of it', async () => {
    const of = async (statement: string) => {
      const error: unknown = await database.db.query(statement).catch((caught: unknown) => caught);
      return errorFrom(structuredClone(errorToSend(error)));
    };
    await database.db.query('create table once (n int constraint only_once primary key)');
    await database.db.query('insert into once values (1)');
    expect(isUniqueViolation(await of('insert into once values (1)'), 'only_once')).toBe(true);
    expect(isUnavailable(await of(`set statement_timeout = 1; select pg_sleep(1)`))).toBe(true);
    expect(isUnavailable(await of('select no_such_column'))).toBe(false);
    expect(isUnavailable(errorFrom(errorToSend(new ReadOnlyHostError())))).toBe(true);
    const refused = connect('postgres://127.0.0.1:1/none');
    const unreachable = await refused.query('select 1').catch((caught: unknown) => caught);
    expect(isUnavailable(errorFrom(structuredClone(errorToSend(unreachable))))).toBe(true);
  });

  test('a process reports when the database cannot be reached', async () => {
    const processes = open({ databaseUrl: 'postgres://127.0.0.1:1/none' });
    const error: unknown = await processes
      .run('list_days', SHOP, month())
      .catch((caught) => caught);
    expect(isUnavailable(error)).toBe(true);
    await processes.close();
  });
});
