import { expect, test } from 'vitest';
import { openDesk } from '../../../test/kit/desk.ts';

test('H6: an order that was never edited can still be read once its customer is erased', async () => {
  const { env, client, act, view } = await openDesk('owner');
  const orderNumber = await env.order();
  await act('POST', orderNumber, 'status', { to: 'cancelled', cancelTransaction: true });
  const erase = async () => {
    const { version } = await view(orderNumber);
    const body = { orders: [{ orderNumber, version }], applications: [] };
    const headers = { 'renkei-confirm': '1' };
    return (await client.post('/v1/erasures', { body, headers })).body.certificates;
  };
  await expect.poll(erase, { timeout: 20_000 }).toHaveLength(1);
  const shown = await view(orderNumber);
  expect(shown).toMatchObject({ customerErased: true, status: 'cancelled' });
  expect(shown.firstPlaced.details.destinations).toHaveLength(1);
});
