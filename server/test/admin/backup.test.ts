import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFile, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  createEmptyDatabase,
  createTestDatabase,
  type TestDatabase,
} from '../../../test/kit/databases.ts';
import { openDirectory } from '../../../test/kit/directories.ts';
import { incoming, openShop, place } from '../../../test/kit/orders.ts';
import { connect } from '../../../test/kit/postgres.ts';
import { backUp, NEVER_BACKED_UP } from '../../src/admin/backup.ts';
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
const empty = (name: string) => [name, []] as const;

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
    for (const name of NEVER_BACKED_UP) expect(restored[name], name).toEqual([]);
    expect(restored).toEqual({ ...saved, ...Object.fromEntries(NEVER_BACKED_UP.map(empty)) });
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

describe('an encrypted backup', () => {
  const run = promisify(execFile);

  /** Makes a pair of keys with the commands of the runbook. */
  async function keys(name: string) {
    const [key, pub] = [join(directory, `${name}.key`), join(directory, `${name}.pub`)];
    await run('openssl', ['genpkey', '-algorithm', 'X25519', '-out', key]);
    await run('openssl', ['pkey', '-in', key, '-pubout', '-out', pub]);
    return { key: await readFile(key, 'utf8'), pub: await readFile(pub, 'utf8') };
  }

  async function filesIn(where: string) {
    const names = await readdir(where);
    return Promise.all(
      names.map(async (name) => ({ name, bytes: await readFile(join(where, name)) })),
    );
  }

  test('F43: its holder restores it in a drill: all rows, no session, everything is as written', async () => {
    const { key, pub } = await keys('drill');
    const { db } = await createTestDatabase();
    await openShop(db);
    const orderNumber = await place(db, incoming());
    // More than a chunk, with characters that fall across its end.
    await db.query(
      `insert into mails (shop_id, order_number, kind, occasion, state, body)
       select 'hanamichi', $1, 'thanks', n::text, 'sent', repeat('髙﨑', 500)
         from generate_series(1, 100) as n`,
      [orderNumber],
    );
    await signedIn(db);
    await sealNow(db);
    const where = join(directory, 'encrypted');
    expect(await backUp(db, where, pub)).toMatchObject({ format: 2 });

    for (const { name, bytes } of await filesIn(where)) {
      expect(bytes.includes('花子'), name).toBe(false);
      expect(bytes.includes('hanako@example.jp'), name).toBe(false);
    }
    await run('sha256sum', ['-c', 'SHA256SUMS'], { cwd: where });

    const restored = (await createEmptyDatabase()).db;
    await restore(restored, where, key);
    const { safe_modes: _began, ...there } = await contents(restored);
    const { safe_modes: _none, ...saved } = await contents(db);
    expect(saved.session).toHaveLength(1);
    expect(there).toEqual({ ...saved, ...Object.fromEntries(NEVER_BACKED_UP.map(empty)) });
    const marks = await listLastSeals(db);
    const verdict = await withAuditBook(restored, (book) => verify(book, marks));
    expect(verdict).toMatchObject({ orders: 1, seals: 1, wrong: null });
  });

  test('another key, no key, and a changed file restore nothing', async () => {
    const [mine, other] = [await keys('mine'), await keys('other')];
    const where = join(directory, 'locked');
    await backUp(source.db, where, mine.pub);
    const { db } = await createEmptyDatabase();
    await expect(restore(db, where)).rejects.toThrow('is encrypted');
    await expect(restore(db, where, other.key)).rejects.toThrow('encrypted to another key');
    await expect(restore(db, where, 'no key')).rejects.toThrow('has no X25519 key');
    await expect(backUp(source.db, join(directory, 'never'), 'no key')).rejects.toThrow(
      'has no X25519 key',
    );

    // Somebody changes a file, and its sum.
    const file = join(where, 'orders.jsonl.enc');
    const bytes = await readFile(file);
    const before = createHash('sha256').update(bytes).digest('hex');
    bytes.writeUInt8(bytes.readUInt8(100) ^ 1, 100);
    await writeFile(file, bytes);
    const after = createHash('sha256').update(bytes).digest('hex');
    const sums = await readFile(join(where, 'SHA256SUMS'), 'utf8');
    await writeFile(join(where, 'SHA256SUMS'), sums.replace(before, after));
    await expect(restore(db, where, mine.key)).rejects.toThrow('not as it was encrypted');
    expect((await db.query('select 1 from shops')).rowCount).toBe(0);
  });

  test('a backup of an older Renkei has sessions, and they are not restored', async () => {
    const { db } = await createTestDatabase();
    await openShop(db);
    await signedIn(db);
    const where = join(directory, 'older');
    await backUp(db, where);
    const { rows } = await db.query<{ line: string }>(
      'select to_jsonb(s)::text as line from session s',
    );
    const text = `${rows[0]?.line}\n`;
    await writeFile(join(where, 'session.jsonl'), text);
    const sum = createHash('sha256').update(text).digest('hex');
    await appendFile(join(where, 'SHA256SUMS'), `${sum}  session.jsonl\n`);
    const restored = (await createEmptyDatabase()).db;
    await restore(restored, where);
    expect((await restored.query('select 1 from session')).rowCount).toBe(0);
    expect((await restored.query('select 1 from "user"')).rowCount).toBe(1);
  });
});

async function signedIn(db: Db): Promise<void> {
  await db.query(
    `insert into "user" ("id", "name", "email", "emailVerified") values ('u', 'u', 'u@x', true)`,
  );
  await db.query(
    `insert into "session" ("id", "expiresAt", "token", "updatedAt", "userId")
     values ('s', now() + interval '1 hour', 'secret', now(), 'u')`,
  );
}
