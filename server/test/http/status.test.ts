import { replay } from '@renkei/core/domain/order/events.ts';
import { beforeAll, expect, test } from 'vitest';
import { type Desk, ledgerOf, openDesk } from '../../../test/kit/desk.ts';
import { SHOP } from '../../../test/kit/orders.ts';
import { loadJournal, loadOrder } from '../../src/store/orders/order-view.ts';

/** ステータスの変更 with the boxes beside it, over real HTTP. */
let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});

const ALL = { cancelTransaction: true, returnStock: true, returnPoints: true };
const change = (orderNumber: string, to: string, options: object = {}) =>
  desk.act('POST', orderNumber, 'status', { to, ...options });
const movements = async (after: number) =>
  (await desk.client.get(`/v1/movements?after=${after}`)).body;

test('V6: stock and points go back with the status, for other systems to read', async () => {
  const before = await movements(0);
  const orderNumber = await desk.env.order();
  const { body } = await change(orderNumber, 'cancelled', ALL);
  expect(body.order).toMatchObject({
    status: 'cancelled',
    stockReturned: true,
    pointsReturned: 735,
    transaction: { state: 'voided' },
  });
  const { items, last } = await movements(before.last);
  const common = { orderNumber, direction: 'returned', version: body.order.version };
  expect(items).toMatchObject([
    { ...common, number: before.last + 1, of: 'stock', items: [{ quantity: 1 }] },
    { ...common, number: before.last + 2, of: 'points', points: 735 },
  ]);
  expect(last).toBe(before.last + 2);
  expect((await movements(last)).items).toEqual([]);
});

test('V3, V6: a declined cancellation gives nothing back', async () => {
  const { last } = await movements(0);
  const orderNumber = await desk.env.order();
  desk.env.sandbox.gateway.faults.set([{ kind: 'decline', cgi: 'authcancel.cgi', times: 1 }]);
  const { status } = await change(orderNumber, 'cancelled', ALL);
  expect(status).toBeGreaterThanOrEqual(400);
  expect(await desk.view(orderNumber)).toMatchObject({
    status: 'processing',
    stockReturned: false,
    pointsReturned: 0,
  });
  expect((await movements(last)).items).toEqual([]);
});

test('V3, V6: an unknown cancellation gives back once, when it is known', async () => {
  const { last } = await movements(0);
  const orderNumber = await desk.env.order();
  desk.env.sandbox.gateway.faults.set([{ kind: 'drop_after', cgi: 'authcancel.cgi', times: 1 }]);
  expect((await change(orderNumber, 'returned', ALL)).status).toBe(202);
  expect((await movements(last)).items).toEqual([]);
  await expect
    .poll(async () => (await desk.view(orderNumber)).status, { timeout: 15_000 })
    .toBe('returned');
  expect((await movements(last)).items).toHaveLength(2);
});

test('V7: an order taken up again takes its stock and points again; one cancelled at F-REGI stays so', async () => {
  const kept = await desk.env.order();
  await change(kept, 'cancelled', { returnStock: true, returnPoints: true });
  const { last } = await movements(0);
  const { body } = await change(kept, 'processing');
  expect(body.order).toMatchObject({ stockReturned: false, pointsReturned: 0 });
  expect((await movements(last)).items).toMatchObject([
    { of: 'stock', direction: 'taken' },
    { of: 'points', direction: 'taken', points: 735 },
  ]);
  const gone = await desk.env.order();
  await change(gone, 'cancelled', { cancelTransaction: true });
  const refused = await change(gone, 'processing');
  expect(refused.status).toBe(409);
  expect(refused.body.code).toBe('transaction_cancelled');
});

test('V5: with nothing to cancel the box says why, and asks nothing', async () => {
  const orderNumber = await desk.env.order();
  await change(orderNumber, 'on_hold', { cancelTransaction: true });
  await change(orderNumber, 'processing');
  const { cancelBox } = (await desk.view(orderNumber)).actions;
  expect(cancelBox).toMatchObject({
    offered: true,
    asks: [],
    because: { code: 'nothing_to_cancel' },
  });
  const { body } = await change(orderNumber, 'cancelled', { cancelTransaction: true });
  expect(body.operation.steps).toEqual([]);
  expect(body.order.status).toBe('cancelled');
});

test('V4, V5: without the box a voided order says everywhere that nothing is left', async () => {
  const orderNumber = await desk.env.order();
  await change(orderNumber, 'on_hold', { cancelTransaction: true });
  await change(orderNumber, 'processing');
  const look = { body: { to: 'cancelled', cancelTransaction: false } };
  const shown = await desk.client.post(`/v1/orders/${orderNumber}/status/preview`, look);
  const plan = { kind: 'cancel', cancelTransaction: false };
  const many = await desk.client.post('/v1/runs/preview', {
    body: { orderNumbers: [orderNumber], plan },
  });
  const { body } = await change(orderNumber, 'cancelled', { cancelTransaction: false });
  const [told] = body.order.timeline.filter(
    ({ kind }: { kind: string }) => kind === 'status_changed',
  );
  expect(shown.body.gateway).toBe('nothing_to_cancel');
  expect(many.body.rows[0].gateway).toBe('nothing_to_cancel');
  expect(told.facts).toMatchObject({ to: 'cancelled', gateway: 'nothing_to_cancel' });
});

