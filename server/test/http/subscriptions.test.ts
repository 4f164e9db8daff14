import { addDays, jstDateOf } from '@renkei/core/domain/values/jst.ts';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Client } from '../../../test/kit/clients.ts';
import { incoming } from '../../../test/kit/orders.ts';
import { type DevEnv, openDevEnv, SHOPS } from '../../../test/kit/worlds.ts';
import { releaseSafeMode } from '../../src/store/audit/safe-mode.ts';
import { createPgDeliveries } from '../../src/store/subscriptions/pg-deliveries.ts';
import { deliverDue } from '../../src/workers/deliver.ts';

/** B4: 定期・頒布会申込, their deliveries and outcomes, over real HTTP and the sandbox. */
let env: DevEnv;
let clerk: Client;
beforeAll(async () => {
  env = await openDevEnv();
  clerk = await env.signIn('owner');
});
afterEach(() => env.sandbox.gateway.faults.set([]));

const TODAY = jstDateOf(Date.now());
let serial = 0;

async function apply(changes: object = {}) {
  serial += 1;
  const customerId = `S${serial}`;
  await fetch(`${env.sandbox.url}/sandbox/v1/customers`, {
    method: 'POST',
    body: JSON.stringify({ shopId: '90001', customerId, pan: '4980111111111111' }),
  });
  const { amounts, details, paymentKind, paymentMethod } = incoming();
  const body = {
    code: `T-${serial}`,
    type: 'subscription',
    amounts,
    details,
    paymentKind,
    paymentMethod,
    cycle: { every: 1, unit: 'month' },
    nextDeliveryOn: addDays(TODAY, 5),
    customerId,
    ...changes,
  };
  return clerk.post('/v1/subscriptions', { body });
}

const read = async (code: string) => (await clerk.get(`/v1/subscriptions/${code}`)).body;
const deliver = (now = Date.now()) =>
  deliverDue(createPgDeliveries(env.db), env.renkei.backoffice.office, now);

async function ordersOf(code: string) {
  const { history } = await read(code);
  const numbers = history.map(({ orderNumber }: { orderNumber: string }) => orderNumber);
  return Promise.all(
    numbers
      .filter((one: string | null) => one !== null)
      .map(async (one: string) => (await clerk.get(`/v1/orders/${one}`)).body),
  );
}

function atFregi(orderNumber: string): string[] {
  return env.sandbox.gateway.ledger
    .list()
    .filter(({ id }) => id === orderNumber)
    .map(({ state }) => state);
}

