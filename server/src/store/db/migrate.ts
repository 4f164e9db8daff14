import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { PLACES } from '../../places.ts';
import { type Connection, type Db, isUnavailable, transactionOn } from './db.ts';

/**
 * The database and the files do not fit together, or a table stayed locked; the message is for the
 * administrator.
 */
export class MigrationError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'MigrationError';
  }
}

type Migration = {
  readonly id: number;
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
};

/** The minutes that a process waits for another that migrates the same database. */
const OTHERS_MIN = 15;
/**
 * The seconds that a migration waits for a table. Everybody who wants the table queues behind it,
 * so it soon gives way and tries again a little later.
 */
const TABLE_S = 2;
const TRIES_MAX = 20;
const PAUSE_MS = 1_000;

/**
 * Applies the numbered SQL files of a directory, each in its own transaction: after a kill the
 * schema is old or new, never between. Processes may start together: one migrates, the others wait.
 * Resolves to the names of the applied files. Throws MigrationError if an applied file has changed,
 * a number is missing, the database is newer than the files, or a table stayed locked for a minute.
 * `last` stops after that many files.
 */
export async function migrate(
  db: Db,
  directory: string = PLACES.migrations,
  last: number = Number.POSITIVE_INFINITY,
): Promise<string[]> {
  const migrations = (await readMigrations(directory)).slice(0, last);
  const client = await db.connect();
  try {
    await client.query('set statement_timeout = 0'); // a large table takes its time
    await waitForOthers(client);
    await client.query(`set lock_timeout = '${TABLE_S}s'`);
    await makeBook(client);
    const missing = await findMissing(client, migrations);
    for (const migration of missing) await apply(client, migration);
    return missing.map(({ name }) => name);
  } finally {
    // The connection holds the lock and the settings, so it is closed and not returned to the pool.
    client.release(true);
  }
}

async function readMigrations(directory: string): Promise<Migration[]> {
  const files = (await readdir(directory)).filter((file) => file.endsWith('.sql')).sort();
  return Promise.all(
    files.map(async (name, index) => {
      const id = index + 1;
      checkNumber(name, id, files[index - 1]);
      const sql = await readFile(join(directory, name), 'utf8');
      return { id, name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}

/** Checks that a file's number equals its place in the directory. */
function checkNumber(name: string, wanted: number, before: string | undefined): void {
  const number = Number(/^(\d{3})-[a-z0-9-]+\.sql$/.exec(name)?.[1]);
  if (number === wanted) return;
  const free = String(wanted).padStart(3, '0');
  if (Number.isNaN(number)) {
    throw new MigrationError(`${name}: a migration is named like ${free}-what-it-is-about.sql.`);
  }
  if (number === wanted - 1) {
    throw new MigrationError(`${before} and ${name} have one number. Give the new one ${free}.`);
  }
  const place = before === undefined ? 'the first is' : `after ${before} comes`;
  throw new MigrationError(`${free}-….sql is missing: ${place} ${name}. Restore the file.`);
}

async function waitForOthers(client: Connection): Promise<void> {
  await client.query(`set lock_timeout = '${OTHERS_MIN}min'`);
  try {
    await client.query(`select pg_advisory_lock(hashtextextended('renkei:migrate', 0))`);
  } catch (cause) {
    if (!isHeldUp(cause)) throw cause;
    throw new MigrationError(
      `Another process has been migrating this database for ${OTHERS_MIN} minutes. See what it ` +
        'does (pg_stat_activity, application_name renkei), end it if it is stuck, start again.',
      { cause },
    );
  }
}

/**
 * Creates the table of applied files only if it is missing: a role that owns nothing may not even
 * try.
 */
async function makeBook(client: Connection): Promise<void> {
  const { rows } = await client.query(`select to_regclass('schema_migrations') is null as missing`);
  if (!rows[0].missing) return;
  await client.query(`create table schema_migrations (
    id int primary key, name text not null, checksum text not null,
    applied_at timestamptz not null default now())`);
}

async function findMissing(client: Connection, migrations: Migration[]): Promise<Migration[]> {
  const { rows } = await client.query<{ id: number; name: string; checksum: string }>(
    'select id, name, checksum from schema_migrations order by id',
  );
  for (const applied of rows) {
    const file = migrations.find(({ id }) => id === applied.id);
    if (file === undefined) {
      throw new MigrationError(
        `The database is newer than this Renkei: it has ${applied.name}. Start the newer version.`,
      );
    }
    if (file.checksum !== applied.checksum) {
      throw new MigrationError(`${file.name} was changed after it was applied. Restore the file.`);
    }
  }
  return migrations.filter(({ id }) => !rows.some((applied) => applied.id === id));
}

async function apply(client: Connection, migration: Migration): Promise<void> {
  const { name } = migration;
  for (let tries = 1; ; tries += 1) {
    try {
      return await applyOnce(client, migration);
    } catch (cause) {
      if (!isHeldUp(cause)) throw failed(name, cause);
      if (tries === TRIES_MAX) {
        throw new MigrationError(
          `Migration ${name} could not lock a table in ${TRIES_MAX} tries; none of it was ` +
            'applied. End the session that locks the table (pg_stat_activity), and start again.',
          { cause },
        );
      }
      await sleep(PAUSE_MS);
    }
  }
}

async function applyOnce(
  client: Connection,
  { id, name, sql, checksum }: Migration,
): Promise<void> {
  await transactionOn(client, async () => {
    await client.query(sql);
    await client.query('insert into schema_migrations (id, name, checksum) values ($1, $2, $3)', [
      id,
      name,
      checksum,
    ]);
  });
}

/** After a lost connection nobody knows whether the commit came through. */
function failed(name: string, cause: unknown): Error {
  const known = cause instanceof pg.DatabaseError && !isUnavailable(cause);
  const state = known ? 'nothing of it was applied' : 'all of it was applied, or nothing';
  return new Error(`Migration ${name} failed; ${state}.`, { cause });
}

/** True if a table stayed locked for too long, or in a deadlock with us. */
function isHeldUp(error: unknown): boolean {
  return error instanceof pg.DatabaseError && ['55P03', '40P01'].includes(error.code ?? '');
}
