import type { IncomingOrder } from '@renkei/core/domain/order/place-order.ts';
import { beforeAll, expect, test } from 'vitest';
import type { Client } from '../../../test/kit/clients.ts';
import { incoming } from '../../../test/kit/orders.ts';
import { type DevEnv, openDevEnv } from '../../../test/kit/worlds.ts';
import { formatOrdersCsv } from '../../src/csv/orders/format-orders.ts';

/** Orders come in by CSV, over real HTTP. */
let env: DevEnv;
let clerk: Client;
beforeAll(async () => {
  env = await openDevEnv();
  clerk = await env.signIn('clerk');
});

function csvOf(
  orders: readonly IncomingOrder[],
  encoding: 'utf-8' | 'cp932' = 'cp932',
): Uint8Array {
  const formatted = formatOrdersCsv(orders, encoding);
  if (formatted.kind !== 'formatted') throw new Error(JSON.stringify(formatted));
  return formatted.bytes;
}

async function send(bytes: Uint8Array, mode: string, more = '') {
  const headers = { 'content-type': 'text/csv' };
  return clerk.post(`/v1/imports?mode=${mode}${more}`, { body: bytes, headers });
}

const isThere = async ({ orderNumber }: IncomingOrder) =>
  (await clerk.get(`/v1/orders/${orderNumber}`)).status === 200;

test.each(['cp932', 'utf-8'] as const)(
  'a file in %s is checked, imported, and the same file again changes nothing',
  async (encoding) => {
    const orders = [incoming(), incoming(), incoming({ type: 'subscription' })];
    const bytes = csvOf(orders, encoding);
    const checked = await send(bytes, 'check');
    expect(checked.body).toMatchObject({ encoding, lines: 3, imported: 0, errors: [] });
    expect(checked.body.orders).toEqual({ new: 3, unchanged: 0, invalid: 0 });
    for (const order of orders) expect(await isThere(order)).toBe(false);

    const imported = await send(bytes, 'all');
    expect(imported.body).toMatchObject({ imported: 3, seenBefore: false });
    const [first] = orders;
    const view = (await clerk.get(`/v1/orders/${first?.orderNumber}`)).body;
    expect(view).toMatchObject({
      customerName: '髙﨑 花子',
      billed: 9_115,
      transaction: { state: 'authorized', amount: 9_115 },
    });

    const again = await send(bytes, 'all');
    expect(again.body).toMatchObject({ imported: 0, seenBefore: true });
    expect(again.body.orders).toEqual({ new: 0, unchanged: 3, invalid: 0 });
  },
);

test('an order that came in by CSV is captured like any other', async () => {
  const order = incoming();
  const held = { shopId: '90001', id: order.orderNumber, state: 'authorized' };
  await fetch(`${env.sandbox.url}/sandbox/v1/transactions`, {
    method: 'POST',
    body: JSON.stringify([{ ...order.transaction, ...held }]),
  });
  await send(csvOf([order]), 'all');
  const path = `/v1/orders/${order.orderNumber}/payment`;
  const { status, body } = await clerk.post(path, { body: {}, version: 1 });
  expect([status, body.operation.state]).toEqual([200, 'succeeded']);
});

test('a wrong row keeps the whole file out, unless a partial import is chosen', async () => {
  const [good, bad] = [incoming(), incoming()];
  const text = new TextDecoder().decode(csvOf([good, bad], 'utf-8'));
  const lines = text.split('\r\n');
  lines[2] = (lines[2] ?? '').replace('9115', '９１１６円');
  const bytes = new TextEncoder().encode(lines.join('\r\n'));

  const all = await send(bytes, 'all');
  expect(all.body).toMatchObject({ imported: 0, orders: { new: 1, invalid: 1 } });
  expect(all.body.errors[0]).toMatchObject({ line: 3, column: expect.any(String) });
  expect(all.body.errors[0].message).toMatch(/[ぁ-ん]/);
  expect(await isThere(good)).toBe(false);

  const valid = await send(bytes, 'valid');
  expect(valid.body).toMatchObject({ imported: 1, orders: { new: 1, invalid: 1 } });
  expect(await isThere(good)).toBe(true);
  expect(await isThere(bad)).toBe(false);
});

test('an order number with other content, and another order’s 取引番号, are errors with their line', async () => {
  const known = incoming();
  await send(csvOf([known]), 'all');
  const moved: IncomingOrder = {
    ...known,
    amounts: { ...known.amounts, items: 9_400, pointsUsed: 785 },
  };
  const other = await send(csvOf([incoming(), moved]), 'all');
  expect(other.body).toMatchObject({ imported: 0, orders: { new: 1, invalid: 1 } });
  expect(other.body.errors).toMatchObject([{ line: 3, column: null }]);

  const { transaction } = known;
  const thief = incoming(transaction === undefined ? {} : { transaction });
  const stolen = await send(csvOf([thief]), 'all');
  expect(stolen.body).toMatchObject({ imported: 0, orders: { new: 0, invalid: 1 } });
  expect(stolen.body.errors).toMatchObject([{ line: 2, column: 'F-REGI取引番号' }]);
});

test('O1: a 取引番号 that was once another order’s is an error with its line', async () => {
  const [owner, thief] = [incoming(), incoming()];
  await send(csvOf([owner]), 'all');
  const seqno = thief.transaction?.kind === 'authorized' ? thief.transaction.seqno : '';
  await env.db.query(
    `insert into transaction_owners select shop_id, $2, order_number, 'linked' from orders
      where order_number = $1`,
    [owner.orderNumber, seqno],
  );
  const { status, body } = await send(csvOf([thief]), 'all');
  expect([status, body.orders]).toEqual([200, { new: 0, unchanged: 0, invalid: 1 }]);
  expect(body.errors).toMatchObject([{ line: 2, column: 'F-REGI取引番号' }]);
});

test.each([
  ['nothing that is text', new Uint8Array([0xff, 0xfe, 0x00, 0x81])],
  ['Japanese in another encoding', new Uint8Array([0x1b, 0x24, 0x42, 0xff, 0x80, 0xa0])],
])('a file of %s is refused with a remedy', async (_what, bytes) => {
  const { status, body } = await send(bytes, 'check');
  expect([status, body.code]).toEqual([422, 'bad_file']);
  expect(body.detail.length).toBeGreaterThan(10);
});

test('ASVS 5.2.2: a file without the columns names the missing ones', async () => {
  const { status, body } = await send(new TextEncoder().encode('a,b\r\n1,2\r\n'), 'check');
  expect(status).toBe(200);
  const columns = body.errors.map(({ column }: { column: string }) => column);
  expect(columns).toEqual(expect.arrayContaining(['受注コード', '請求合計金額']));
});