describe('B4: a delivery', () => {
  test('a delivery becomes one order, authorized by 顧客番号, for any number of looks and processes', async () => {
    const { status, body } = await apply();
    expect([status, body.nextDeliveryOn, body.label]).toEqual([201, addDays(TODAY, 5), '継続中']);
    await Promise.all([deliver(), deliver(), deliver()]);
    await deliver();
    const orders = await ordersOf(body.code);
    expect(orders).toHaveLength(1);
    const [order] = orders;
    expect(order).toMatchObject({
      type: 'subscription',
      status: 'processing',
      transaction: { state: 'authorized', amount: 9_115 },
    });
    expect(order.details.destinations[0].requestedDate).toBe(addDays(TODAY, 5));
    expect(order.orderNumber).toMatch(/^8\d{11}$/);
    expect(atFregi(order.orderNumber)).toEqual(['authorized']);
    const after = await read(body.code);
    expect(after.nextDeliveryOn.slice(8)).toBe(addDays(TODAY, 5).slice(8));
    expect(after.history).toMatchObject([{ n: 1, state: 'ordered' }]);
  });

  test('a declined delivery waits in 保留, cannot be authorized again, and may be paid otherwise', async () => {
    const { body } = await apply();
    env.sandbox.gateway.faults.set([{ kind: 'decline', cgi: 'authm.cgi', times: 1 }]);
    await deliver();
    const [order] = await ordersOf(body.code);
    expect(order).toMatchObject({
      status: 'on_hold',
      transaction: { state: 'authorization_failed' },
    });
    const path = `/v1/orders/${order.orderNumber}`;
    const { version } = order;
    const again = await clerk.post(`${path}/authorization`, { body: {}, version });
    expect([again.status, again.body.code]).toEqual([409, 'cannot_reauthorize']);
    const remedies = again.body.reason.remedies.map(({ id }: { id: string }) => id);
    expect(remedies).toContain('change_method');
    const method = { paymentKind: 'bank_transfer' };
    const changed = await clerk.send('PUT', `${path}/method`, { body: method, version });
    expect(changed.status).toBe(200);
  });

  test('a delivery waits while safe mode holds: nothing is made, and no authorization is given up', async () => {
    const [made, due] = [await apply(), await apply({ nextDeliveryOn: addDays(TODAY, 40) })];
    await deliver();
    const [order] = await ordersOf(made.body.code);
    const again = 'update subscription_deliveries set to_authorize = true where order_number = $1';
    await env.db.query(again, [order.orderNumber]);
    await env.db.query(`insert into safe_modes (cause) values ('[]')`);
    const later = Date.now() + 40 * 86_400_000;
    await deliver(later);
    expect(await ordersOf(due.body.code)).toHaveLength(0);
    const waiting = 'select 1 from subscription_deliveries where to_authorize';
    expect((await env.db.query(waiting)).rowCount).toBe(1);
    await releaseSafeMode(env.db, 'the test');
    await deliver(later);
    expect(await ordersOf(due.body.code)).toHaveLength(1);
    expect((await env.db.query(waiting)).rowCount).toBe(0);
  });

  test('a delivery made before a crash is authorized after it, once', async () => {
    const { body } = await apply();
    await deliver();
    const [order] = await ordersOf(body.code);
    await env.db.query(
      'update subscription_deliveries set to_authorize = true where order_number = $1',
      [order.orderNumber],
    );
    await deliver();
    expect(atFregi(order.orderNumber)).toEqual(['authorized']);
  });

  test('a delivery without a card is an order to be paid otherwise, and F-REGI is not asked', async () => {
    const otherwise = { paymentKind: 'bank_transfer', paymentMethod: '銀行振込' };
    const { body } = await apply({ ...otherwise, customerId: undefined });
    await deliver();
    const [order] = await ordersOf(body.code);
    expect(order).toMatchObject({ status: 'processing', transaction: null });
  });

  test('S1: a delivery with the link off waits in 保留, and nothing is asked', async () => {
    const { body } = await apply();
    await env.db.query('update shops set link_enabled = false where shop_id = $1', [
      SHOPS[0].shopId,
    ]);
    await deliver();
    await env.db.query('update shops set link_enabled = true where shop_id = $1', [
      SHOPS[0].shopId,
    ]);
    const [order] = await ordersOf(body.code);
    expect(order.status).toBe('on_hold');
    expect(atFregi(order.orderNumber)).toEqual([]);
  });

  test('a delivery that is not due yet is not made', async () => {
    const { body } = await apply({ nextDeliveryOn: addDays(TODAY, 30) });
    await deliver();
    expect((await read(body.code)).history).toEqual([]);
  });
});

