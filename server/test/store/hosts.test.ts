import { beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/kit/databases.ts';
import { connect } from '../../../test/kit/postgres.ts';
import { isUnavailable, transaction } from '../../src/store/db/db.ts';
import { hostUrls } from '../../src/store/db/hosts.ts';

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
])('the URL %s is split into one for each host', (url, urls) => {
  expect(hostUrls(url)).toEqual(urls);
});

test('a connect passes over a host that is down, wherever it stands', async () => {
  for (const hosts of ['@127.0.0.1:1,', '@127.0.0.1:1,127.0.0.1:2,']) {
    const db = connect(database.url.replace('@', hosts), { max: 2 });
    const both = await Promise.all([db.query('select 1 as n'), db.query('select 2 as n')]);
    expect(both.map(({ rows }) => rows)).toEqual([[{ n: 1 }], [{ n: 2 }]]);
    expect(await transaction(db, async (client) => client.query('select 3'))).toBeDefined();
  }
});

test('if no host takes writes, each is named with its reason, and the error counts as unavailable', async () => {
  const db = connect('postgres://nobody@127.0.0.1:1,127.0.0.1:2/renkei', { max: 2 });
  const error = await db.query('select 1').catch((reason: unknown) => reason);
  expect(String(error)).toMatch(
    /no host of DATABASE_URL takes writes \(127\.0\.0\.1:1: .*ECONNREFUSED.*; 127\.0\.0\.1:2: /,
  );
  expect(isUnavailable(error)).toBe(true);
});

test('a failure on a connection is not taken for a host that is down', async () => {
  let tried = 0;
  const db = connect(database.url.replace('@', '@127.0.0.1:1,'), {
    max: 2,
    async onConnect() {
      tried += 1;
      throw new Error('the seals do not fit');
    },
  });
  await expect(db.query('select 1')).rejects.toThrow('the seals do not fit');
  expect(tried).toBe(1);
});

test('a connection that breaks while it waits for its lock does not end the process', async () => {
  const db = connect(database.url, { max: 2 });
  const held = await db.connect();
  const { rows } = await held.query<{ pid: number }>('select pg_backend_pid() as pid');
  await database.db.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
  await new Promise((resolve) => setTimeout(resolve, 100));
  await expect(held.query('select 1')).rejects.toThrow();
  held.release(true);
  expect((await db.query('select 1 as n')).rows).toEqual([{ n: 1 }]);
});
