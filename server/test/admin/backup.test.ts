import { appendFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  createEmptyDatabase,
  createTestDatabase,
  type TestDatabase,
} from '../../../test/kit/databases.ts';
import { openDirectory } from '../../../test/kit/directories.ts';
import { incoming, openShop, place } from '../../../test/kit/orders.ts';
import { connect } from '../../../test/kit/postgres.ts';
import { backUp } from '../../src/admin/backup.ts';
import { restore } from '../../src/admin/restore.ts';
import { verify } from '../../src/audit/verify.ts';
import { withAuditBook } from '../../src/store/audit/audit-book.ts';
import { loadSafeMode } from '../../src/store/audit/safe-mode.ts';
import { listLastSeals, sealNow } from '../../src/store/audit/seals.ts';
import type { Db } from '../../src/store/db/db.ts';
import { listTables } from '../../src/store/db/tables.ts';

let source: TestDatabase;
let directory: string;
let backup: string;
beforeAll(async () => {
  directory = await openDirectory('backup');
  backup = join(directory, 'monday');
  source = await createTestDatabase();
  await openShop(source.db);
  for (let n = 0; n < 5; n += 1) await place(source.db, incoming());
  await sealNow(source.db);
  await place(source.db, incoming()); // not sealed yet
  await backUp(source.db, backup);
});
async function contents(db: Db): Promise<Record<string, string[]>> {
  const all: Record<string, string[]> = {};
  for (const { name } of await listTables(db)) {
    const { rows } = await db.query<{ line: string }>(
      `select to_jsonb(t)::text as line from "${name}" as t order by 1`,
    );
    all[name] = rows.map(({ line }) => line);
  }
  return all;
}

describe('backup and restore', () => {
  test('a restored database has every row of the backup, and verifies', async () => {
    const db = (await createEmptyDatabase()).db;
    await restore(db, backup);
    const { safe_modes: began, ...restored } = await contents(db);
    const { safe_modes: _none, ...saved } = await contents(source.db);
    expect(restored).toEqual(saved);
    expect(began).toHaveLength(1);
    expect(await loadSafeMode(db)).toMatchObject({ cause: [], comparedAt: null });
    const marks = await listLastSeals(source.db);
    const verdict = await withAuditBook(db, (book) => verify(book, marks));
    expect(verdict).toMatchObject({ orders: 6, seals: 1, wrong: null });
  });

  test('work goes on after a restore: entries chain, tallies count, seals follow', async () => {
    const db = (await createEmptyDatabase()).db;
    await restore(db, backup);
    await place(db, incoming());
    expect(await sealNow(db)).toBe(2);
    const verdict = await withAuditBook(db, (book) => verify(book, []));
    expect(verdict).toMatchObject({ orders: 7, seals: 2, wrong: null });
    const { rows } = await db.query('select sum(orders)::int as orders from order_tallies');
    expect(rows).toEqual([{ orders: 7 }]);
  });

  test('a restore overwrites neither a backup nor a database with shops in it', async () => {
    await expect(backUp(source.db, backup)).rejects.toThrow('exists already');
    await expect(restore(source.db, backup)).rejects.toThrow('already has shops');
  });

  test('a damaged backup restores nothing, and the command names the file', async () => {
    const damaged = join(directory, 'tuesday');
    await backUp(source.db, damaged);
    await appendFile(join(damaged, 'orders.jsonl'), '{}\n');
    const db = (await createEmptyDatabase()).db;
    await expect(restore(db, damaged)).rejects.toThrow(/orders\.jsonl is not as it was written/);
    const { rows } = await db.query(`select to_regclass('public.shops') as shops`);
    expect(rows).toEqual([{ shops: null }]);
  });

  test('an unfinished backup leaves nothing behind', async () => {
    const name = join(directory, 'wednesday');
    const broken = connect('postgres://nobody@127.0.0.1:1/postgres', { max: 1 });
    await expect(backUp(broken, name)).rejects.toThrow();
    expect((await readdir(directory)).filter((file) => file.startsWith('wed'))).toEqual([]);
    await writeFile(join(directory, 'note.txt'), '');
    await expect(restore((await createEmptyDatabase()).db, directory)).rejects.toThrow(
      'is not a backup',
    );
  });
});
