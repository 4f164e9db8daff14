import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/kit/databases.ts';
import { openShop, SHOP, TANAKA } from '../../../test/kit/orders.ts';
import { owned } from '../../../test/kit/scope.ts';
import { listenHttp } from '../../../test/kit/servers.ts';
import { logAct } from '../../src/store/audit/access-log.ts';
import { Streamer } from '../../src/workers/audit/streamer.ts';

/** The audit log goes to a collector over real HTTP. */
let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
  await openShop(database.db);
});

type Sent = { n: number; action: string; body: string; severity: string };

/** A collector that takes OTLP logs, or answers as the test says. */
async function collector() {
  const taken: Sent[] = [];
  const asked: IncomingMessage['headers'][] = [];
  const state = { answer: 200 };
  const { port, close } = await listenHttp(async (request, response) => {
    const logs = JSON.parse(await text(request));
    asked.push(request.headers);
    if (state.answer === 200) {
      for (const record of logs.resourceLogs[0].scopeLogs[0].logRecords) {
        const of = (key: string) =>
          record.attributes.find((one: { key: string }) => one.key === key)?.value.stringValue;
        const { body, severityText: severity } = record;
        const { stringValue } = body;
        taken.push({
          n: Number(of('renkei.n')),
          action: of('renkei.action'),
          body: stringValue,
          severity,
        });
      }
    }
    response.writeHead(state.answer).end('{}');
  });
  return { url: `http://127.0.0.1:${port}/v1/logs`, port, close, taken, asked, state };
}

function stream(url: string, onError: (error: unknown) => void = () => {}) {
  const streamer = new Streamer({ db: database.db, to: { url, token: 'a secret' }, onError });
  streamer.open(20);
  return { close: owned(() => streamer.close()) };
}

async function log(count: number): Promise<void> {
  for (let i = 0; i < count; i += 1) {
    await logAct(database.db, { shopId: SHOP, actor: TANAKA }, `person ${i}`, {
      action: i === 0 ? 'sign_in_failed' : 'renamed',
    });
  }
}

const lastN = async () =>
  (await database.db.query('select max(n)::int as n from shop_log')).rows[0].n as number;
const upTo = (n: number) => Array.from({ length: n }, (_, index) => index + 1);
const numbers = (taken: readonly Sent[]) => taken.map(({ n }) => n);

describe('the stream of the audit log', () => {
  test('ASVS 16.4.3: each entry arrives, in the chain’s sequence, with its person and the token', async () => {
    const { url, taken, asked } = await collector();
    await log(730);
    stream(url);
    const last = await lastN();
    await vi.waitFor(() => expect(taken).toHaveLength(last), { timeout: 10_000 });
    expect(numbers(taken)).toEqual(upTo(last));
    const failed = taken.find(({ action }) => action === 'sign_in_failed');
    expect(failed?.severity).toBe('WARN');
    expect(JSON.parse(failed?.body ?? '')).toMatchObject({ actor: TANAKA, subject: 'person 0' });
    expect(asked[0]?.authorization).toBe('Bearer a secret');
  });

  test('entries wait while the collector refuses, and none is lost', async () => {
    const errors: unknown[] = [];
    const { url, taken, asked, state } = await collector();
    state.answer = 503;
    await log(5);
    stream(url, (error) => errors.push(error));
    await vi.waitFor(() => expect(asked.length).toBeGreaterThan(2), { timeout: 10_000 });
    expect(String(errors[0])).toContain('answers 503');
    expect(taken).toEqual([]);
    state.answer = 200;
    await vi.waitFor(() => expect(taken.length).toBeGreaterThan(0), { timeout: 10_000 });
    expect(numbers(taken)).toEqual(upTo(await lastN()));
  });

  test('a server that starts again goes on where the last one stopped', async () => {
    const { url, taken } = await collector();
    await log(3);
    const first = stream(url);
    await vi.waitFor(async () => expect(taken).toHaveLength(await lastN()), { timeout: 10_000 });
    await first.close();
    await database.db.query(`update log_streams set held_until = now()`);
    await log(2);
    stream(url);
    await vi.waitFor(async () => expect(taken).toHaveLength(await lastN()), { timeout: 10_000 });
    expect(numbers(taken)).toEqual(upTo(await lastN()));
  });

  test('of two servers one hands the log on, and nothing comes twice', async () => {
    const { url, taken } = await collector();
    stream(url);
    stream(url);
    await log(40);
    await vi.waitFor(async () => expect(taken.length).toBeGreaterThanOrEqual(await lastN()), {
      timeout: 10_000,
    });
    expect(numbers(taken)).toEqual(upTo(await lastN()));
  });

  test('a collector that is away is named, and holds no other work up', async () => {
    const errors: unknown[] = [];
    const { url, close } = await collector();
    await close();
    await log(1);
    const one = stream(url, (error) => errors.push(error));
    await vi.waitFor(() => expect(errors.length).toBeGreaterThan(1), { timeout: 10_000 });
    expect(String(errors[0])).toContain(`does not answer: ${url}`);
    await one.close();
  });
});
