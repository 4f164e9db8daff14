import type { RunDetail } from '@renkei/contract/runs.ts';
import { replay } from '@renkei/core/domain/order/events.ts';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Mailbox } from '../../../demo/mailbox.ts';
import type { Client } from '../../../test/kit/clients.ts';
import { incoming, SHOP } from '../../../test/kit/orders.ts';
import { openMailbox } from '../../../test/kit/servers.ts';
import { type DevEnv, openDevEnv } from '../../../test/kit/worlds.ts';
import { loadJournal, loadOrder } from '../../src/store/orders/order-view.ts';

/** 発送, one by one and in bulk, with its mail; キャンセル依頼; runs over a frozen result. */
let env: DevEnv;
let box: Mailbox;
let clerk: Client;
beforeAll(async () => {
  box = await openMailbox();
  env = await openDevEnv({ smtpUrl: box.smtpUrl });
  clerk = await env.signIn('clerk');
});

const read = async (orderNumber: string) => (await clerk.get(`/v1/orders/${orderNumber}`)).body;

async function ship(orderNumber: string, body: object, version = 1) {
  return clerk.post(`/v1/orders/${orderNumber}/shipments`, { body, version });
}

async function toTwoPlaces(): Promise<string> {
  const base = incoming();
  const [first] = base.details.destinations;
  if (first === undefined) throw new Error('an order goes somewhere');
  return env.order({ details: { ...base.details, destinations: [first, first] } });
}

const mailsTo = (orderNumber: string) =>
  box.mails.filter(({ subject }) => subject.includes(orderNumber));

describe('one order', () => {
  test('an order is shipped with date, carrier and number, mailed, found by them, and replays', async () => {
    const orderNumber = await env.order();
    const sent = { destination: 0, shippedOn: '2026-11-20', carrier: '佐川急便' };
    const { status, body } = await ship(orderNumber, {
      shipments: [{ ...sent, trackingNumber: '4444-5555-6666' }],
    });
    expect([status, body.order.shipped]).toEqual([200, true]);
    const view = await read(orderNumber);
    expect(view.details.destinations[0]).toMatchObject({
      shippedOn: '2026-11-20',
      trackingNumber: '4444-5555-6666',
      carrier: '佐川急便',
      name: '髙﨑 花子',
    });
    await expect.poll(() => mailsTo(orderNumber).length, { timeout: 10_000 }).toBe(1);
    expect(mailsTo(orderNumber)[0]?.text).toContain('送り状番号：4444-5555-6666');
    const query = `q=${orderNumber}&tracked=true&shippedFrom=2026-11-20&shippedTo=2026-11-20`;
    expect((await clerk.get(`/v1/orders?${query}`)).body.count).toBe(1);

    const ref = { shopId: SHOP, orderNumber };
    const journal = await loadJournal(env.db, ref);
    const stored = await loadOrder(env.db, ref);
    expect(replay(journal.map(({ event }) => event))).toEqual(stored?.order);
  });

  test('an order with two destinations is shipped when both are, and a correction keeps the rest', async () => {
    const orderNumber = await toTwoPlaces();
    const one = await ship(orderNumber, { shipments: [{ destination: 1 }], mail: 'manual' });
    expect(one.body.order.shipped).toBe(false);
    const rest = await ship(orderNumber, { mail: 'manual' }, one.body.order.version);
    expect(rest.body.order.shipped).toBe(true);
    const again = await ship(orderNumber, {}, rest.body.order.version);
    expect([again.status, again.body.code]).toEqual([409, 'already_shipped']);
    const mended = await ship(
      orderNumber,
      {
        shipments: [{ destination: 0, shippedOn: '2026-11-20', trackingNumber: '4512-0000-0009' }],
        correction: true,
        mail: 'manual',
      },
      rest.body.order.version,
    );
    const [first, second] = mended.body.order.details.destinations;
    expect(first).toMatchObject({ trackingNumber: '4512-0000-0009', shippedOn: '2026-11-20' });
    expect(second.trackingNumber).toBe('');
    expect(mailsTo(orderNumber)).toEqual([]);
  });

  test('an order is not shipped on an unseen version, nor to a destination that it does not have', async () => {
    const orderNumber = await env.order();
    const stale = await ship(orderNumber, {}, 7);
    expect([stale.status, stale.body.code]).toEqual([409, 'order_changed']);
    const nowhere = await ship(orderNumber, { shipments: [{ destination: 3 }] });
    expect([nowhere.status, nowhere.body.code]).toEqual([409, 'no_such_destination']);
    expect(nowhere.body.reason.cause).toMatch(/お届け先/);
  });
});