test('V6: each offer beside the change is told beforehand, with its reason if it does not apply', async () => {
  const orderNumber = await desk.env.order({
    amounts: {
      items: 9_115,
      shipping: 0,
      paymentFee: 0,
      wrapping: 0,
      pointsUsed: 0,
      couponDiscount: 0,
    },
  });
  const { actions } = await desk.view(orderNumber);
  expect(actions.returnStock).toEqual({ offered: true });
  expect(actions.returnPoints).toMatchObject({
    offered: false,
    reason: { code: 'no_points_used' },
  });
  const refused = await change(orderNumber, 'cancelled', { returnPoints: true });
  expect(refused.status).toBe(422);
  expect(await desk.view(orderNumber)).toMatchObject({ status: 'processing' });
});

test('V4: a transaction left at F-REGI is cancelled later, from the cancelled order', async () => {
  const orderNumber = await desk.env.order();
  await desk.act('POST', orderNumber, 'payment', {});
  await change(orderNumber, 'returned');
  expect(ledgerOf(desk, orderNumber)).toEqual([{ amount: 9_115, state: 'captured_untransmitted' }]);
  const { body } = await desk.act('DELETE', orderNumber, 'transaction');
  expect(body.order).toMatchObject({
    status: 'returned',
    transaction: { state: 'refunded_untransmitted' },
  });
  const again = await desk.act('DELETE', orderNumber, 'transaction');
  expect(again.body.code).toBe('nothing_to_cancel');
});

test.each(['on_hold', 'completed'])(
  'C7: an order in %s is captured from its detail',
  async (to) => {
    const orderNumber = await desk.env.order();
    await change(orderNumber, to);
    const { status } = await desk.act('POST', orderNumber, 'payment', {});
    expect(status).toBe(200);
    expect(ledgerOf(desk, orderNumber)).toEqual([
      { amount: 9_115, state: 'captured_untransmitted' },
    ]);
  },
);

test('V6: the journal alone gives the order after every command', async () => {
  const orderNumber = await desk.env.order();
  await desk.act('PUT', orderNumber, 'amounts', { amounts: { coolFee: 440, discount: 100 } });
  await change(orderNumber, 'on_hold', { returnStock: true, returnPoints: true });
  await change(orderNumber, 'processing');
  await desk.act('PUT', orderNumber, 'method', { paymentKind: 'bank_transfer' });
  const ref = { shopId: SHOP, orderNumber };
  const journal = await loadJournal(desk.env.db, ref);
  const stored = await loadOrder(desk.env.db, ref);
  expect(replay(journal.map(({ event }) => event))).toEqual(stored?.order);
});

test('O4: an edit moves the difference, a cancellation what is left, and the history says so', async () => {
  const orderNumber = await desk.env.order();
  const { last } = await movements(0);
  const [destination] = (await desk.view(orderNumber)).details.destinations;
  const [line] = destination.lines;
  const edit = (quantity: number, pointsUsed: number) => ({
    lines: [[{ ...line, quantity }]],
    amounts: { pointsUsed },
  });
  const preview = await desk.client.post(`/v1/orders/${orderNumber}/amounts/preview`, {
    body: edit(3, 1_000),
  });
  const moved = { toStock: 0, fromStock: 2, pointsGivenBack: 0, pointsTaken: 265 };
  expect(preview.body.after.moved).toEqual(moved);
  await desk.act('PUT', orderNumber, 'amounts', edit(3, 1_000));
  const edited = await desk.act('PUT', orderNumber, 'amounts', edit(2, 0));
  const told = edited.body.order.timeline.filter(
    ({ kind }: { kind: string }) => kind === 'amounts_edited',
  );
  expect(told.map(({ facts }: { facts: object }) => facts)).toMatchObject([
    { toStock: 1, fromStock: 0, pointsGivenBack: 1_000, pointsTaken: 0 },
    moved,
  ]);
  await change(orderNumber, 'cancelled', { returnStock: true });
  const pen = { productCode: 'pen-01', variation: '' };
  expect((await movements(last)).items).toMatchObject([
    { of: 'stock', direction: 'taken', items: [{ ...pen, quantity: 2 }] },
    { of: 'points', direction: 'taken', points: 265 },
    { of: 'stock', direction: 'returned', items: [{ ...pen, quantity: 1 }] },
    { of: 'points', direction: 'returned', points: 1_000 },
    { of: 'stock', direction: 'returned', items: [{ ...pen, quantity: 2 }] },
  ]);
  const journal = await loadJournal(desk.env.db, { shopId: SHOP, orderNumber });
  const stored = await loadOrder(desk.env.db, { shopId: SHOP, orderNumber });
  expect(replay(journal.map(({ event }) => event))).toEqual(stored?.order);
});
