import { join } from 'node:path';
import { perform, request, type World } from '@renkei/core/perform.ts';
import { NO_MARKS } from '@renkei/core/ports/marks.ts';
import { TIMING } from '@renkei/core/turns/timing.ts';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/kit/databases.ts';
import { openDirectory } from '../../../test/kit/directories.ts';
import {
  incoming,
  MARK_PAID,
  openShop,
  place,
  SHOP,
  TANAKA,
  wanted,
} from '../../../test/kit/orders.ts';
import { saveMember } from '../../src/access/members.ts';
import { Anchor } from '../../src/audit/anchor.ts';
import { describeFinding } from '../../src/audit/findings.ts';
import { verify } from '../../src/audit/verify.ts';
import { withAuditBook } from '../../src/store/audit/audit-book.ts';
import { listLastSeals, sealNow } from '../../src/store/audit/seals.ts';
import { createPgStore } from '../../src/store/orders/pg-store.ts';
import { changeSettings } from '../../src/store/shops/shops.ts';
import { type Copy, copyBook, verifyCopy } from './in-memory.ts';
import { jsonbText } from './jsonb-text.ts';
import { TAMPERINGS } from './tamper.ts';

let database: TestDatabase;
let directory: string;
beforeAll(async () => {
  database = await createTestDatabase();
  directory = await openDirectory('audit');
  await openShop(database.db);
});

const WORLD = (): World => ({
  store: createPgStore(database.db),
  gateway: {
    ask: () => Promise.resolve({ kind: 'done', seqno: null, authCode: null }),
    inquire: () => Promise.resolve({ kind: 'unsupported' }),
  },
  marks: NO_MARKS,
  timing: TIMING,
  stopwatch: () => performance.now(),
});

async function payOne(): Promise<void> {
  const ref = { shopId: SHOP, orderNumber: await place(database.db, incoming()) };
  const world = WORLD();
  await perform(world, ref, await request(world, ref, wanted(MARK_PAID)));
  await request(world, ref, wanted({ kind: 'request_cancel', message: 'やっぱりやめます' }));
}

/** Changes settings, and lets people come and go. */
async function keepHouse(n: number): Promise<void> {
  const { db } = database;
  const place = { shopId: SHOP, actor: TANAKA };
  await changeSettings(db, place, n + 1, { captureDeadlineDays: 30 + n });
  const id = `user-${n}`;
  await db.query(
    `insert into "user" ("id", "name", "email", "emailVerified") values ($1, $1, $1, true)`,
    [id],
  );
  await saveMember(db, { shopId: SHOP, userId: id, role: 'clerk' });
  await db.query(
    `insert into "session" ("id", "expiresAt", "token", "updatedAt", "userId", "ipAddress")
     values ($1, now() + interval '1 hour', $1, now(), $1, '192.0.2.1')`,
    [id],
  );
  await saveMember(db, { shopId: SHOP, userId: id, role: 'viewer' });
}

