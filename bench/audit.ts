import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { perform, request, type World } from '../core/src/perform.ts';
import { NO_MARKS } from '../core/src/ports/marks.ts';
import { TIMING } from '../core/src/turns/timing.ts';
import { verify } from '../server/src/audit/verify.ts';
import { withAuditBook } from '../server/src/store/audit/audit-book.ts';
import { SEAL_ORDERS_MAX, sealNow } from '../server/src/store/audit/seals.ts';
import type { Db } from '../server/src/store/db/db.ts';
import { migrate } from '../server/src/store/db/migrate.ts';
import { createPgStore } from '../server/src/store/orders/pg-store.ts';
import { incoming, MARK_PAID, openShop, place, SHOP, wanted } from '../test/kit/orders.ts';
import { connect, openPostgres } from '../test/kit/postgres.ts';
import { memoryMiB } from './child.ts';

/**
 * `node bench/audit.ts [entries]`: a journal of captured orders, by default a million entries.
 * Measures the time and memory of verifying it whole. Exits with 1 if it does not hold, or if a
 * million would take over 20 s.
 */
const [entries = 1_000_000] = process.argv.slice(2).map(Number);
const SECONDS_PER_MILLION = 20;

const directory = await mkdtemp(join(tmpdir(), 'renkei-audit-'));
const postgres = await openPostgres({ directory, settings: { fsync: 'off' } });
const db = connect(postgres.url);
await migrate(db);
await openShop(db);
const captured = await captureOne(db);
const perOrder = await copyOrder(db, captured, entries);
while ((await sealNow(db)) === SEAL_ORDERS_MAX);
await db.query('vacuum analyze');

const before = memoryMiB(process.pid);
const spent = process.cpuUsage();
const began = performance.now();
const verdict = await withAuditBook(db, (book) => verify(book, []));
const tookMs = performance.now() - began;
const { user, system } = process.cpuUsage(spent);
const grown = memoryMiB(process.pid) - before;
await db.end();
await postgres.stop();
await rm(directory, { recursive: true, force: true });

console.log(`orders            ${verdict.orders}, of ${perOrder} entries each`);
console.log(`entries           ${verdict.entries}`);
console.log(`seals             ${verdict.seals}`);
console.log(`wrong             ${JSON.stringify(verdict.wrong)}`);
console.log(`verified in       ${(tookMs / 1_000).toFixed(1)} s`);
console.log(`of it our own CPU ${((user + system) / 1_000_000).toFixed(1)} s`);
console.log(`memory, more      ${grown.toFixed(0)} MiB`);
const inTime = tookMs / 1_000 <= (SECONDS_PER_MILLION * verdict.entries) / 1_000_000;
process.exitCode = verdict.wrong === null && inTime ? 0 : 1;

/** Captures one order through the money operation; resolves to its number. */
async function captureOne(db: Db): Promise<string> {
  const world: World = {
    store: createPgStore(db),
    gateway: {
      ask: () => Promise.resolve({ kind: 'done', seqno: null, authCode: null }),
      inquire: () => Promise.resolve({ kind: 'unsupported' }),
    },
    marks: NO_MARKS,
    timing: TIMING,
    stopwatch: () => performance.now(),
  };
  const orderNumber = await place(db, incoming({ orderNumber: '100000000000' }));
  const ref = { shopId: SHOP, orderNumber };
  await perform(world, ref, await request(world, ref, wanted(MARK_PAID)));
  return orderNumber;
}

/** Copies an order with its journal until there are `entries` entries. Resolves to their number. */
async function copyOrder(db: Db, orderNumber: string, entries: number): Promise<number> {
  const { rows } = await db.query<{ n: number; columns: string }>(
    `select (select count(*) from journal) as n, string_agg(quote_ident(attname), ', ') as columns
       from pg_attribute where attrelid = 'orders'::regclass and attnum > 0
        and attgenerated = '' and not attisdropped`,
  );
  const [{ n, columns } = { n: 1, columns: '' }] = rows;
  const client = await db.connect();
  await client.query('set statement_timeout = 0');
  await client.query('alter table orders disable trigger user');
  // The number stands in the order's own columns, and in the first entry of its journal.
  await client.query(
    `insert into orders (${columns}) select ${prefixed(columns, 'copy')}
       from orders o, generate_series(1, $2::int) as n,
         jsonb_populate_record(null::orders,
           replace(to_jsonb(o)::text, $1, (o.order_number::bigint + n)::text)::jsonb) as copy
      where o.order_number = $1`,
    [orderNumber, Math.ceil(entries / n) - 1],
  );
  await client.query(
    `insert into journal (shop_id, order_number, version, at, actor, operation_id, event)
     select o.shop_id, o.order_number, j.version, j.at, j.actor, j.operation_id,
            replace(j.event::text, $1, o.order_number)::jsonb
       from orders o, journal j
      where j.order_number = $1 and o.order_number <> $1
      order by o.order_number, j.version`,
    [orderNumber],
  );
  client.release();
  return n;
}

function prefixed(columns: string, row: string): string {
  return columns
    .split(', ')
    .map((column) => `${row}.${column}`)
    .join(', ');
}
