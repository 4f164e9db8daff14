import { execFileSync } from 'node:child_process';
import { readFile, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { perform, request, type World } from '@renkei/core/perform.ts';
import { TIMING } from '@renkei/core/turns/timing.ts';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/kit/databases.ts';
import { openDirectory } from '../../../test/kit/directories.ts';
import { incoming, MARK_PAID, openShop, place, SHOP, wanted } from '../../../test/kit/orders.ts';
import { connect } from '../../../test/kit/postgres.ts';
import { Anchor } from '../../src/audit/anchor.ts';
import { readMarks } from '../../src/audit/marks.ts';
import { loadSafeMode, releaseSafeMode } from '../../src/store/audit/safe-mode.ts';
import { createPgStore } from '../../src/store/orders/pg-store.ts';
import { createSealer, type Sealer } from '../../src/workers/audit/sealer.ts';

let database: TestDatabase;
let directory: string;
let file: string;
const sealers: Sealer[] = [];
beforeAll(async () => {
  database = await createTestDatabase();
  await openShop(database.db);
  directory = await openDirectory('marks');
});
let files = 0;
beforeEach(() => {
  files += 1;
  file = join(directory, `seals-${files}.jsonl`);
});
afterEach(async () => {
  for (const sealer of sealers.splice(0)) await sealer.close();
  await releaseSafeMode(database.db, 'the test');
});

const onError = (error: unknown) => {
  throw error;
};
async function sealerOf(file: string, others: readonly string[] = []): Promise<Sealer> {
  const sealer = await createSealer({ db: database.db, file, others, onError });
  sealers.push(sealer);
  return sealer;
}

/** Asks for a payment whose answer never comes, so that no journal entry tells of it. */
async function ask(sealer: Sealer): Promise<void> {
  const { db } = database;
  const ref = { shopId: SHOP, orderNumber: await place(db, incoming()) };
  const world: World = {
    store: createPgStore(db),
    marks: sealer,
    timing: TIMING,
    stopwatch: () => 0,
    gateway: {
      ask: () => Promise.resolve({ kind: 'unknown', cause: 'time-out' }),
      inquire: () => Promise.resolve({ kind: 'unsupported' }),
    },
  };
  await perform(world, ref, await request(world, ref, wanted(MARK_PAID)));
}

/** Puts the database back to its state before an ask was written. */
const forget = () =>
  database.db.query('with gone as (delete from steps returning 1) select from gone');

const forgotten = async () =>
  (await loadSafeMode(database.db))?.cause.map(({ kind, shopId }) => `${kind} ${shopId}`) ?? null;

test('F33: a database that does not know every ask enters safe mode before any work', async () => {
  const before = await sealerOf(file);
  await ask(before);
  expect((await readMarks(file)).asked).toMatchObject([{ shopId: SHOP, what: 'step', n: 1 }]);
  expect(await before.check()).toBe(true);
  await forget();
  const after = await sealerOf(file);
  expect(await after.check()).toBe(false);
  expect(await forgotten()).toEqual([`forgotten ${SHOP}`]);
});

test('F33: a database that does not know a mail, or a later try of it, enters safe mode', async () => {
  const { rows } = await database.db.query<{ id: string }>(
    `insert into mails (shop_id, order_number, kind, occasion, state, tries)
     values ($1, $2, 'payment_confirmation', '1', 'sent', 1) returning id::text as id`,
    [SHOP, await place(database.db, incoming())],
  );
  const sealer = await sealerOf(file);
  const mail = { shopId: SHOP, what: 'mail', id: rows[0]?.id ?? '' } as const;
  sealer.note({ ...mail, n: 1 });
  expect(await sealer.check()).toBe(true);
  sealer.note({ ...mail, n: 2 });
  expect(await sealer.check()).toBe(false);
  expect(await forgotten()).toEqual([`forgotten ${SHOP}`]);
});

test("F33: another server's asks count, too", async () => {
  const other = await sealerOf(join(directory, 'other.jsonl'));
  await ask(other);
  await forget();
  const sealer = await sealerOf(file, [join(directory, 'other.jsonl'), join(directory, 'none')]);
  expect(await sealer.check()).toBe(false);
  expect(await forgotten()).toEqual([`forgotten ${SHOP}`]);
});

test('F33: while a server runs, it checks each new connection before use', async () => {
  const sealer = await sealerOf(file);
  await ask(sealer);
  const db = connect(database.url, {
    max: 1,
    onConnect: (client) => sealer.checkConnection(client),
  });
  await db.query('select 1');
  expect(await loadSafeMode(db)).toBeNull();
  await forget();
  await db.query('select pg_terminate_backend(pg_backend_pid())').catch(() => {});
  expect((await loadSafeMode(db))?.cause).toHaveLength(1);
});

test('accepted asks count no more; later asks do', async () => {
  const sealer = await sealerOf(file);
  await ask(sealer);
  await forget();
  expect(await sealer.check()).toBe(false);
  await releaseSafeMode(database.db, 'the test');
  await ask(sealer);
  expect(await sealer.check()).toBe(true);
  expect((await readMarks(file)).asked).toHaveLength(1);
  await forget();
  expect(await (await sealerOf(file)).check()).toBe(false);
});

test('a later seal vouches for an ask; an earlier seal does not', async () => {
  const sealer = await sealerOf(file);
  const asked = async () => (await readMarks(file)).asked.length;
  await ask(sealer);
  await sealer.close(); // a round each: the first seal may be older than the ask
  expect(await asked()).toBe(1);
  await ask(sealer);
  await sealer.close();
  expect(await asked()).toBe(1);
  await sealer.close();
  expect(await asked()).toBe(1);
});

test('a file moved away under the server is written anew, with all that counts', async () => {
  const anchor = await Anchor.open(file);
  const mark = { shopId: SHOP, n: 1, hash: 'ab'.repeat(32), at: 1_001 };
  anchor.note({ shopId: SHOP, what: 'mail', id: '7', n: 1 });
  await anchor.append([mark]);
  await rename(file, `${file}.old`);
  anchor.note({ shopId: SHOP, what: 'mail', id: '8', n: 1 });
  await anchor.append([]);
  const { seals, asked } = await readMarks(file);
  expect([seals, asked.map(({ id }) => id)]).toEqual([[mark], ['7', '8']]);
  await anchor.append([], 1);
  expect((await readMarks(file)).asked.map(({ id }) => id)).toEqual(['8']);
  expect((await Anchor.open(file)).asked.map(({ id }) => id)).toEqual(['8']);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect((await readFile(file, 'utf8')).trimEnd().split('\n').at(-1)).toBe('{"settled":1}');
  anchor.close();
});

test('F35: an ask without room on the disk is not noted, and leaves no cut-off line behind', async () => {
  const fill = fileURLToPath(new URL('./fill-marks.ts', import.meta.url));
  // No file of this process may exceed four blocks: the first write is short, the next is refused.
  const limited = `trap '' XFSZ; ulimit -f 4; exec "$0" "$@"`;
  const noted = execFileSync('sh', ['-c', limited, process.execPath, fill, file]).toString();
  expect(Number(noted)).toBeGreaterThan(5);
  const { asked, isCutOff } = await readMarks(file);
  expect(asked.map(({ id }) => id)).toEqual(
    Array.from({ length: Number(noted) }, (_, index) => String(index + 1)),
  );
  expect(isCutOff).toBe(false);
  const anchor = await Anchor.open(file);
  anchor.note({ shopId: SHOP, what: 'mail', id: 'there is room again', n: 1 });
  anchor.close();
  expect((await readMarks(file)).asked).toHaveLength(Number(noted) + 1);
});
