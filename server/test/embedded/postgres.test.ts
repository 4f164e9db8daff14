import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { openDirectory } from '../../../test/kit/directories.ts';
import { connect, openKeptPostgres, openPostgres } from '../../../test/kit/postgres.ts';
import { findBinaries } from '../../src/embedded/binaries.ts';

let directory: string;
beforeEach(async () => {
  directory = await openDirectory('embedded');
});

async function query<T extends object>(url: string, text: string): Promise<T[]> {
  const db = connect(url, { max: 1 });
  try {
    return (await db.query<T>(text)).rows;
  } finally {
    await db.end();
  }
}

test('PostgreSQL starts as the present user, durable, on loopback only, and keeps its data', async () => {
  const first = await openPostgres({ directory });
  await query(first.url, 'create table kept as select 42 as answer');
  const settings = await query(
    first.url,
    `select name, setting from pg_settings
      where name in ('fsync', 'synchronous_commit', 'listen_addresses') order by name`,
  );
  expect(settings).toEqual([
    { name: 'fsync', setting: 'on' },
    { name: 'listen_addresses', setting: '127.0.0.1' },
    { name: 'synchronous_commit', setting: 'on' },
  ]);
  await first.stop();
  await first.stop();

  const second = await openPostgres({ directory });
  expect(second.adopted).toBe(false);
  expect(await query(second.url, 'select answer from kept')).toEqual([{ answer: 42 }]);
  await second.stop();
});

test('a start takes over a server that a killed parent has left behind', async () => {
  const left = await openPostgres({ directory });
  const taker = await openPostgres({ directory });
  expect(taker).toMatchObject({ adopted: true, url: left.url });
  await taker.stop();
  await expect(query(left.url, 'select 1')).rejects.toThrow();
});

test('ASVS 13.2.1, 13.2.3, 13.3.2: no other user can read the data, and nobody gets in without the password', async () => {
  const server = await openPostgres({ directory });
  expect((await stat(directory)).mode & 0o777).toBe(0o700);
  expect((await stat(join(directory, 'password'))).mode & 0o777).toBe(0o600);
  const stranger = server.url.replace(/:[0-9a-f]{48}@/, ':wrong@');
  await expect(query(stranger, 'select 1')).rejects.toThrow(/password/);
  await server.stop();
});

test('a failed start says what is wrong, and what to do', async () => {
  await expect(findBinaries('plan9', 'x64')).rejects.toThrow(/plan9-x64.*npm ci.*DATABASE_URL/s);

  const file = join(directory, 'a-file');
  await writeFile(file, '');
  await expect(openPostgres({ directory: join(file, 'data') })).rejects.toThrow(/RENKEI_DATA/);

  const server = await openPostgres({ directory });
  await server.stop();
  await writeFile(join(directory, 'data', 'PG_VERSION'), '15\n');
  await expect(openPostgres({ directory })).rejects.toThrow(/of PostgreSQL 15; this is .* 18/);
});

test('a server that ends while starting gives its last words', async () => {
  const start = openPostgres({ directory, settings: { max_connections: 'many' } });
  await expect(start).rejects.toThrow(/max_connections/);
});

test('F35: a server that ends by itself is restarted on the same port with all its data', async () => {
  const errors: unknown[] = [];
  const kept = await openKeptPostgres({ directory }, (error) => errors.push(error), 50);
  await query(kept.url, 'create table kept as select 42 as answer');
  const again = await openPostgres({ directory }); // takes it over, and so knows its process
  process.kill(again.pid, 'SIGQUIT');
  await expect.poll(() => errors.length, { timeout: 10_000 }).toBeGreaterThan(0);
  const answer = () => query(kept.url, 'select answer from kept').catch(() => null);
  await expect.poll(answer, { timeout: 30_000 }).toEqual([{ answer: 42 }]);
  await kept.stop();
  await expect(query(kept.url, 'select 1')).rejects.toThrow();
});
