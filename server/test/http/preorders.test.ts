import { beforeAll, expect, test } from 'vitest';
import { registerCard } from '../../../test/kit/cards.ts';
import { type Desk, ledgerOf, openDesk } from '../../../test/kit/desk.ts';
import { incoming } from '../../../test/kit/orders.ts';

/** 予約受注 by card: registered at F-REGI, authorized on the way to 通常処理. */
let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});

const registered = (customerId: string) => registerCard(desk.env.sandbox, customerId);

async function place(customerId: string): Promise<string> {
  const { transaction: _, ...order } = incoming({ type: 'preorder' });
  const body = { ...order, transaction: { kind: 'customer', customerId } };
  const reply = await desk.client.post('/v1/orders', { body });
  expect(reply.status).toBe(201);
  return order.orderNumber;
}

test('B1: a pre-order by card is 予約（未オーソリ）: nothing is reserved, nothing is asked', async () => {
  await registered('C-preorder-1');
  const orderNumber = await place('C-preorder-1');
  expect(await desk.view(orderNumber)).toMatchObject({
    status: 'preorder',
    operation: null,
    transaction: { state: 'preorder_unauthorized', seqno: null, amount: 0 },
    health: { seenAt: null, source: null },
  });
  expect(ledgerOf(desk, orderNumber)).toEqual([]);
});

test('B1: a 顧客番号 that F-REGI does not keep is refused at once, and nothing is placed', async () => {
  const { transaction: _, ...order } = incoming({ type: 'preorder' });
  const body = { ...order, transaction: { kind: 'customer', customerId: 'C-nobody' } };
  const refused = await desk.client.post('/v1/orders', { body });
  expect([refused.status, refused.body.code]).toEqual([422, 'customer_not_registered']);
  expect((await desk.client.get(`/v1/orders/${order.orderNumber}`)).status).toBe(404);
  await registered('C-nobody');
  expect((await desk.client.post('/v1/orders', { body })).status).toBe(201);
});

test('B1: an order is not turned away because F-REGI cannot be asked', async () => {
  const strike = { kind: 'http_500_before', cgi: 'customerinfo.cgi', times: 1 } as const;
  desk.env.sandbox.gateway.faults.set([strike]);
  const orderNumber = await place('C-unasked');
  expect((await desk.view(orderNumber)).status).toBe('preorder');
});

test('B2, B3: a card that has left F-REGI since gets its own reason, and the method can be changed', async () => {
  await registered('C-gone');
  const orderNumber = await place('C-gone');
  await fetch(`${desk.env.sandbox.url}/connect/leavecustomer.cgi`, {
    method: 'POST',
    body: new URLSearchParams({ SHOPID: '90001', CUSTOMERID: 'C-gone' }),
  });
  const { status, body } = await desk.act('POST', orderNumber, 'status', { to: 'processing' });
  expect([status, body.code, body.outcome]).toEqual([409, 'customer_not_registered', 'rejected']);
  expect(body.reason.cause).toContain('登録されていません');
  expect(body.fregi.code).toBe('A1-1-30');
  expect(ledgerOf(desk, orderNumber)).toEqual([]);
  const order = await desk.view(orderNumber);
  expect(order).toMatchObject({
    status: 'processing',
    transaction: { state: 'validated_unauthorized' },
  });
  await desk.follow({ status, body, headers: new Headers() }, 'change_method', {
    paymentKind: 'bank_transfer',
  });
  expect((await desk.view(orderNumber)).paymentKind).toBe('bank_transfer');
});

test('B1: a token does not last until the authorization, and is refused', async () => {
  const { transaction: _, ...order } = incoming({ type: 'preorder' });
  const body = { ...order, transaction: { kind: 'token', token: 'tok-1' } };
  const { status } = await desk.client.post('/v1/orders', { body });
  expect(status).toBe(422);
});

