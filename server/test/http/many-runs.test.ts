import { randomUUID } from 'node:crypto';
import { TIMING } from '@renkei/core/turns/timing.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Client } from '../../../test/kit/clients.ts';
import { type DevEnv, openDevEnv } from '../../../test/kit/worlds.ts';

/** Bulk runs hold no connection for their whole time, and none of those kept for people. */
const RUNS = 25;
const ROWS = 3;

let env: DevEnv;
let clerk: Client;
let bystander: Client;
beforeAll(async () => {
  const pools = { people: 2, background: 2, sessions: 2 };
  env = await openDevEnv({ latencyMs: 3_000, pools, timing: TIMING });
  clerk = await env.signIn('clerk');
  bystander = await env.signIn('clerk', 'minato');
});
afterAll(() => env?.close());

test('during 25 runs over a slow F-REGI a bystander’s list and /readyz are answered all the while', {
  timeout: 180_000,
}, async () => {
  const rows: { orderNumber: string; version: number }[] = [];
  while (rows.length < RUNS * ROWS) rows.push({ orderNumber: await env.order(), version: 1 });
  for (let n = 0; n < RUNS; n += 1) {
    const chosen = rows.splice(0, ROWS);
    const started = await clerk.post('/v1/runs', { body: { rows: chosen }, key: randomUUID() });
    expect(started.status).toBe(202);
  }
  const held = async () => {
    const { rows } = await env.db.query(
      `select count(*) filter (where held_by is not null) as held,
              count(*) filter (where state = 'running') as running from runs`,
    );
    return rows[0];
  };
  const answers = new Set<number>();
  let most = 0;
  await expect
    .poll(
      async () => {
        const [list, ready, now] = await Promise.all([
          bystander.get('/v1/orders?shop=minato'),
          fetch(`${env.url}/readyz`),
          held(),
        ]);
        answers.add(list.status).add(ready.status);
        most = Math.max(most, now.held);
        return now.running;
      },
      { timeout: 150_000, interval: 100 },
    )
    .toBe(0);
  expect([...answers]).toEqual([200]);
  expect(most).toBeGreaterThan(4);
  expect(env.errors).toEqual([]);
  const ledger = env.sandbox.gateway.ledger.list();
  expect(ledger.map(({ state }) => state)).toEqual(
    Array.from({ length: RUNS * ROWS }, () => 'captured_untransmitted'),
  );
  for (const { history } of ledger) {
    expect(history.filter(({ by }) => by === 'shop')).toHaveLength(1);
  }
});

test('an answer says that all connections for people are taken, and blames no database', async () => {
  const taken = [
    await env.renkei.backoffice.db.connect(),
    await env.renkei.backoffice.db.connect(),
  ];
  try {
    const { status, body } = await bystander.get('/v1/orders?shop=minato');
    expect(status).toBe(503);
    expect(body).toMatchObject({ type: expect.stringContaining('overloaded') });
    expect(body.detail).toContain('接続がすべて使用中');
  } finally {
    for (const connection of taken) connection.release();
  }
  expect((await bystander.get('/v1/orders?shop=minato')).status).toBe(200);
});

test('S21: forty lists of one person do not stand before another shop’s list', {
  timeout: 60_000,
}, async () => {
  const world = await openDevEnv();
  const busy = await world.signIn('viewer');
  const other = await world.signIn('viewer', 'minato');
  for (let n = 0; n < 60; n += 1) await world.order();
  let answered = 0;
  const lists = Array.from({ length: 40 }, async () => {
    expect((await busy.get('/v1/orders?limit=100')).status).toBe(200);
    answered += 1;
  });
  expect((await other.get('/v1/orders')).status).toBe(200);
  const before = answered;
  await Promise.all(lists);
  expect(before).toBeLessThan(lists.length);
});