describe('B4: an application', () => {
  test('an application is skipped, and goes on with the delivery after; 頒布会 ends with its last', async () => {
    const next = addDays(TODAY, 20);
    const { body } = await apply({ type: 'club', deliveries: 2, nextDeliveryOn: next });
    const path = `/v1/subscriptions/${body.code}`;
    const skipped = await clerk.post(`${path}/skip`, { version: 1 });
    expect(skipped.body).toMatchObject({
      status: 'active',
      version: 2,
      history: [{ n: 1, deliverOn: next, state: 'skipped', orderNumber: null }],
    });
    const stale = await clerk.post(`${path}/skip`, { version: 1 });
    expect([stale.status, stale.body.code]).toEqual([409, 'subscription_changed']);
    await deliver(Date.parse(`${skipped.body.nextDeliveryOn}T00:00:00Z`));
    expect(await read(body.code)).toMatchObject({ status: 'finished', nextDeliveryOn: null });
    expect((await ordersOf(body.code))[0]).toMatchObject({ type: 'club' });
  });

  test('an application changes its cycle, next day and card; cancelled, it delivers no more', async () => {
    const { body } = await apply({ nextDeliveryOn: addDays(TODAY, 20) });
    const path = `/v1/subscriptions/${body.code}`;
    const past = { nextDeliveryOn: addDays(TODAY, -1) };
    const late = await clerk.send('PATCH', path, { body: past, version: 1 });
    expect([late.status, late.body.errors[0].pointer]).toEqual([422, '/nextDeliveryOn']);
    const changes = { cycle: { every: 2, unit: 'week' }, nextDeliveryOn: addDays(TODAY, 25) };
    const changed = await clerk.send('PATCH', path, { body: changes, version: 1 });
    expect(changed.body).toMatchObject({ ...changes, version: 2 });
    const cancelled = await clerk.post(`${path}/cancel`, { version: 2 });
    expect(cancelled.body).toMatchObject({ status: 'cancelled', nextDeliveryOn: null });
    await deliver(Date.now() + 90 * 86_400_000);
    expect((await read(body.code)).history).toEqual([]);
    const again = await clerk.post(`${path}/skip`, { version: 3 });
    expect(again.body.code).toBe('subscription_ended');
  });

  test('other products and amounts count from the next delivery on, and the log keeps the former ones', async () => {
    const { body } = await apply({ nextDeliveryOn: addDays(TODAY, 5) });
    await deliver();
    const path = `/v1/subscriptions/${body.code}`;
    const before = await read(body.code);
    const [lines] = before.details.destinations.map((to: { lines: object[] }) => to.lines);
    const edit = {
      amounts: { shipping: 0 },
      lines: [[{ ...lines[0], quantity: 1, unitPrice: 1_200 }]],
    };
    const previewed = await clerk.post(`${path}/amounts/preview`, { body: edit });
    expect(previewed.body).toMatchObject({ decision: 'record', items: 1_200 });
    const changed = await clerk.send('PUT', `${path}/amounts`, {
      body: edit,
      version: before.version,
    });
    expect(changed.body).toMatchObject({
      version: before.version + 1,
      billed: previewed.body.billed,
      amounts: { items: 1_200, shipping: 0, pointsUsed: before.amounts.pointsUsed },
    });
    expect((await ordersOf(body.code))[0].billed).toBe(9_115); // made before: unchanged
    await deliver(Date.now() + 35 * 86_400_000);
    expect((await ordersOf(body.code))[0]).toMatchObject({
      billed: previewed.body.billed,
      transaction: { amount: previewed.body.billed },
      details: { destinations: [{ lines: [{ quantity: 1, unitPrice: 1_200 }] }] },
    });
    const { items } = (await clerk.get('/v1/activity?areas=subscription')).body;
    expect(items[0]).toMatchObject({
      action: 'application_content_changed',
      subject: body.code,
      actor: { name: expect.stringMatching(/^owner/) },
      facts: { 'amounts.shipping': `${before.amounts.shipping} → 0` },
    });
  });

  test('C3, A1: content that no card or nobody could pay is refused, and nothing is written', async () => {
    const { body } = await apply({ nextDeliveryOn: addDays(TODAY, 20) });
    const path = `/v1/subscriptions/${body.code}/amounts`;
    const put = (edit: object, version: number) => clerk.send('PUT', path, { body: edit, version });
    const free = { amounts: { discount: body.billed } };
    const refusals = [
      [free, 'amount_zero'],
      [{ amounts: { discount: 900_000 } }, 'deductions_exceed_total'],
      [
        { lines: [...Array(2)].map(() => body.details.destinations[0].lines) },
        'destinations_differ',
      ],
    ] as const;
    for (const [edit, reason] of refusals) {
      const refused = await put(edit, 1);
      expect([refused.status, refused.body.code]).toEqual([422, reason]);
      const previewed = await clerk.post(`${path}/preview`, { body: edit });
      expect(previewed.body).toMatchObject({ decision: 'refuse', reason: { code: reason } });
    }
    expect((await put({ amounts: { shipping: 1 } }, 7)).body.code).toBe('subscription_changed');
    const careless = await clerk.send('PUT', path, { body: { amounts: { shipping: 1 } } });
    expect(careless.status).toBe(428);
    expect((await read(body.code)).version).toBe(1);
    const otherwise = { paymentKind: 'bank_transfer', paymentMethod: '銀行振込' };
    const transfer = (await apply({ ...otherwise, customerId: undefined })).body.code;
    const none = await clerk.send('PUT', `/v1/subscriptions/${transfer}/amounts`, {
      body: free,
      version: 1,
    });
    expect([none.status, none.body.billed]).toEqual([200, 0]);
  });

  test('a delivery made meanwhile is shown before the next one is skipped or changed', async () => {
    const { body } = await apply();
    await deliver();
    const path = `/v1/subscriptions/${body.code}`;
    const skipped = await clerk.post(`${path}/skip`, { version: body.version });
    expect([skipped.status, skipped.body.code]).toEqual([409, 'subscription_changed']);
    expect(skipped.body.current.history).toMatchObject([{ n: 1, state: 'ordered' }]);
  });

  test('お休みを取り消す brings the skipped delivery back; without a skip there is nothing to restore', async () => {
    const next = addDays(TODAY, 20);
    const { body } = await apply({ type: 'club', deliveries: 1, nextDeliveryOn: next });
    const path = `/v1/subscriptions/${body.code}`;
    expect(body).toMatchObject({ restorable: null, billed: 9_115, customerId: expect.any(String) });
    expect(body.customerId).toMatch(/^•••\d{1,3}$/);
    expect(body.upcoming).toEqual([{ n: 1, deliverOn: next, orderOn: addDays(TODAY, 13) }]);
    const early = await clerk.post(`${path}/unskip`, { version: 1 });
    expect([early.status, early.body.code]).toEqual([409, 'not_skipped']);
    const skipped = await clerk.post(`${path}/skip`, { version: 1 });
    expect(skipped.body).toMatchObject({
      status: 'finished',
      restorable: { n: 1, deliverOn: next },
    });
    const restored = await clerk.post(`${path}/unskip`, { version: 2 });
    expect(restored.body).toMatchObject({
      status: 'active',
      nextDeliveryOn: next,
      history: [],
      version: 3,
    });
    const again = await clerk.post(`${path}/unskip`, { version: 3 });
    expect(again.body.code).toBe('not_skipped');
    await deliver(Date.parse(`${next}T00:00:00Z`));
    expect(await ordersOf(body.code)).toHaveLength(1);
  });

  test('a skipped delivery whose day has passed is not restored', async () => {
    const { body } = await apply({ nextDeliveryOn: addDays(TODAY, 20) });
    const path = `/v1/subscriptions/${body.code}`;
    await clerk.post(`${path}/skip`, { version: 1 });
    await env.db.query('update subscription_deliveries set deliver_on = $2 where code = $1', [
      body.code,
      addDays(TODAY, -1),
    ]);
    expect((await read(body.code)).restorable).toBeNull();
    const late = await clerk.post(`${path}/unskip`, { version: 2 });
    expect([late.status, late.body.code]).toEqual([409, 'not_skipped']);
  });

  test('the list counts the applications, those in 保留, and shows when the job last looked', async () => {
    const { body } = await apply();
    env.sandbox.gateway.faults.set([{ kind: 'decline', cgi: 'authm.cgi', times: 1 }]);
    await deliver();
    const held = await clerk.get('/v1/subscriptions?held=true');
    const found = held.body.items.find(({ code }: { code: string }) => code === body.code);
    expect(found.history).toMatchObject([
      { order: { status: 'on_hold', transactionState: 'authorization_failed', billed: 9_115 } },
    ]);
    expect(held.body.counts.held).toBe(held.body.items.length);
    expect(Date.parse(held.body.job.lookedAt)).toBeGreaterThan(Date.now() - 60_000);
    expect(Date.parse(held.body.job.madeAt)).toBeGreaterThan(Date.now() - 60_000);
    expect(held.body.job.failedAt).toBeNull();
    const { tabs } = (await clerk.get('/v1/orders?limit=1')).body;
    expect(tabs.subscription).toBe(held.body.counts.active);
  });

  test('an application is listed by status and name, and stands once', async () => {
    const { body } = await apply({ nextDeliveryOn: addDays(TODAY, 40) });
    const twice = await apply({ code: body.code, nextDeliveryOn: addDays(TODAY, 40) });
    expect(twice.body.code).toBe('subscription_exists');
    const list = await clerk.get(`/v1/subscriptions?status=active&q=${body.code}`);
    expect(list.body.items.map(({ code }: { code: string }) => code)).toEqual([body.code]);
  });

  test.each([
    ['a card without its 顧客番号', { customerId: undefined }],
    ['a bank transfer with one', { paymentKind: 'bank_transfer' }],
    ['no cycle', { cycle: { every: 0, unit: 'month' } }],
  ])('an application with %s is refused', async (_what, changes) => {
    expect((await apply(changes)).status).toBe(422);
  });
});