test('B2: 予約 → 通常処理 authorizes the billed amount: 承認済', async () => {
  await registered('C-preorder-2');
  const orderNumber = await place('C-preorder-2');
  const preview = await desk.act('POST', orderNumber, 'status/preview', { to: 'processing' });
  expect(preview.body.asks).toMatchObject([{ verb: 'authorize', amount: 9_115 }]);
  const { status, body } = await desk.act('POST', orderNumber, 'status', { to: 'processing' });
  expect(status).toBe(200);
  expect(body.order).toMatchObject({
    status: 'processing',
    transaction: { state: 'authorized', amount: 9_115 },
    health: { seenAt: body.order.transaction.asOf, source: 'answer' },
  });
  expect(ledgerOf(desk, orderNumber)).toEqual([{ amount: 9_115, state: 'authorized' }]);
  const paid = await desk.act('POST', orderNumber, 'payment', {});
  expect(paid.body.order.transaction.state).toBe('captured_untransmitted');
});

test('B2, B3: a declined pre-order is 通常処理（有効性確認済み）, and the method can be changed', async () => {
  await registered('C-preorder-3');
  const orderNumber = await place('C-preorder-3');
  desk.env.sandbox.gateway.faults.set([{ kind: 'decline', cgi: 'authm.cgi', times: 1 }]);
  const { status, body } = await desk.act('POST', orderNumber, 'status', { to: 'processing' });
  expect(status).toBe(402);
  expect(body.code).toBe('card_declined');
  const order = await desk.view(orderNumber);
  expect(order).toMatchObject({
    status: 'processing',
    transaction: { state: 'validated_unauthorized' },
  });
  const changed = await desk.act('PUT', orderNumber, 'method', { paymentKind: 'bank_transfer' });
  expect(changed.body.order.paymentKind).toBe('bank_transfer');
});

test('B2, M2: an unknown answer leaves the order 予約 until the truth is known', async () => {
  await registered('C-preorder-4');
  const orderNumber = await place('C-preorder-4');
  desk.env.sandbox.gateway.faults.set([{ kind: 'drop_after', cgi: 'authm.cgi', times: 1 }]);
  const { status, body } = await desk.act('POST', orderNumber, 'status', { to: 'processing' });
  expect(status).toBe(202);
  expect(body.order.status).toBe('preorder');
  await expect
    .poll(async () => (await desk.view(orderNumber)).status, { timeout: 15_000 })
    .toBe('processing');
  expect(ledgerOf(desk, orderNumber)).toEqual([{ amount: 9_115, state: 'authorized' }]);
});

test('B2, B3: a run moves 予約 to 通常処理 and authorizes declined orders again, one by one', async () => {
  await registered('C-preorder-5');
  const [declined, first, second] = [
    await place('C-preorder-5'),
    await place('C-preorder-5'),
    await place('C-preorder-5'),
  ];
  expect((await desk.view(first)).transaction.customerId).toBe('•••er-5');
  desk.env.sandbox.gateway.faults.set([{ kind: 'decline', cgi: 'authm.cgi', times: 1 }]);
  await desk.act('POST', declined, 'status', { to: 'processing' });
  const plan = { kind: 'authorize' };
  const orderNumbers = [declined, first, second];
  const preview = await desk.client.post('/v1/runs/preview', { body: { orderNumbers, plan } });
  expect(preview.body.carriedOut).toEqual({ count: 3, yen: 27_345 });
  const rows = preview.body.rows.map(({ orderNumber, version }: Row) => ({ orderNumber, version }));
  const run = await desk.client.post('/v1/runs', { body: { rows, plan } });
  expect([run.status, run.body.kind]).toEqual([202, 'authorize']);
  await expect
    .poll(async () => (await desk.client.get(`/v1/runs/${run.body.id}`)).body.state, {
      timeout: 10_000,
    })
    .toBe('finished');
  for (const orderNumber of orderNumbers) {
    expect(await desk.view(orderNumber)).toMatchObject({
      status: 'processing',
      transaction: { state: 'authorized', amount: 9_115 },
    });
  }
  const twice = await desk.client.post('/v1/runs/preview', { body: { orderNumbers, plan } });
  expect(twice.body.groups.excluded.count).toBe(3);
});

type Row = { readonly orderNumber: string; readonly version: number };
