import { readFile } from 'node:fs/promises';
import type { Db } from '../store/db/db.ts';
import { backUp } from './backup.ts';
import { restore } from './restore.ts';
import { UsageError } from './usage.ts';

/** Writes a back-up, and says whether others can read it. */
export async function printBackup(
  db: Db,
  directory: string,
  { recipient }: { readonly recipient?: string },
): Promise<void> {
  const { at, tables } = await backUp(db, directory, await pemIn(recipient));
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  console.log(`${directory}: ${tables.length} tables, ${rows} rows, as of ${at}`);
  if (recipient !== undefined) return;
  console.log('It is NOT encrypted, and has every customer: see --recipient in docs/runbook.md.');
}

async function pemIn(file: string | undefined): Promise<string | null> {
  if (file === undefined) return null;
  return readFile(file, 'utf8').catch((error: Error) => {
    throw new UsageError(error.message);
  });
}

/** Restores a back-up, and says what comes next. */
export async function printRestore(
  db: Db,
  directory: string,
  { key }: { readonly key?: string },
): Promise<void> {
  const { at } = await restore(db, directory, await pemIn(key));
  console.log(`The database is as it was at ${at}.`);
  console.log('The server will start in safe mode, until all is compared: see docs/runbook.md.');
  console.log('Customers who were erased since then are erased again by erasures.jsonl, beside');
  console.log('RENKEI_SEALS: keep that file where the server reads it.');
}
