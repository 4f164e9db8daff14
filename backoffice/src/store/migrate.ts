import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Connection, Db } from './db.ts';

/** The database and the files do not fit together; nothing was changed. */
class MigrationError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'MigrationError';
  }
}

type Migration = {
  readonly id: number;
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
};

export const MIGRATIONS = fileURLToPath(new URL('./migrations', import.meta.url));

/**
 * Brings the schema up to the numbered SQL files of a directory, each in a transaction of its own:
 * a kill leaves the schema old or new, never between. Two processes may start at once. Resolves to
 * the names of what was applied. Throws MigrationError where an applied file has been changed, a
 * number is missing, or the database is newer than the files. `last` stops after that many files.
 */
export async function migrate(
  db: Db,
  directory: string = MIGRATIONS,
  last: number = Number.POSITIVE_INFINITY,
): Promise<string[]> {
  const migrations = (await readMigrations(directory)).slice(0, last);
  const client = await db.connect();
  try {
    await client.query(`select pg_advisory_lock(hashtextextended('renkei:migrate', 0))`);
    await client.query(`set lock_timeout = '5s'`);
    await client.query(`set statement_timeout = 0`);
    await client.query(`create table if not exists schema_migrations (
      id int primary key, name text not null, checksum text not null,
      applied_at timestamptz not null default now())`);
    const missing = await findMissing(client, migrations);
    for (const migration of missing) await apply(client, migration);
    return missing.map(({ name }) => name);
  } finally {
    // The connection carries the lock and the settings: it ends here rather than go on in a pool.
    client.release(true);
  }
}

async function readMigrations(directory: string): Promise<Migration[]> {
  const files = (await readdir(directory)).filter((file) => file.endsWith('.sql')).sort();
  return Promise.all(
    files.map(async (name, index) => {
      const id = Number(/^(\d{3})-[a-z0-9-]+\.sql$/.exec(name)?.[1]);
      if (id !== index + 1) {
        const wanted = String(index + 1).padStart(3, '0');
        throw new MigrationError(`${name}: the migration after the last one is ${wanted}-….sql`);
      }
      const sql = await readFile(join(directory, name), 'utf8');
      return { id, name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
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

async function apply(client: Connection, { id, name, sql, checksum }: Migration): Promise<void> {
  try {
    await client.query('begin');
    await client.query(sql);
    await client.query('insert into schema_migrations (id, name, checksum) values ($1, $2, $3)', [
      ...[id, name, checksum],
    ]);
    await client.query('commit');
  } catch (cause) {
    await client.query('rollback');
    throw new Error(`Migration ${name} failed; nothing of it was applied.`, { cause });
  }
}
