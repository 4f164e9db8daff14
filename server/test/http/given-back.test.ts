import { expect, test } from 'vitest';
import { openCounter } from '../../../test/kit/counter.ts';

const POLL = { timeout: 20_000, interval: 100 };

type Item = { readonly kind: string; readonly amount: number };

test('O3, D16: what an unpaid order was paid at the store is given back, and does not pay it any more', async () => {
  const counter = await openCounter();
  const { desk, ring, becomes, place } = counter;
  const { orderNumber, settleno } = await place();
  const items = async () => {
    const { body } = await desk.client.get(`/v1/attention?orderNumber=${orderNumber}`);
    return body.items.map(({ kind, amount }: Item) => `${kind} ${amount}`);
  };
  const { amounts } = await desk.view(orderNumber);
  const bill = (shipping: number) =>
    desk.act('PUT', orderNumber, 'amounts', { amounts: { shipping } });
  await bill(amounts.shipping + 300);
  becomes(settleno, '4');
  await ring(settleno);
  await expect.poll(items, POLL).toEqual(['paid_not_recorded 9115']);
  const before = await desk.view(orderNumber);
  expect(before.actions.settle).toEqual({
    offered: true,
    direction: 'returned',
    amount: 9_115,
    of: 'payment',
  });
  const [{ id }] = (await desk.client.get(`/v1/attention?orderNumber=${orderNumber}`)).body.items;
  const { repairs } = (await desk.client.get(`/v1/attention/${id}`)).body;
  expect(repairs.map((one: { id: string }) => one.id)).toContain('settle_otherwise');
  const record = (direction: string, amount: number) =>
    desk.act('POST', orderNumber, 'settlements', { direction, amount, by: 'bank_transfer' });
  expect((await record('returned', 9_116)).body.reason).toMatchObject({ code: 'exceeds_open' });
  expect((await record('received', 1)).body.reason).toMatchObject({ code: 'nothing_open' });
  await record('returned', 9_000);
  await expect.poll(items, POLL).toEqual(['paid_not_recorded 115']);
  await record('returned', 115);
  await expect.poll(items, POLL).toEqual([]);
  // The bill fits the payment again, and F-REGI says once more that it is complete.
  await bill(amounts.shipping);
  await ring(settleno);
  const obstacle = async () => (await desk.view(orderNumber)).redirectPayment.obstacle?.code;
  await expect.poll(obstacle, POLL).toBe('redirect_given_back');
  const after = await desk.view(orderNumber);
  expect(after).toMatchObject({
    paidOn: null,
    balance: { receivedOtherwise: 0, open: after.billed },
  });
  // The customer pays otherwise: nothing is open, and nothing differs.
  await desk.act('POST', orderNumber, 'payment', {});
  expect((await desk.view(orderNumber)).balance.open).toBe(0);
  await expect.poll(items, POLL).toEqual([]);
});
