import { PLACES } from '../places.ts';
import { enterSafeModeNow } from '../store/audit/safe-mode.ts';
import { type Connection, type Db, transaction } from '../store/db/db.ts';
import { migrate } from '../store/db/migrate.ts';
import { listTables, quoted, type Table } from '../store/db/tables.ts';
import { checkBackup, linesOf, type Manifest, NEVER_BACKED_UP } from './backup.ts';
import { type KeyOf, openLock } from './backup-lock.ts';
import { UsageError } from './usage.ts';

const BATCH_CHARACTERS = 4_000_000;

/**
 * Restores a backup into an empty database: all of it in one transaction, or nothing. The database
 * begins in safe mode, because much may have been asked since, and the file of marks may be lost,
 * too. Nothing decrypted is written to a disk. Throws a UsageError if the key is wrong, a file of the backup is damaged, the database is not empty, or the
 * backup comes from a Renkei with other migrations.
 */
export async function restore(
  db: Db,
  directory: string,
  privatePem: string | null = null,
): Promise<Manifest> {
  const manifest = await checkBackup(directory);
  const keyOf = openedBy(manifest, privatePem);
  await refuseIfUsed(db);
  await migrate(db, PLACES.migrations, manifest.migrations.length);
  await refuseIfOther(db, manifest);
  await transaction(db, async (client) => {
    await client.query('set local statement_timeout = 0');
    const tables = await listTables(client);
    // The backup itself holds everything that triggers would add.
    for (const { name } of tables) await switchTriggers(client, name, 'disable');
    for (const table of tables) {
      if (NEVER_BACKED_UP.includes(table.name)) continue; // older backups have them
      const lines = linesOf(directory, table.name, keyOf);
      await fill(client, table, lines, manifest);
    }
    for (const { name } of tables) await switchTriggers(client, name, 'enable');
    await enterSafeModeNow(client, []);
  });
  return manifest;
}

/** Returns the keys of an encrypted backup; null if it is not encrypted. Throws a UsageError. */
function openedBy({ lock }: Manifest, privatePem: string | null): KeyOf | null {
  if (lock === undefined) return null;
  if (privatePem !== null) return openLock(lock, privatePem);
  throw new UsageError('The backup is encrypted: give --key with the recipient’s private key');
}

async function refuseIfUsed(db: Db): Promise<void> {
  const { rows } = await db.query<{ there: boolean }>(
    `select to_regclass('public.shops') is not null as there`,
  );
  if (!rows[0]?.there) return;
  const { rowCount } = await db.query('select 1 from shops limit 1');
  if (rowCount === 0) return;
  throw new UsageError(
    'The database already has shops; a restore overwrites nothing.\n' +
      '  Restore into a new one: another RENKEI_DATA, or DATABASE_URL of an empty database.',
  );
}

async function refuseIfOther(db: Db, { migrations }: Manifest): Promise<void> {
  const { rows } = await db.query<Manifest['migrations'][number]>(
    'select id, name, checksum from schema_migrations order by id',
  );
  const other = migrations.find(({ checksum }, index) => rows[index]?.checksum !== checksum);
  if (other === undefined && rows.length === migrations.length) return;
  throw new UsageError(
    `The backup does not fit this Renkei (${other?.name ?? 'the database is newer'}).\n` +
      '  Restore with the version that made it, or a newer one, into an empty database.',
  );
}

async function switchTriggers(client: Connection, table: string, how: 'enable' | 'disable') {
  await client.query(`alter table ${quoted(table)} ${how} trigger user`);
}

async function fill(
  client: Connection,
  table: Table,
  lines: AsyncIterable<string>,
  { tables }: Manifest,
): Promise<void> {
  const wanted = tables.find(({ name }) => name === table.name)?.rows ?? 0;
  const columns = table.columns.map(quoted).join(', ');
  const insert = `insert into ${quoted(table.name)} (${columns}) overriding system value
    select ${columns} from jsonb_populate_recordset(null::${quoted(table.name)}, $1::jsonb)`;
  let rows = 0;
  let batch: string[] = [];
  let length = 0;
  const flush = async () => {
    if (batch.length > 0)
      rows += (await client.query(insert, [`[${batch.join(',')}]`])).rowCount ?? 0;
    batch = [];
    length = 0;
  };
  for await (const line of lines) {
    batch.push(line);
    length += line.length;
    if (length > BATCH_CHARACTERS) await flush();
  }
  await flush();
  if (rows !== wanted) throw new Error(`${table.name}: ${rows} rows of ${wanted}`);
  for (const column of table.numbered) await goOnNumbering(client, table.name, column);
}

/** Continues a column's numbers after the last restored one. */
async function goOnNumbering(client: Connection, table: string, column: string): Promise<void> {
  await client.query(
    `select setval(pg_get_serial_sequence($1, $2),
       greatest((select max(${quoted(column)}) from ${quoted(table)}), 1))`,
    [quoted(table), column],
  );
}