describe('the journal is a chain under seals', () => {
  let copy: Copy;
  beforeAll(async () => {
    for (let n = 0; n < 8; n += 1) {
      await payOne();
      await keepHouse(n);
      if (n % 2 === 1) expect(await sealNow(database.db)).toBeGreaterThan(0);
    }
    const marks = await listLastSeals(database.db);
    copy = await withAuditBook(database.db, (book) => copyBook(book, SHOP, marks));
  });

  test('an honest book verifies: chain, replay, seals, and the marks outside', async () => {
    const marks = await listLastSeals(database.db);
    const verdict = await withAuditBook(database.db, (book) => verify(book, marks));
    expect(verdict).toEqual({ orders: 8, entries: 48, logged: 57, seals: 4, wrong: null });
    expect(await verifyCopy(copy)).toEqual(verdict);
  });

  test('no entry is left to seal, and sealing nothing makes no seal', async () => {
    expect(await sealNow(database.db)).toBe(0);
    expect((await listLastSeals(database.db))[0]?.n).toBe(4);
  });

  test.each(Object.keys(TAMPERINGS))('the verifier finds out: %s', async (what) => {
    const rounds = Number(process.env.TAMPERINGS ?? 240) / Object.keys(TAMPERINGS).length;
    const numbers = fc.sample(fc.infiniteStream(fc.nat()), { numRuns: Math.ceil(rounds) });
    for (const dice of numbers) {
      const pick = (n: number) => (dice.next().value ?? 0) % Math.max(n, 1);
      const tampered = TAMPERINGS[what]?.(copy, pick) ?? copy;
      expect((await verifyCopy(tampered)).wrong, what).not.toBeNull();
    }
  });

  test('the verifier finds and names a change in the tables themselves', async () => {
    const { db } = database;
    const orderNumber = copy.histories[3]?.orderNumber;
    await db.query('alter table journal disable trigger all');
    await db.query(
      `update journal set event = jsonb_set(event, '{amount}', '2')
        where order_number = $1 and version = 2`,
      [orderNumber],
    );
    const marks = await listLastSeals(db);
    const { wrong } = await withAuditBook(db, (book) => verify(book, marks));
    expect(wrong).toEqual({ shopId: SHOP, kind: 'entry_changed', chain: orderNumber, n: 2 });
    if (wrong === null) throw new Error('nothing was found');
    expect(describeFinding(wrong, 'en')).toBe(
      `entry 2 of order ${orderNumber} is not as it was written`,
    );
    await db.query(
      `update journal set event = jsonb_set(event, '{amount}', '9115')
        where order_number = $1 and version = 2`,
      [orderNumber],
    );
    await db.query('alter table journal enable trigger all');
    expect((await withAuditBook(db, (book) => verify(book, marks))).wrong).toBeNull();
  });

  test('the database logs each sign-in and each right with its write, so no writer can forget it', async () => {
    const { rows } = await database.db.query(
      `select subject, actor -> 'from' ->> 'ip' as ip, before, after from shop_log
        where area = 'access' and subject = 'user-3' order by n`,
    );
    expect(rows).toMatchObject([
      { before: null, after: { action: 'member_added', role: 'clerk' } },
      { ip: '192.0.2.1', after: { action: 'signed_in', ip: '192.0.2.1' } },
      { before: { role: 'clerk' }, after: { action: 'role_changed', role: 'viewer' } },
    ]);
  });

  test('entries and seals refuse changes, and an entry needs the one before it', async () => {
    const { db } = database;
    await expect(db.query('update journal set actor = null')).rejects.toThrow('append-only');
    await expect(db.query('delete from seals')).rejects.toThrow('append-only');
    await expect(db.query('delete from shop_log')).rejects.toThrow('append-only');
    const gap = `insert into journal (shop_id, order_number, version, at, actor, event)
      select shop_id, order_number, 9, at, actor, event from journal limit 1`;
    await expect(db.query(gap)).rejects.toThrow('has no entry 8');
  });
});

test('the tests forge an entry exactly as PostgreSQL writes it', async () => {
  const value = fc
    .jsonValue({ maxDepth: 3 })
    .filter((json) => !/\\u0000|\d[.e]|-0/.test(JSON.stringify(json)));
  await fc.assert(
    fc.asyncProperty(value, async (json) => {
      const text = JSON.stringify(json);
      const { rows } = await database.db.query('select $1::jsonb::text as said', [text]);
      expect(jsonbText(JSON.parse(text))).toBe(rows[0]?.said);
    }),
    { numRuns: 300 },
  );
});

describe('the marks outside of the database', () => {
  test('marks outlive the process; a cut-off line is dropped, and the rest stand', async () => {
    const file = join(directory, 'seals.jsonl');
    const anchor = await Anchor.open(file);
    const mark = (n: number) => ({ shopId: SHOP, n, hash: 'ab'.repeat(32), at: 1_000 + n });
    await anchor.append([mark(1), mark(2)]);
    const { appendFile, readFile } = await import('node:fs/promises');
    await appendFile(file, '{"shopId":"hana');
    const again = await Anchor.open(file);
    expect(again.seals).toEqual([mark(2)]);
    await again.append([{ ...mark(1), restored: true }]);
    expect((await Anchor.open(file)).seals).toEqual([{ ...mark(1), restored: true }]);
    expect((await readFile(file, 'utf8')).endsWith('}\n')).toBe(true);
    await appendFile(file, 'no seal\n');
    await expect(Anchor.open(file)).rejects.toThrow('line 3 is not a mark');
  });
});