async function untilOver(id: string): Promise<RunDetail> {
  const state = async () => (await clerk.get(`/v1/runs/${id}`)).body.state;
  await expect.poll(state, { timeout: 20_000, interval: 50 }).toBe('finished');
  return (await clerk.get(`/v1/runs/${id}`)).body;
}

async function freeze(orderNumbers: readonly string[]): Promise<string> {
  const filter = { tab: 'unshipped', q: orderNumbers.join(' ') };
  return (await clerk.post('/v1/selections', { body: filter })).body.id;
}

describe('a run', () => {
  test('L4: a run ships a frozen result, and captures it in the same run', async () => {
    const numbers = [await env.order(), await toTwoPlaces()];
    const selection = await freeze(numbers);
    const body = { selection, plan: { kind: 'ship', shippingMail: 'auto', andPay: true } };
    const preview = (await clerk.post('/v1/runs/preview', { body })).body;
    expect(preview).toMatchObject({ groups: { as_is: { count: 2 } }, mails: 2 });
    const started = await clerk.post('/v1/runs', { body });
    expect(started.body).toMatchObject({ kind: 'ship_and_pay' });
    const run = await untilOver(started.body.id);
    expect(run.counts).toMatchObject({ succeeded: 2, failed: 0 });
    for (const orderNumber of numbers) {
      expect(await read(orderNumber)).toMatchObject({
        shipped: true,
        paidOn: expect.any(String),
        transaction: { state: 'captured_untransmitted' },
      });
      await expect.poll(() => mailsTo(orderNumber).length, { timeout: 10_000 }).toBe(2);
    }
  });

  test('a declined order is shipped all the same, unpaid, and says why', async () => {
    const orderNumber = await env.order();
    env.sandbox.gateway.faults.set([{ kind: 'decline', cgi: 'sale.cgi', times: 1 }]);
    const rows = [{ orderNumber, version: 1 }];
    const plan = { kind: 'ship', andPay: true, shippingMail: 'manual' };
    const { body } = await clerk.post('/v1/runs', { body: { rows, plan } });
    const run = await untilOver(body.id);
    expect(run).toMatchObject({ counts: { failed: 1 }, partly: 1 });
    const declined = { state: 'failed', partly: true, operation: { state: 'declined' } };
    expect(run.rows[0]).toMatchObject(declined);
    const listed = (await clerk.get('/v1/runs')).body.items;
    expect(listed.find(({ id }: { id: string }) => id === body.id)).toMatchObject({ partly: 1 });
    const csv = await fetch(`${env.url}/v1/runs/${body.id}/csv?encoding=utf-8`, {
      headers: { cookie: clerk.cookie },
    });
    expect(await csv.text()).toContain(`${orderNumber},発送済・入金済,発送のみ,`);
    expect(await read(orderNumber)).toMatchObject({ shipped: true, paidOn: null });
    env.sandbox.gateway.faults.set([]);
  });

  test('an order that has changed since the click is excluded, and refused', async () => {
    const orderNumber = await env.order();
    const selection = await freeze([orderNumber]);
    await clerk.send('PUT', `/v1/orders/${orderNumber}/amounts`, {
      body: { amounts: { shipping: 700 } },
      version: 1,
    });
    const body = { selection, plan: { kind: 'ship' } };
    const preview = (await clerk.post('/v1/runs/preview', { body })).body;
    expect(preview.rows[0]).toMatchObject({ group: 'excluded', reason: { code: 'order_changed' } });
    const run = await untilOver((await clerk.post('/v1/runs', { body })).body.id);
    expect(run.rows[0]).toMatchObject({ state: 'failed', reason: { code: 'order_changed' } });
    expect((await read(orderNumber)).shipped).toBe(false);
  });

  test('a run takes carrier and 送り状番号 of some of its orders; the others go without', async () => {
    const numbers = [await env.order(), await toTwoPlaces()];
    const [one = '', two = ''] = numbers;
    const shipments = [
      {
        orderNumber: one,
        shipments: [{ destination: 0, carrier: '佐川急便', trackingNumber: '4512-0000-0077' }],
      },
    ];
    const wanted = { plan: { kind: 'ship', shippedOn: '2026-11-20' }, shipments };
    const body = { ...wanted, selection: await freeze(numbers) };
    const preview = (await clerk.post('/v1/runs/preview', { body })).body;
    const unshipped = Object.fromEntries(
      preview.rows.map((row: { orderNumber: string; unshipped: number[] }) => [
        row.orderNumber,
        row.unshipped,
      ]),
    );
    expect(unshipped).toEqual({ [one]: [0], [two]: [0, 1] });
    const run = await untilOver((await clerk.post('/v1/runs', { body })).body.id);
    expect(run.counts).toMatchObject({ succeeded: 2 });
    const [sent] = (await read(one)).details.destinations;
    expect(sent).toMatchObject({
      shippedOn: '2026-11-20',
      carrier: '佐川急便',
      trackingNumber: '4512-0000-0077',
    });
    expect((await read(two)).details.destinations[1]).toMatchObject({ trackingNumber: '' });
  });

  test('a run with a 送り状番号 of an order outside it is refused, and nothing begins', async () => {
    const orderNumber = await env.order();
    const rows = [{ orderNumber, version: 1 }];
    const shipments = [{ orderNumber: '199999999999', shipments: [{ destination: 0 }] }];
    for (const plan of [{ kind: 'ship' }, { kind: 'mark_paid' }]) {
      const { status, body } = await clerk.post('/v1/runs', { body: { rows, plan, shipments } });
      expect([status, body.code]).toEqual([422, 'invalid_request']);
      expect(JSON.stringify(body.errors)).toContain('/shipments/0');
    }
    expect(await read(orderNumber)).toMatchObject({ shipped: false, version: 1 });
  });

  test('a second run with the same plan only captures a shipped order that was not captured', async () => {
    const numbers = [await env.order(), await env.order()];
    const shipments = numbers.map((orderNumber) => ({
      orderNumber,
      shipments: [{ destination: 0, trackingNumber: `t-${orderNumber}` }],
    }));
    const plan = { kind: 'ship', andPay: true, shippingMail: 'manual' };
    const rows = numbers.map((orderNumber) => ({ orderNumber, version: 1 }));
    env.sandbox.gateway.faults.set([{ kind: 'decline', cgi: 'sale.cgi', times: 1 }]);
    const first = (await clerk.post('/v1/runs', { body: { rows, plan, shipments } })).body;
    await untilOver(first.id);
    const again = (await clerk.get(`/v1/runs/${first.id}/again`)).body;
    expect(again).toMatchObject({ plan, rows: [{ group: 'as_is', unshipped: [] }] });
    expect(again.shipments).toHaveLength(1);
    const next = again.rows.map(({ orderNumber, version }: Record<string, unknown>) => ({
      orderNumber,
      version,
    }));
    const body = { rows: next, plan: again.plan, mail: again.mail, shipments: again.shipments };
    const run = await untilOver((await clerk.post('/v1/runs', { body })).body.id);
    expect(run).toMatchObject({ kind: 'ship_and_pay', linked: 1, counts: { succeeded: 1 } });
    const [{ orderNumber }] = again.rows;
    const order = await read(orderNumber);
    expect(order).toMatchObject({
      shipped: true,
      transaction: { state: 'captured_untransmitted' },
    });
    expect(order.details.destinations[0].trackingNumber).toBe(`t-${orderNumber}`);
  });

  test('a mail that has gone out since the click makes no order stale', async () => {
    const orderNumber = await env.order();
    await ship(orderNumber, { mail: 'auto' });
    const filter = { tab: 'unpaid', q: orderNumber };
    const selection = (await clerk.post('/v1/selections', { body: filter })).body.id;
    const seen = (await read(orderNumber)).version;
    await expect.poll(async () => (await read(orderNumber)).version, { timeout: 10_000 }).toBe(3);
    const preview = (await clerk.post('/v1/runs/preview', { body: { selection } })).body;
    expect(preview.rows).toMatchObject([{ group: 'as_is', version: 3 }]);
    const rows = [{ orderNumber, version: Math.min(seen, 2) }];
    const run = await untilOver((await clerk.post('/v1/runs', { body: { rows } })).body.id);
    expect(run.counts).toMatchObject({ succeeded: 1, failed: 0 });
  });

  test.each([
    ['both', { selection: '01234567-89ab-4cde-8f01-23456789abcd', rows: [] }],
    ['neither', {}],
  ])('a run with %s of orders and selection is refused', async (_what, body) => {
    expect((await clerk.post('/v1/runs', { body })).status).toBe(422);
  });
});

