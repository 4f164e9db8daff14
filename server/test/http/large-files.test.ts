import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Client } from '../../../test/kit/clients.ts';
import { incoming } from '../../../test/kit/orders.ts';
import { type DevEnv, openDevEnv, SHOPS } from '../../../test/kit/worlds.ts';
import { formatOrdersCsv } from '../../src/csv/orders/format-orders.ts';

/**
 * One shop's file stops nobody: not another shop, not `/healthz`, and not for long its own shop.
 */
vi.setConfig({ testTimeout: 180_000 });
let env: DevEnv;
let clerk: Client;
let other: Client;
beforeAll(async () => {
  env = await openDevEnv({ jobMemoryMb: 128 });
  clerk = await env.signIn('clerk');
  other = await env.signIn('clerk', SHOPS[1].shopId);
});
afterAll(() => env?.close());

function csvOf(n: number): Uint8Array {
  const orders = Array.from({ length: n }, () => incoming());
  const formatted = formatOrdersCsv(orders, 'utf-8');
  if (formatted.kind !== 'formatted') throw new Error(JSON.stringify(formatted));
  return formatted.bytes;
}

const send = (client: Client, body: Uint8Array, mode: string, locale: 'ja' | 'en' = 'en') =>
  client.post(`/v1/imports?mode=${mode}`, {
    body,
    headers: { 'content-type': 'text/csv' },
    locale,
  });

async function countOrders(): Promise<number> {
  const { rows } = await env.db.query<{ n: number }>('select count(*) as n from orders');
  return rows[0]?.n ?? 0;
}

/** Blocks every write to orders until it is released. */
async function holdOrders(): Promise<() => Promise<void>> {
  const client = await env.db.connect();
  await client.query('begin; lock table orders in share mode');
  return async () => {
    await client.query('rollback');
    client.release();
  };
}

const WRITING = `from pg_stat_activity
  where datname = current_database() and wait_event_type = 'Lock'`;

async function untilWriting(count: number): Promise<void> {
  const waiting = async () => (await env.db.query(`select ${WRITING}`)).rowCount;
  await expect.poll(waiting, { timeout: 90_000 }).toBe(count);
}

test('ASVS 5.2.1, 15.2.2: while a file is read, other requests are answered one after another', async () => {
  let isRead = false;
  const reply = send(clerk, csvOf(3_000), 'check').finally(() => {
    isRead = true;
  });
  let answered = 0;
  for (; !isRead; answered += 1) expect((await other.get('/healthz')).status).toBe(200);
  expect((await reply).body.orders).toEqual({ new: 3_000, unchanged: 0, invalid: 0 });
  // A file read on the event loop would let only a few requests by.
  expect(answered).toBeGreaterThan(20);
});

test('a second file of a shop is refused while one is read; another shop’s waits or is read', async () => {
  const [first, second] = [csvOf(2), csvOf(2)];
  const release = await holdOrders();
  const underway = send(clerk, first, 'all');
  await untilWriting(1);
  const refused = await send(clerk, second, 'all');
  expect([refused.status, refused.body.code]).toEqual([409, 'import_underway']);
  expect(refused.body.detail).toMatch(
    /Another file of this shop is being read.*Send this one again/,
  );
  expect((await send(clerk, second, 'check', 'ja')).body.detail).toMatch(/別のファイル.*もう一度/);
  expect((await send(other, csvOf(2), 'check')).status).toBe(200);
  await release();
  expect((await underway).body).toMatchObject({ imported: 2 });
  expect((await send(clerk, second, 'all')).body).toMatchObject({ imported: 2 });
});

test('ASVS 1.4.3: a refused file, and one that breaks off, leave the next one free to come', async () => {
  const tooLarge = await send(clerk, new Uint8Array(64 * 1024 * 1024 + 2), 'check');
  expect(tooLarge.status).toBe(413);
  const gone = new AbortController();
  const broken = fetch(`${env.url}/v1/imports?mode=check`, {
    method: 'POST',
    headers: { cookie: clerk.cookie, 'content-type': 'text/csv', 'content-length': '1000' },
    body: new ReadableStream({ start: (sink) => sink.enqueue(new TextEncoder().encode('a')) }),
    signal: gone.signal,
    duplex: 'half',
  } as RequestInit).catch(() => null);
  gone.abort();
  await broken;
  await expect.poll(async () => (await send(clerk, csvOf(1), 'check')).status).toBe(200);
});

test('a file that needs too much memory is refused with a remedy, and none of it is kept', async () => {
  const before = await countOrders();
  const [head = '', row = ''] = new TextDecoder().decode(csvOf(1)).split('\r\n');
  const rows = Array.from({ length: 90_000 }, () => row);
  const refused = await send(clerk, new TextEncoder().encode([head, ...rows].join('\r\n')), 'all');
  expect([refused.status, refused.body.code]).toEqual([413, 'too_heavy']);
  expect(refused.body.detail).toMatch(/Split the file/);
  expect(await countOrders()).toBe(before);
  expect((await send(clerk, csvOf(1), 'all')).body).toMatchObject({ imported: 1 });
});

test('an import that loses its database in the middle says so, and none of it is kept', async () => {
  const before = await countOrders();
  const bytes = csvOf(5);
  const release = await holdOrders();
  const underway = send(clerk, bytes, 'all');
  await untilWriting(1);
  await env.db.query(`select pg_terminate_backend(pid) ${WRITING}`);
  const { status, body } = await underway;
  expect([status, body.code]).toEqual([503, 'unavailable']);
  await release();
  expect(await countOrders()).toBe(before);
  expect((await send(clerk, bytes, 'all')).body).toMatchObject({ imported: 5 });
});

test('a file with nothing but conflicts is answered with the first thousand of them', async () => {
  const orders = Array.from({ length: 1_100 }, () => incoming());
  const file = (placedAt: string) => {
    const formatted = formatOrdersCsv(
      orders.map((order) => ({ ...order, placedAt })),
      'utf-8',
    );
    if (formatted.kind !== 'formatted') throw new Error(JSON.stringify(formatted));
    return formatted.bytes;
  };
  const placed = await send(clerk, file('2026-11-08T10:28:26.000Z'), 'all');
  expect(placed.body).toMatchObject({ imported: 1_100 });
  const { body } = await send(clerk, file('2026-11-09T10:28:26.000Z'), 'valid');
  expect(body.orders).toEqual({ new: 0, unchanged: 0, invalid: 1_100 });
  expect(body.errors).toHaveLength(1_001);
  expect(body.errors.at(-1).message).toMatch(/more than 1,000 errors/);
});
