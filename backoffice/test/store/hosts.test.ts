import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/postgres.ts';
import { createDb } from '../../src/store/db.ts';
import { hostUrls } from '../../src/store/hosts.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

test.each([
  ['postgres://u:p@one:1/db?x=1', ['postgres://u:p@one:1/db?x=1']],
  [
    'postgres://u:p@one:1,two:2/db?x=1',
    ['postgres://u:p@one:1/db?x=1', 'postgres://u:p@two:2/db?x=1'],
  ],
  ['postgresql://one,two/db', ['postgresql://one/db', 'postgresql://two/db']],
])('%s', (url, urls) => {
  expect(hostUrls(url)).toEqual(urls);
});

test('a host that is down is passed over, and the next one is remembered', async () => {
  const url = database.url.replace('@', '@127.0.0.1:1,');
  const db = createDb(url, { max: 2 });
  await expect(db.query('select 1')).rejects.toThrow('ECONNREFUSED');
  expect((await db.query('select 2 as n')).rows).toEqual([{ n: 2 }]);
  expect((await db.query('select 3 as n')).rows).toEqual([{ n: 3 }]);
  await db.end();
});

test('a connection that breaks while it is held for its lock does not end the process', async () => {
  const db = createDb(database.url, { max: 2 });
  const held = await db.connect();
  const { rows } = await held.query<{ pid: number }>('select pg_backend_pid() as pid');
  await database.db.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
  await new Promise((resolve) => setTimeout(resolve, 100));
  await expect(held.query('select 1')).rejects.toThrow();
  held.release(true);
  expect((await db.query('select 1 as n')).rows).toEqual([{ n: 1 }]);
  await db.end();
});
