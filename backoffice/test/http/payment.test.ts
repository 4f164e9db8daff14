import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Client } from '../../../test/client.ts';
import { type DevEnv, openDevEnv } from '../../../test/dev-env.ts';

let env: DevEnv;
let clerk: Client;
beforeAll(async () => {
  env = await openDevEnv();
  clerk = await env.signIn('clerk');
});
afterAll(() => env?.close());

const view = (orderNumber: string) => clerk.get(`/v1/orders/${orderNumber}`);

async function pay(orderNumber: string, body: object = {}, version = 1) {
  return clerk.post(`/v1/orders/${orderNumber}/payment`, { body, version });
}

test('C1: marking paid captures at F-REGI, and answers when it is final', async () => {
  const orderNumber = await env.order();
  const { status, body, headers } = await pay(orderNumber);
  expect(body).toMatchObject({
    operation: { state: 'succeeded' },
    order: { transaction: { state: 'captured_untransmitted', amount: 9_115 } },
  });
  expect(status).toBe(200);
  expect(headers.get('etag')).toBe(`"${body.order.version}"`);
  expect(env.sandbox.gateway.ledger.list('90001')[0]).toMatchObject({
    state: 'captured_untransmitted',
  });
});
