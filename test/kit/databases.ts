import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import type { Db } from '../../server/src/store/db/db.ts';
import { connect } from './postgres.ts';
import { owned } from './scope.ts';

export type TestDatabase = { readonly db: Db; readonly url: string };

/** Returns a migrated database of the test's own: a copy of the template, made in some 30 ms. */
export function createTestDatabase(): Promise<TestDatabase> {
  return createDatabase('template');
}

/** Returns an empty database, without even a schema. */
export function createEmptyDatabase(): Promise<TestDatabase> {
  return createDatabase('template0');
}

async function createDatabase(from: string): Promise<TestDatabase> {
  const server = inject('postgresUrl');
  const name = `test_${randomBytes(6).toString('hex')}`;
  const admin = connect(server, { max: 1 });
  await copy(admin, from, name);
  owned(() => admin.query(`drop database ${name} with (force)`));
  const url = server.replace(/postgres$/, name);
  return { url, db: connect(url) };
}

/** PostgreSQL copies a template for one caller at a time. */
async function copy(admin: Db, template: string, name: string): Promise<void> {
  const client = await admin.connect();
  try {
    await client.query(`select pg_advisory_lock(hashtextextended('template', 0))`);
    await client.query(`create database ${name} template ${template}`);
  } finally {
    await client.query('select pg_advisory_unlock_all()');
    client.release();
  }
}
