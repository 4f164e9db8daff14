import { beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/kit/databases.ts';
import { connect } from '../../../test/kit/postgres.ts';
import { isUnavailable, transaction } from '../../src/store/db/db.ts';

/** Tells the database's trouble, which is tried again, from our own faults. */
let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});

test.each([
  ['08006', 'connection_failure', true],
  ['25006', 'read_only_sql_transaction', true],
  ['28P01', 'invalid_password', true],
  ['53100', 'disk_full', true],
  ['53200', 'out_of_memory', true],
  ['53300', 'too_many_connections', true],
  ['57014', 'query_canceled', true],
  ['57P01', 'admin_shutdown', true],
  ['57P02', 'crash_shutdown', true],
  ['57P03', 'cannot_connect_now', true],
  ['58030', 'io_error', true],
  ['23505', 'unique_violation', false],
  ['22P02', 'invalid_text_representation', false],
  ['25P02', 'in_failed_sql_transaction', false],
  ['42P01', 'undefined_table', false],
  ['42501', 'insufficient_privilege', false],
  ['XX001', 'data_corrupted', false],
])('the error %s %s counts as unavailable: %s', async (code, _name, unavailable) => {
  const error: unknown = await database.db
    .query(`do $$ begin raise exception 'as it comes' using errcode = '${code}'; end $$`)
    .catch((caught: unknown) => caught);
  expect(error).toMatchObject({ code });
  expect(isUnavailable(error)).toBe(unavailable);
});

test.each([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
])('the error %s counts as unavailable', (code) => {
  expect(isUnavailable(Object.assign(new Error('as the system says it'), { code }))).toBe(true);
});

test('a database that does not exist is unavailable', async () => {
  const db = connect(`${database.url}_none`, { max: 1 });
  const error: unknown = await db.query('select 1').catch((caught: unknown) => caught);
  expect(error).toMatchObject({ code: '3D000' });
  expect(isUnavailable(error)).toBe(true);
});

test('a connection that may not write is not kept for the next transaction', async () => {
  const db = connect(database.url, { max: 1 });
  const idOf = async () => (await db.query('select pg_backend_pid() as pid')).rows[0]?.pid;
  const before = await idOf();
  const refused = transaction(db, async (client) => {
    await client.query('set transaction read only');
    await client.query('create table never (n int)');
  });
  await expect(refused).rejects.toMatchObject({ code: '25006' });
  expect(await idOf()).not.toBe(before);
});
