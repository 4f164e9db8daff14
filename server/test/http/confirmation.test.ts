import { beforeAll, describe, expect, test } from 'vitest';
import type { Client } from '../../../test/kit/clients.ts';
import { amounts, type Desk, ledgerOf, openDesk } from '../../../test/kit/desk.ts';

/** S2: from the shop's limits on the server requires a typed confirmation of the amount. */
let desk: Desk;
let owner: Client;
beforeAll(async () => {
  desk = await openDesk('owner');
  owner = desk.client;
  const { version } = (await owner.get('/v1/settings')).body;
  const body = { confirm: { orders: 3, yen: 50_000 } };
  await owner.send('PATCH', '/v1/settings', { version, body });
});

/** Billed for the limit, and authorized for 9,115 yen. */
const ofLarge = () => desk.env.order({ amounts: amounts(50_000) });

function command(method: string, orderNumber: string, what: string, more: object) {
  return desk
    .view(orderNumber)
    .then(({ version }) =>
      owner.send(method, `/v1/orders/${orderNumber}/${what}`, { version, ...more }),
    );
}

describe('S2: one order from the limit on', () => {
  test('a large order is refused with the fields to send, and F-REGI is not asked', async () => {
    const orderNumber = await ofLarge();
    const { status, body } = await command('POST', orderNumber, 'payment', { body: {} });
    const value = orderNumber.slice(-4);
    expect([status, body]).toMatchObject([
      428,
      {
        code: 'confirmation_required',
        outcome: 'not_sent',
        confirm: { header: 'Renkei-Confirm', value },
      },
    ]);
    expect(ledgerOf(desk, orderNumber)).toEqual([{ amount: 9_115, state: 'authorized' }]);
    expect(await desk.view(orderNumber)).toMatchObject({ paidOn: null, operation: null });
  });

  test('the preview asks for the digits, and wrong digits do not count', async () => {
    const orderNumber = await ofLarge();
    const { body: preview } = await command('POST', orderNumber, 'payment/preview', { body: {} });
    expect(preview.confirm).toBe(orderNumber.slice(-4));
    const headers = { 'renkei-confirm': '0000' };
    const wrong = await command('POST', orderNumber, 'payment', { body: {}, headers });
    expect(wrong.status).toBe(428);
    const right = await command('POST', orderNumber, 'payment', {
      body: {},
      headers: { 'renkei-confirm': preview.confirm },
    });
    expect([right.status, right.body.order.paidOn]).toEqual([200, expect.any(String)]);
    const captured = { amount: 50_000, state: 'captured_untransmitted' };
    expect(ledgerOf(desk, orderNumber)).toContainEqual(captured);
  });

  test('the moved amount counts: below the limit a void needs no digits', async () => {
    const orderNumber = await ofLarge();
    const body = { to: 'cancelled', cancelTransaction: true };
    const { status } = await command('POST', orderNumber, 'status', { body });
    expect(status).toBe(200);
    expect(ledgerOf(desk, orderNumber)).toEqual([{ amount: 9_115, state: 'voided' }]);
  });

  test('a repeated key gets the same answer, whatever the limits are then', async () => {
    const orderNumber = await desk.env.order();
    const { version } = await desk.view(orderNumber);
    const press = () =>
      owner.post(`/v1/orders/${orderNumber}/payment`, { body: {}, version, key: 'once' });
    const first = await press();
    expect(first.status).toBe(200);
    const settings = (await owner.get('/v1/settings')).body;
    const limits = (yen: number, of: number) =>
      owner.send('PATCH', '/v1/settings', {
        version: of,
        body: { confirm: { orders: 3, yen } },
      });
    await limits(1, settings.version);
    expect(await press()).toMatchObject({
      status: 200,
      body: { operation: { state: 'succeeded' } },
    });
    await limits(50_000, settings.version + 1);
  });
});

describe('S2: a run from the limit on', () => {
  const rowsOf = async (numbers: readonly string[]) =>
    Promise.all(
      numbers.map(async (orderNumber) => ({
        orderNumber,
        version: (await desk.view(orderNumber)).version as number,
      })),
    );
  const start = (rows: object, typed?: string) =>
    owner.post('/v1/runs', {
      body: { rows },
      ...(typed === undefined ? {} : { headers: { 'renkei-confirm': typed } }),
    });
  const previewOf = async (orderNumbers: readonly string[]) =>
    (await owner.post('/v1/runs/preview', { body: { orderNumbers } })).body;

  test('a run of many orders is refused until their number is typed', async () => {
    const numbers = [await desk.env.order(), await desk.env.order(), await desk.env.order()];
    expect((await previewOf(numbers.slice(1))).confirm).toBeNull();
    expect((await previewOf(numbers)).confirm).toBe('3');
    const rows = await rowsOf(numbers);
    const refused = await start(rows);
    expect([refused.status, refused.body]).toMatchObject([
      428,
      { code: 'confirmation_required', confirm: { header: 'Renkei-Confirm', value: '3' } },
    ]);
    expect((await owner.get('/v1/runs')).body.items).toEqual([]);
    expect((await start(rows, '3')).status).toBe(202);
    for (const orderNumber of numbers) {
      const captured = { amount: 9_115, state: 'captured_untransmitted' };
      await expect.poll(() => ledgerOf(desk, orderNumber)).toEqual([captured]);
    }
  });

  test('in a run only captured yen count, not the yen of unchanged orders', async () => {
    const numbers = [await ofLarge(), await desk.env.order()];
    expect((await previewOf(numbers)).confirm).toBe('2');
    const local = await desk.env.order({
      amounts: amounts(60_000),
      paymentKind: 'bank_transfer',
      paymentMethod: '銀行振込',
      transaction: undefined,
    });
    expect((await previewOf([local])).confirm).toBeNull();
    const rows = await rowsOf(numbers);
    expect((await start(rows)).status).toBe(428);
    const begun = await start(rows, '2');
    const run = async () => (await owner.get(`/v1/runs/${begun.body.id}`)).body;
    // Each order of it is above the limit, too: confirmed with the run.
    await expect.poll(async () => (await run()).counts.succeeded, { timeout: 10_000 }).toBe(2);
  });
});
