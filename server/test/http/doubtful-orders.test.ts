import type { IncomingOrder } from '@renkei/core/domain/order/place-order.ts';
import { beforeAll, expect, test } from 'vitest';
import { amounts, type Desk, openDesk } from '../../../test/kit/desk.ts';
import { incoming } from '../../../test/kit/orders.ts';
import { formatOrdersCsv } from '../../src/csv/orders/format-orders.ts';

/** Orders from the future are refused; orders whose products do not add up are taken in, and marked. */
let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});

const hand = (body: object) => desk.client.post('/v1/orders', { body });
const later = (ms: number) => new Date(Date.now() + ms).toISOString();
const HOURS_13 = 13 * 3_600_000;

async function imported(orders: readonly IncomingOrder[], mode: string) {
  const formatted = formatOrdersCsv(orders, 'utf-8');
  if (formatted.kind !== 'formatted') throw new Error('not formatted');
  const headers = { 'content-type': 'text/csv' };
  const path = `/v1/imports?mode=${mode}`;
  return (await desk.client.post(path, { body: formatted.bytes, headers })).body;
}

test('O5: an order from the future is refused with its fields, and one of a fast clock is taken', async () => {
  const order = incoming();
  const authorized = { ...order.transaction, authorizedAt: later(HOURS_13) };
  const refused = await hand({ ...order, placedAt: later(HOURS_13), transaction: authorized });
  expect([refused.status, refused.body.code]).toEqual([422, 'order_from_future']);
  expect(refused.body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
    '/placedAt',
    '/transaction/authorizedAt',
  ]);
  expect((await desk.client.get(`/v1/orders/${order.orderNumber}`)).status).toBe(404);
  expect((await hand({ ...order, placedAt: later(120_000) })).status).toBe(201);
});

test('O5: a file names line and column of an order from the future, and takes the others in', async () => {
  const [good, early] = [incoming(), incoming({ placedAt: later(HOURS_13) })];
  const all = await imported([good, early], 'all');
  expect(all).toMatchObject({ imported: 0, orders: { new: 1, invalid: 1 } });
  expect(all.errors).toMatchObject([{ line: 3, column: '注文日時' }]);
  expect(await imported([good, early], 'valid')).toMatchObject({ imported: 1 });
});

test('O5: products that do not add up are told with the order, until they are edited', async () => {
  const order = incoming({ amounts: amounts(9_000) });
  const { status, body } = await hand(order);
  expect([status, body.itemsGap]).toEqual([201, -350]);
  const lines = order.details.destinations.map((destination) => destination.lines);
  const edited = await desk.act('PUT', order.orderNumber, 'amounts', { lines });
  expect(edited.body.order).toMatchObject({ itemsGap: 0, billed: 9_350 });
});

test('O5: a file whose last row is missing is taken in with a warning', async () => {
  const order = incoming({ amounts: amounts(17_350) });
  const checked = await imported([incoming(), order], 'check');
  expect(checked).toMatchObject({ orders: { new: 2, invalid: 0 }, errors: [] });
  expect(checked.warnings).toMatchObject([{ line: 3, column: '商品合計金額' }]);
  expect(checked.warnings[0].message).toContain('8,000円');
  expect(await imported([order], 'all')).toMatchObject({ imported: 1, errors: [] });
  expect((await desk.view(order.orderNumber)).itemsGap).toBe(8_000);
  expect((await imported([order], 'all')).warnings).toEqual([]);
});
