import { mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { createEmptyDatabase } from '../../../test/kit/databases.ts';
import { openDirectory } from '../../../test/kit/directories.ts';
import { connect, connectWith } from '../../../test/kit/postgres.ts';
import { PLACES } from '../../src/places.ts';
import type { Db } from '../../src/store/db/db.ts';
import { migrate } from '../../src/store/db/migrate.ts';

/** F39: for any files and any database, the schema is old or new, never between. */
const PENS = 'create table pens (name text primary key)';
const INKS = 'alter table pens add column ink text; create table inks (name text)';
const NIBS = 'create table nibs (name text)';
const FILES = { '001-pens.sql': PENS, '002-inks.sql': INKS, '003-nibs.sql': NIBS };

let db: Db;
let url: string;
let directory: string;

beforeEach(async () => {
  ({ db, url } = await createEmptyDatabase());
  directory = await openDirectory('migrate');
});

/** Opens a directory with these files. */
async function directoryOf(files: Readonly<Record<string, string>>): Promise<string> {
  const path = await mkdtemp(join(directory, 'files-'));
  for (const [name, sql] of Object.entries(files)) await writeFile(join(path, name), sql);
  return path;
}

async function appliedNames(): Promise<string[]> {
  const { rows } = await db.query<{ name: string }>(
    'select name from schema_migrations order by id',
  );
  return rows.map(({ name }) => name);
}

async function hasTable(name: string): Promise<boolean> {
  const { rows } = await db.query('select to_regclass($1) is not null as there', [name]);
  return rows[0]?.there;
}

test('F39: files are applied in their order, once', async () => {
  const files = await directoryOf(FILES);
  expect(await migrate(db, files, 1)).toEqual(['001-pens.sql']);
  expect(await migrate(db, files)).toEqual(['002-inks.sql', '003-nibs.sql']);
  expect(await migrate(db, files)).toEqual([]);
  expect(await appliedNames()).toEqual(Object.keys(FILES));
});

const UNFIT: readonly (readonly [string, Record<string, string>, RegExp])[] = [
  [
    'an applied file that was changed',
    { '001-pens.sql': `${PENS} -- and more`, '002-inks.sql': INKS, '003-nibs.sql': NIBS },
    /001-pens\.sql was changed after it was applied\. Restore the file/,
  ],
  [
    'a file that is missing',
    { '001-pens.sql': PENS, '003-nibs.sql': NIBS },
    /002-….sql is missing: after 001-pens\.sql comes 003-nibs\.sql\. Restore the file/,
  ],
  [
    'two files of one number',
    { '001-pens.sql': PENS, '002-inks.sql': INKS, '002-nibs.sql': NIBS },
    /002-inks\.sql and 002-nibs\.sql have one number\. Give the new one 003/,
  ],
  [
    'a file that has no number',
    { '001-pens.sql': PENS, 'inks.sql': INKS },
    /inks\.sql: a migration is named like 002-what-it-is-about\.sql/,
  ],
  [
    'a database that is newer than the files',
    { '001-pens.sql': PENS },
    /newer than this Renkei: it has 002-inks\.sql\. Start the newer version/,
  ],
];
test.each(UNFIT)('F39: %s is refused, and nothing is changed', async (_, files, words) => {
  await migrate(db, await directoryOf(FILES), 2);
  const refusal = migrate(db, await directoryOf(files));
  await expect(refusal).rejects.toThrow(words);
  await expect(refusal).rejects.toHaveProperty('name', 'MigrationError');
  expect(await appliedNames()).toEqual(['001-pens.sql', '002-inks.sql']);
  expect(await hasTable('nibs')).toBe(false);
});

test('F39: a file that fails halfway leaves nothing; the ones before it stay', async () => {
  const broken = { ...FILES, '002-inks.sql': `${INKS}; select 1 / 0` };
  await expect(migrate(db, await directoryOf(broken))).rejects.toThrow(/002-inks\.sql failed/);
  expect(await appliedNames()).toEqual(['001-pens.sql']);
  expect(await hasTable('inks')).toBe(false);
  expect(await migrate(db, await directoryOf(FILES))).toEqual(['002-inks.sql', '003-nibs.sql']);
});

test('F39: of processes that start at once one migrates, and all wait for it', async () => {
  const files = await directoryOf({ ...FILES, '003-nibs.sql': `select pg_sleep(1); ${NIBS}` });
  // Its statements have a limit of their own, which must not apply to the wait.
  const hasty = connectWith(url, { max: 4, statement_timeout: 200 });
  const applied = await Promise.all(Array.from({ length: 4 }, () => migrate(hasty, files)));
  expect(applied.map((names) => names.length).sort()).toEqual([0, 0, 0, 3]);
});

test('F39: a long lock on a table holds up the migration, and nobody else for long', async () => {
  const files = await directoryOf(FILES);
  await migrate(db, files, 1);
  const holder = await db.connect();
  await holder.query('begin');
  await holder.query('select * from pens');
  const migrating = migrate(db, files);
  migrating.catch(() => {}); // awaited below
  const waiting = `select 1 from pg_locks where relation = 'pens'::regclass and not granted`;
  await expect.poll(async () => (await db.query(waiting)).rowCount).toBe(1);
  // It queues after the migration, and gets through while the holder still holds.
  await db.query('select * from pens');
  await holder.query('commit');
  holder.release();
  expect(await migrating).toEqual(['002-inks.sql', '003-nibs.sql']);
});

test('a role that owns nothing can start when there is nothing to apply', async () => {
  await migrate(db);
  const role = `app_${process.pid}`;
  await db.query(`create role ${role} login password 'of-a-test'`);
  await db.query(`grant usage on schema public to ${role}`);
  await db.query(`grant select, insert, update on schema_migrations to ${role}`);
  const { port, pathname } = new URL(url);
  const own = connect(`postgres://${role}:of-a-test@127.0.0.1:${port}${pathname}`, { max: 1 });
  try {
    expect(await migrate(own, PLACES.migrations)).toEqual([]);
  } finally {
    await own.end();
    await db.query(`drop owned by ${role}`);
    await db.query(`drop role ${role}`);
  }
});
