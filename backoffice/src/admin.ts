import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { backUp } from './admin/backup.ts';
import { printSafeMode, release } from './admin/release.ts';
import { restore } from './admin/restore.ts';
import { letIn, openShop, printShops } from './admin/shops.ts';
import { UsageError } from './admin/usage.ts';
import { formatVerdict, verifyDatabase } from './admin/verify.ts';
import { AnchorError } from './audit/marks.ts';
import { ConfigError, readConfig } from './config.ts';
import { ROLES } from './contract/shop.ts';
import { EmbeddedPostgresError } from './embedded/binaries.ts';
import { startPostgres } from './embedded/postgres.ts';
import { createDb, type Db } from './store/db.ts';
import { MigrationError, migrate } from './store/migrate.ts';

/** `npm run admin`: shops, people, backups, the audit. It may run while the server does. */
const USAGE = `npm run admin -- shop <id> --name <name> --fregi-shop <5 digits> [--environment test]
    Opens a shop, or changes its name and contract. test (the default) and production are
    F-REGI's own addresses. 自動連携 stays off until the owner turns it on.

npm run admin -- user <e-mail> --name <name> --shop <id> --role ${ROLES.join('|')} [--existing]
    Lets a person into a shop. Somebody new gets a password, printed here once. An account that
    there is already is refused, with since when and from which shop it is, unless --existing.

npm run admin -- shops
    Lists the shops.

npm run admin -- backup <new directory>
    Writes the whole database as it stands at one instant. The server may go on.

npm run admin -- restore <directory>
    Puts a backup into an empty database, all of it or nothing.

npm run admin -- safe-mode
    Tells whether safe mode holds, since when, why, and how far the comparison has come.

npm run admin -- release --name <your name> [--uncompared]
    Ends safe mode, once all was compared; --uncompared does not wait for that.

npm run admin -- verify
    Checks that no entry of the journals, of the shops' own logs (settings, people, sign-ins) and
    no seal was changed, that every journal replays to its order, and that the database has what was sealed outside of it. Names what is wrong first.`;

async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      name: { type: 'string' },
      'fregi-shop': { type: 'string' },
      environment: { type: 'string', default: 'test' },
      shop: { type: 'string' },
      role: { type: 'string' },
      uncompared: { type: 'boolean', default: false },
      existing: { type: 'boolean', default: false },
    },
  });
  const [verb, subject = ''] = positionals;
  const { uncompared, existing, ...given } = values;
  switch (verb) {
    case 'shop':
      return withMigrated((db) => openShop(db, subject, given));
    case 'user':
      return withMigrated((db, url) => letIn(db, url, subject, given, existing));
    case 'shops':
      return withMigrated(printShops);
    case 'backup':
      return withMigrated((db) => printBackup(db, wantedDirectory(subject)));
    case 'restore':
      return withDatabase((db) => printRestore(db, wantedDirectory(subject)));
    case 'safe-mode':
      return withMigrated(printSafeMode);
    case 'release':
      return withMigrated((db) => release(db, given.name ?? '', uncompared));
    case 'verify':
      return withMigrated(printVerdict);
    default:
      throw new UsageError(USAGE);
  }
}

function wantedDirectory(subject: string): string {
  if (subject === '') throw new UsageError('a directory is wanted');
  return subject;
}

async function printBackup(db: Db, directory: string): Promise<void> {
  const { at, tables } = await backUp(db, directory);
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  console.log(`${directory}: ${tables.length} tables, ${rows} rows, as of ${at}`);
}

async function printRestore(db: Db, directory: string): Promise<void> {
  const { at } = await restore(db, directory);
  console.log(`The database is as it was at ${at}.`);
  console.log('The server will start in safe mode, until all is compared: see docs/runbook.md.');
}

async function printVerdict(db: Db): Promise<void> {
  const verdict = await verifyDatabase(db, readConfig(process.env).sealFile);
  console.log(formatVerdict(verdict));
  if (verdict.wrong !== null) process.exitCode = 1;
}

function withMigrated(work: (db: Db, url: string) => Promise<void>): Promise<void> {
  return withDatabase(async (db, url) => {
    await migrate(db);
    await work(db, url);
  });
}

/** The database that the server uses: a running one is joined, and only our own is ended. */
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

await main().catch((error: unknown) => {
  const expected = [
    UsageError,
    ConfigError,
    EmbeddedPostgresError,
    AnchorError,
    MigrationError,
  ].some((kind) => error instanceof kind);
  const isOption = error instanceof TypeError && 'code' in error;
  console.error(expected || isOption ? (error as Error).message : error);
  process.exitCode = 1;
});
