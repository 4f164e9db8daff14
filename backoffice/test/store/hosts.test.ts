import { beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/kit/databases.ts';
import { connect } from '../../../test/kit/postgres.ts';
import { hostUrls } from '../../src/store/hosts.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});

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
  const db = connect(url, { max: 2 });
  await expect(db.query('select 1')).rejects.toThrow('ECONNREFUSED');
  expect((await db.query('select 2 as n')).rows).toEqual([{ n: 2 }]);
  expect((await db.query('select 3 as n')).rows).toEqual([{ n: 3 }]);
});

test('a connection that breaks while it is held for its lock does not end the process', async () => {
  const db = connect(database.url, { max: 2 });
  const held = await db.connect();
  const { rows } = await held.query<{ pid: number }>('select pg_backend_pid() as pid');
  await database.db.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
  await new Promise((resolve) => setTimeout(resolve, 100));
  await expect(held.query('select 1')).rejects.toThrow();
  held.release(true);
  expect((await db.query('select 1 as n')).rows).toEqual([{ n: 1 }]);
});
