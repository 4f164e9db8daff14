import { beforeAll, expect, test } from 'vitest';
import type { Client } from '../../../test/kit/clients.ts';
import { type DevEnv, openDevEnv } from '../../../test/kit/worlds.ts';

/** The items of 要対応 at the order itself: those of after a press, never those of before it. */
let env: DevEnv;
let clerk: Client;
beforeAll(async () => {
  env = await openDevEnv();
  clerk = await env.signIn('owner');
});

test('M3: an order says that its comparison is due, and shows the one of after the press in a moment', async () => {
  const orderNumber = await env.order();
  const path = `/v1/orders/${orderNumber}`;
  const view = async () => (await clerk.get(path)).body;
  const isCompared = () =>
    expect.poll(async () => (await view()).health.isComparisonDue).toBe(false);
  await clerk.post(`${path}/payment`, { version: (await view()).version, body: {} });
  await isCompared();
  const cleared = await clerk.send('DELETE', `${path}/payment`, {
    version: (await view()).version,
  });
  expect(cleared.body.order.health).toMatchObject({ isComparisonDue: true, items: [] });
  await isCompared();
  const stays = await view();
  expect(stays.health.items).toMatchObject([{ kind: 'captured_not_paid' }]);
  const recorded = await clerk.post(`${path}/payment`, {
    version: stays.version,
    body: { withoutGateway: true, mail: 'manual' },
  });
  expect(recorded.body.order.health.isComparisonDue).toBe(true);
  await isCompared();
  expect((await view()).health.items).toEqual([]);
});
