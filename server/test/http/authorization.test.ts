import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Client } from '../../../test/kit/clients.ts';
import { incoming } from '../../../test/kit/orders.ts';
import { type DevEnv, openDevEnv } from '../../../test/kit/worlds.ts';

/** S2, B3: cards that wait and are authorized later, over real HTTP and the sandbox. */
let env: DevEnv;
let clerk: Client;
beforeAll(async () => {
  env = await openDevEnv();
  clerk = await env.signIn('owner');
});
afterEach(() => env.sandbox.gateway.faults.set([]));

let serial = 0;

/** Places an order whose card the cart has registered at F-REGI under a 顧客番号. */
async function waiting(): Promise<string> {
  serial += 1;
  const customerId = `W${serial}`;
  await fetch(`${env.sandbox.url}/sandbox/v1/customers`, {
    method: 'POST',
    body: JSON.stringify({ shopId: '90001', customerId, pan: '4980111111111111' }),
  });
  const transaction = { kind: 'customer', customerId };
  const order = { ...incoming(), transaction };
  const placed = await clerk.post('/v1/orders', { body: order });
  expect([placed.status, placed.body.detail]).toEqual([201, undefined]);
  return order.orderNumber;
}

const read = async (orderNumber: string) => (await clerk.get(`/v1/orders/${orderNumber}`)).body;

function atFregi(orderNumber: string): string[] {
  return env.sandbox.gateway.ledger
    .list()
    .filter(({ id }) => id === orderNumber)
    .map(({ state }) => state);
}

describe('S2: a shop that authorizes later', () => {
  beforeAll(async () => {
    const { body: settings } = await clerk.get('/v1/settings');
    const later = { authorizeAtOrder: false, paymentMail: 'auto' };
    const body = { paymentPolicies: { card_fregi: later } };
    await clerk.send('PATCH', '/v1/settings', { body, version: settings.version });
  });

  test('a card waits as 通常処理（有効性確認済み）, and F-REGI is asked nothing', async () => {
    const orderNumber = await waiting();
    expect(await read(orderNumber)).toMatchObject({
      status: 'processing',
      transaction: { state: 'validated_unauthorized' },
    });
    expect(atFregi(orderNumber)).toEqual([]);
  });

  test('a token cannot wait, so it is refused, and nothing is placed', async () => {
    const order = { ...incoming(), transaction: { kind: 'token', token: 'tok' } };
    const { status, body } = await clerk.post('/v1/orders', { body: order });
    expect([status, body.code]).toEqual([422, 'token_cannot_wait']);
    expect((await clerk.get(`/v1/orders/${order.orderNumber}`)).status).toBe(404);
  });

  test('B3: the registered card is authorized once, for the billed amount', async () => {
    const orderNumber = await waiting();
    const path = `/v1/orders/${orderNumber}/authorization`;
    const done = await clerk.post(path, { body: {}, version: 1 });
    expect(done.body.order.transaction).toMatchObject({ state: 'authorized', amount: 9_115 });
    const { version } = done.body.order;
    const twice = await clerk.post(path, { body: {}, version });
    expect([twice.status, twice.body.code]).toEqual([409, 'already_authorized']);
    expect(atFregi(orderNumber)).toEqual(['authorized']);
  });

  test('B3: after a decline the method is a way out, and a failed transaction is not asked again', async () => {
    const orderNumber = await waiting();
    env.sandbox.gateway.faults.set([{ kind: 'decline', cgi: 'authm.cgi', times: 1 }]);
    const path = `/v1/orders/${orderNumber}`;
    const declined = await clerk.post(`${path}/authorization`, { body: {}, version: 1 });
    expect([declined.status, declined.body.code]).toEqual([402, 'card_declined']);
    const { version, transaction } = await read(orderNumber);
    expect(transaction.state).toBe('authorization_failed');
    const again = await clerk.post(`${path}/authorization`, { body: {}, version });
    expect([again.status, again.body.code]).toEqual([409, 'cannot_reauthorize']);
    const body = { paymentKind: 'bank_transfer' };
    expect((await clerk.send('PUT', `${path}/method`, { body, version })).status).toBe(200);
  });
});
