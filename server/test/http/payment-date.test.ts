import { beforeAll, describe, expect, test } from 'vitest';
import { type Desk, deskOf, ledgerOf, openDesk } from '../../../test/kit/desk.ts';
import { SHOPS } from '../../../test/kit/worlds.ts';

/** O6: a wrong 入金日 is corrected over real HTTP; F-REGI's ledger stays as it is. */
let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});

async function paidOrder(): Promise<string> {
  const orderNumber = await desk.env.order();
  const { status } = await desk.act('POST', orderNumber, 'payment', {});
  expect(status).toBe(200);
  return orderNumber;
}

const correct = (orderNumber: string, body: object) =>
  desk.act('PUT', orderNumber, 'payment-date', body);
const callsOf = async (orderNumber: string) =>
  (
    await desk.env.db.query(
      'select 1 from steps join operations o on o.id = operation_id where o.order_number = $1',
      [orderNumber],
    )
  ).rowCount;

test('O6: the date of a captured order changes, with the old one in the history; no money moves', async () => {
  const orderNumber = await paidOrder();
  const before = await desk.view(orderNumber);
  const [ledger, calls] = [ledgerOf(desk, orderNumber), await callsOf(orderNumber)];
  const { status, body } = await correct(orderNumber, { paidOn: '2026-11-10' });
  expect([status, body.operation.state, body.order.paidOn]).toEqual([
    200,
    'succeeded',
    '2026-11-10',
  ]);
  expect(body.order.timeline[0]).toMatchObject({
    kind: 'paid_on_corrected',
    facts: { before: before.paidOn, paidOn: '2026-11-10' },
  });
  expect(body.order.transaction).toEqual(before.transaction);
  expect(ledgerOf(desk, orderNumber)).toEqual(ledger);
  expect(await callsOf(orderNumber)).toBe(calls);
  const { rows } = await desk.env.db.query('select kind from mails where order_number = $1', [
    orderNumber,
  ]);
  expect(rows).toHaveLength(1);
});

test('O6: a day after today or before the order is asked about, and taken once confirmed', async () => {
  const orderNumber = await paidOrder();
  for (const [paidOn, code] of [
    ['2099-01-01', 'paid_on_after_today'],
    ['2026-11-01', 'paid_on_before_order'],
  ] as const) {
    const preview = await desk.client.post(`/v1/orders/${orderNumber}/payment-date/preview`, {
      body: { paidOn },
    });
    expect(preview.body).toMatchObject({ decision: 'refuse', reason: { code } });
    const asked = await correct(orderNumber, { paidOn });
    expect([asked.status, asked.body.code, asked.body.outcome]).toEqual([409, code, 'not_sent']);
    const { body } = await correct(orderNumber, { paidOn, dayConfirmed: true });
    expect(body.order.paidOn).toBe(paidOn);
  }
  const impossible = await correct(orderNumber, { paidOn: '1899-12-31', dayConfirmed: true });
  expect(impossible.status).toBe(422);
});

test('O6: a day of a closed period is asked about, and the closing stays as it is', async () => {
  const orderNumber = await paidOrder();
  const { db } = desk.env;
  await db.query(
    `insert into closings (shop_id, from_on, to_on, actor, equation, lines, hash)
     values ($1, '2026-10-01', '2026-11-09', '{}', '{}', '[]', 'x')`,
    [SHOPS[0].shopId],
  );
  const asked = await correct(orderNumber, { paidOn: '2026-11-09' });
  expect([asked.status, asked.body.code]).toEqual([409, 'paid_on_closed']);
  const open = await correct(orderNumber, { paidOn: '2026-11-10' });
  expect(open.status).toBe(200);
  const { body } = await correct(orderNumber, { paidOn: '2026-11-09', dayConfirmed: true });
  expect(body.order.paidOn).toBe('2026-11-09');
});

