import { join } from 'node:path';
import { CommanderError } from 'commander';
import { createAdmin } from './admin/commands.ts';
import { UsageError } from './admin/usage.ts';
import { AnchorError } from './audit/marks.ts';
import { ConfigError, readConfig } from './config.ts';
import { EmbeddedPostgresError } from './embedded/binaries.ts';
import { startPostgres } from './embedded/postgres.ts';
import { createDb, type Db } from './store/db/db.ts';
import { MigrationError } from './store/db/migrate.ts';

/** `npm run admin`: shops, people, backups, the audit. It may run beside the server. */
async function main(words: readonly string[]): Promise<void> {
  await createAdmin(withDatabase).parseAsync(words, { from: 'user' });
}

/**
 * Runs work on the server's database: joins a running embedded PostgreSQL, and ends only one that
 * this process started.
 */
async function withDatabase(work: (db: Db, url: string) => Promise<void>): Promise<void> {
  const { databaseUrl, dataDirectory } = readConfig(process.env);
  const directory = join(dataDirectory, 'postgres');
  const postgres = databaseUrl === null ? await startPostgres({ directory }) : null;
  const url = databaseUrl ?? postgres?.url ?? '';
  const db = createDb(url, { max: 2 });
  try {
    await work(db, url);
  } finally {
    await db.end();
    if (postgres !== null && !postgres.adopted) await postgres.stop();
  }
}

await main(process.argv.slice(2)).catch((error: unknown) => {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode; // commander has printed the error
    return;
  }
  const expected = [
    UsageError,
    ConfigError,
    EmbeddedPostgresError,
    AnchorError,
    MigrationError,
  ].some((kind) => error instanceof kind);
  console.error(expected ? (error as Error).message : error);
  process.exitCode = 1;
});