describe('キャンセル依頼', () => {
  const listed = async (orderNumber: string) =>
    (await clerk.get(`/v1/orders?tab=cancel_requests&q=${orderNumber}`)).body.count;

  test('a request stands in its tab until it is dismissed', async () => {
    const orderNumber = await env.order();
    const path = `/v1/orders/${orderNumber}/cancel-request`;
    const asked = await clerk.post(path, { body: { message: '間違えました' }, version: 1 });
    expect(asked.status).toBe(200);
    expect(asked.body.order.cancelRequest).toMatchObject({ message: '間違えました' });
    expect(await listed(orderNumber)).toBe(1);
    const { tabs } = (await clerk.get('/v1/orders?limit=1')).body;
    expect(tabs.cancel_requests).toBeGreaterThan(0);
    const { version } = asked.body.order;
    const dismissed = await clerk.send('DELETE', path, { version });
    expect([dismissed.status, dismissed.body.order.cancelRequest]).toEqual([200, null]);
    expect(await listed(orderNumber)).toBe(0);
    const nothing = await clerk.send('DELETE', path, { version: version + 1 });
    expect(nothing.body.code).toBe('no_cancel_request');
  });

  test('the list shows when the request came, and in which words', async () => {
    const orderNumber = await env.order();
    const path = `/v1/orders/${orderNumber}/cancel-request`;
    await clerk.post(path, { body: { message: '注文を間違えました' }, version: 1 });
    const { body } = await clerk.get(`/v1/orders?tab=cancel_requests&q=${orderNumber}`);
    expect(body.items[0].cancelRequest).toEqual({
      at: expect.stringMatching(/^\d{4}-.*Z$/),
      message: '注文を間違えました',
    });
    const other = await env.order();
    expect((await clerk.get(`/v1/orders?q=${other}`)).body.items[0].cancelRequest).toBeNull();
  });

  test('a run withdraws many requests; an order without a request is excluded, and says so', async () => {
    const [asked, other] = [await env.order(), await env.order()];
    await clerk.post(`/v1/orders/${asked}/cancel-request`, { body: {}, version: 1 });
    const body = { orderNumbers: [asked, other], plan: { kind: 'dismiss_cancel_request' } };
    const preview = (await clerk.post('/v1/runs/preview', { body })).body;
    expect(preview.rows).toMatchObject([
      { group: 'local_only', gateway: 'not_told' },
      { group: 'excluded', reason: { code: 'no_cancel_request' } },
    ]);
    const rows = [
      { orderNumber: asked, version: 2 },
      { orderNumber: other, version: 1 },
    ];
    const started = (await clerk.post('/v1/runs', { body: { rows, plan: body.plan } })).body;
    const run = await untilOver(started.id);
    expect(run).toMatchObject({
      kind: 'dismiss_cancel_request',
      counts: { succeeded: 1, failed: 1 },
    });
    expect(await listed(asked)).toBe(0);
    expect(await read(asked)).toMatchObject({ status: 'processing' });
  });

  test('V2: a run cancels, voids, tells the customer, and empties the tab', async () => {
    const orderNumber = await env.order();
    const path = `/v1/orders/${orderNumber}/cancel-request`;
    const { body: asked } = await clerk.post(path, { body: {}, version: 1 });
    const rows = [{ orderNumber, version: asked.order.version }];
    const plan = { kind: 'cancel', cancelTransaction: true, mailCustomer: true };
    const { body } = await clerk.post('/v1/runs', { body: { rows, plan } });
    const run = await untilOver(body.id);
    expect(run.counts).toMatchObject({ succeeded: 1 });
    expect(await read(orderNumber)).toMatchObject({
      status: 'cancelled',
      transaction: { state: 'voided' },
    });
    expect(await listed(orderNumber)).toBe(0);
    await expect.poll(() => mailsTo(orderNumber).length, { timeout: 10_000 }).toBe(1);
    expect(mailsTo(orderNumber)[0]?.subject).toContain('キャンセル');
  });
});