test('O6: an accountant corrects the date, and a viewer is told who may', async () => {
  const orderNumber = await paidOrder();
  const shop = SHOPS[0].shopId;
  const accountant = deskOf(desk.env, await desk.env.signIn('accountant', shop));
  const viewer = deskOf(desk.env, await desk.env.signIn('viewer', shop));
  expect((await accountant.view(orderNumber)).actions).toMatchObject({
    correctPaidOn: { offered: true },
    denied: { correctPaidOn: null, unmarkPaid: { permission: 'payments:capture' } },
  });
  const refused = await viewer.act('PUT', orderNumber, 'payment-date', { paidOn: '2026-11-11' });
  expect(refused.status).toBe(403);
  const { status } = await accountant.act('PUT', orderNumber, 'payment-date', {
    paidOn: '2026-11-11',
  });
  expect(status).toBe(200);
});

test('O6: an unpaid order has no date to correct, and a stale screen corrects nothing', async () => {
  const orderNumber = await desk.env.order();
  expect((await desk.view(orderNumber)).actions.correctPaidOn).toMatchObject({
    offered: false,
    reason: { code: 'not_paid' },
  });
  const unpaid = await correct(orderNumber, { paidOn: '2026-11-10' });
  expect([unpaid.status, unpaid.body.code]).toEqual([409, 'not_paid']);
  const paid = await paidOrder();
  const stale = await desk.act('PUT', paid, 'payment-date', { paidOn: '2026-11-10' }, 1);
  expect([stale.status, stale.body.code]).toEqual([409, 'order_changed']);
});

describe('O6: every door of a 入金日 asks the same', () => {
  const CLOSED = '2026-11-09';
  const states = (orderNumber: string) => ledgerOf(desk, orderNumber).map(({ state }) => state);

  test.each([
    [CLOSED, 'paid_on_closed'],
    ['2026-11-01', 'paid_on_before_order'],
  ])('O6: 入金済 on %s is asked about before anything is captured', async (paidOn, code) => {
    const orderNumber = await desk.env.order();
    const preview = await desk.client.post(`/v1/orders/${orderNumber}/payment/preview`, {
      body: { paidOn },
    });
    expect(preview.body).toMatchObject({ decision: 'refuse', reason: { code } });
    const asked = await desk.act('POST', orderNumber, 'payment', { paidOn });
    expect([asked.status, asked.body.code, asked.body.outcome]).toEqual([409, code, 'not_sent']);
    expect(states(orderNumber)).toEqual(['authorized']);
    const { body } = await desk.act('POST', orderNumber, 'payment', { paidOn, dayConfirmed: true });
    expect(body.order.paidOn).toBe(paidOn);
    expect(states(orderNumber)).toEqual(['captured_untransmitted']);
  });

  test.each([[{ kind: 'mark_paid' }], [{ kind: 'ship', andPay: true }]])(
    'O6: a run that marks orders paid is asked about its 入金日 as a whole: %j',
    async (plan) => {
      const orderNumber = await desk.env.order();
      const terms = { plan, paidOn: CLOSED };
      const { body: preview } = await desk.client.post('/v1/runs/preview', {
        body: { orderNumbers: [orderNumber], ...terms },
      });
      expect(preview.rows).toMatchObject([
        { group: 'excluded', reason: { code: 'paid_on_closed' } },
      ]);
      const rows = [{ orderNumber, version: preview.rows[0].version }];
      const asked = await desk.client.post('/v1/runs', { body: { rows, ...terms } });
      expect([asked.status, asked.body.code, asked.body.outcome]).toEqual([
        409,
        'paid_on_closed',
        'not_sent',
      ]);
      expect(states(orderNumber)).toEqual(['authorized']);
      const run = await desk.client.post('/v1/runs', {
        body: { rows, ...terms, dayConfirmed: true },
      });
      expect(run.status).toBe(202);
      await expect
        .poll(async () => (await desk.view(orderNumber)).paidOn, { timeout: 20_000 })
        .toBe(CLOSED);
    },
  );
});
