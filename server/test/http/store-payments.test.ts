import { LOOK_AGAIN_DAYS } from '@renkei/core/domain/transaction/redirect.ts';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Counter, openCounter } from '../../../test/kit/counter.ts';

/** Where an order and what its customer pays at the store disagree: in 要対応, and in the history. */
let counter: Counter;
beforeAll(async () => {
  counter = await openCounter();
});

const POLL = { timeout: 20_000, interval: 100 };

/** The open items of an order: kind, yen, and the payments that they name with their states. */
async function itemsOf(orderNumber: string): Promise<string[]> {
  const { body } = await counter.desk.client.get(`/v1/attention?orderNumber=${orderNumber}`);
  return body.items.map(
    ({ kind, amount, redirects }: { kind: string; amount: number; redirects: Seen[] }) =>
      [kind, amount, ...redirects.map(({ settleno, status }) => `${settleno} ${status}`)].join(' '),
  );
}
type Seen = { settleno: string; status: string };

/** What the history says of a payment, oldest first. */
async function told(orderNumber: string, settleno: string): Promise<string[]> {
  const { timeline } = await counter.desk.view(orderNumber);
  const entries: { kind: string; facts: Seen }[] = timeline;
  return entries
    .filter(({ kind, facts }) => kind === 'redirect_payment_seen' && facts.settleno === settleno)
    .map(({ facts }) => facts.status)
    .toReversed();
}

const seen = (orderNumber: string, settleno: string, status: string) =>
  expect.poll(async () => (await told(orderNumber, settleno)).at(-1), POLL).toBe(status);

/** The customer pays, F-REGI notices, and the history says so. */
async function pay(orderNumber: string, settleno: string): Promise<void> {
  counter.becomes(settleno, '4');
  await counter.ring(settleno);
  await seen(orderNumber, settleno, 'completed');
}

async function placed(changes?: object) {
  const order = await counter.place(changes);
  await seen(order.orderNumber, order.settleno, 'issued');
  return order;
}

const REFUNDED_ON = '2026-01-20';

/** O3: records the refund of 9,115 yen in two parts, never of more: the item ends with the second. */
async function refundInTwo(orderNumber: string, payments: string): Promise<void> {
  const { client, view, act } = counter.desk;
  const [item] = (await client.get(`/v1/attention?orderNumber=${orderNumber}`)).body.items;
  const { repairs } = (await client.get(`/v1/attention/${item.id}`)).body;
  expect(repairs[0].id).toBe('settle_otherwise');
  const { actions } = await view(orderNumber);
  expect(actions.settle).toEqual({
    offered: true,
    direction: 'returned',
    amount: 9_115,
    of: 'balance',
  });
  const refund = { direction: 'returned', by: 'bank_transfer', on: REFUNDED_ON };
  const record = (amount: number) => act('POST', orderNumber, 'settlements', { ...refund, amount });
  expect((await record(9_116)).body.reason).toMatchObject({ code: 'exceeds_open' });
  await record(9_000);
  await expect.poll(() => itemsOf(orderNumber), POLL).toEqual([`paid_twice 115 ${payments}`]);
  await record(115);
  await expect.poll(() => itemsOf(orderNumber), POLL).toEqual([]);
  const { balance, settlements } = await view(orderNumber);
  expect(balance).toMatchObject({ billed: 9_115, receivedOtherwise: 9_115, open: 0 });
  const told = { by: 'bank_transfer', on: REFUNDED_ON, direction: 'returned' };
  expect(settlements).toMatchObject([
    { ...told, amount: 9_000 },
    { ...told, amount: 115 },
  ]);
  expect(settlements[0].recordedBy).not.toBe('');
}

describe('W3: an order that is paid otherwise, and at the store', () => {
  test('W3: by hand after its method was changed: 要対応 names the payment and the yen due back', async () => {
    const { desk } = counter;
    const { orderNumber, settleno } = await placed();
    await desk.act('PUT', orderNumber, 'method', { paymentKind: 'bank_transfer' });
    await desk.act('POST', orderNumber, 'payment', {});
    await pay(orderNumber, settleno);
    await expect
      .poll(() => itemsOf(orderNumber), POLL)
      .toEqual([`paid_twice 9115 ${settleno} completed`]);
    const { balance } = await desk.view(orderNumber);
    expect(balance).toMatchObject({ billed: 9_115, receivedOtherwise: 18_230, open: -9_115 });
    await refundInTwo(orderNumber, `${settleno} completed`);
  });

  test('W3: by hand under the same method: whoever marked it may have meant this payment', async () => {
    const { desk } = counter;
    const { orderNumber, settleno } = await placed();
    await desk.act('POST', orderNumber, 'payment', {});
    await pay(orderNumber, settleno);
    await expect
      .poll(() => itemsOf(orderNumber), POLL)
      .toEqual([`paid_twice 9115 ${settleno} completed`]);
    await desk.act('DELETE', orderNumber, 'payment');
    await expect
      .poll(() => itemsOf(orderNumber), POLL)
      .toEqual([`paid_not_recorded 9115 ${settleno} completed`]);
    await desk.act('POST', orderNumber, 'payment', {});
    await expect.poll(() => itemsOf(orderNumber), POLL).toEqual([]);
  });

  test('W3: of another amount', async () => {
    const { orderNumber, settleno } = await placed({ amount: 8_000 });
    await counter.desk.act('POST', orderNumber, 'payment', {});
    await pay(orderNumber, settleno);
    await expect
      .poll(() => itemsOf(orderNumber), POLL)
      .toEqual([`paid_twice 8000 ${settleno} completed`]);
  });

  test('W3: by two payments that were issued for it: both are named', async () => {
    const { orderNumber, settleno } = await placed();
    const second = await counter.issueAgain(orderNumber);
    await seen(orderNumber, second, 'issued');
    await pay(orderNumber, settleno);
    await expect
      .poll(() => itemsOf(orderNumber), POLL)
      .toEqual([`still_payable 9115 ${second} issued`]);
    await pay(orderNumber, second);
    const both = `paid_twice 9115 ${settleno} completed ${second} completed`;
    await expect.poll(() => itemsOf(orderNumber), POLL).toEqual([both]);
    expect((await counter.desk.view(orderNumber)).paidOn).not.toBeNull();
    await refundInTwo(orderNumber, `${settleno} completed ${second} completed`);
  });
});

test.each(['cancelled', 'returned', 'uncollectible'])(
  'W3: a slip that is paid after %s: told to be payable, then to be paid, until the refund is recorded',
  async (to) => {
    const { orderNumber, settleno } = await placed();
    await counter.desk.act('POST', orderNumber, 'status', { to });
    await expect
      .poll(() => itemsOf(orderNumber), POLL)
      .toEqual([`still_payable 9115 ${settleno} issued`]);
    await pay(orderNumber, settleno);
    await expect
      .poll(() => itemsOf(orderNumber), POLL)
      .toEqual([`paid_after_leaving 9115 ${settleno} completed`]);
    const { body } = await counter.desk.client.get('/v1/home');
    expect(JSON.stringify(body)).toContain('paid_after_leaving');
    const { balance } = await counter.desk.view(orderNumber);
    expect(balance).toMatchObject({ billed: 0, receivedOtherwise: 9_115, open: -9_115 });
    const refund = { direction: 'returned', amount: 9_115, by: 'bank_transfer' };
    const settled = await counter.desk.act('POST', orderNumber, 'settlements', refund);
    expect(settled.status).toBe(200);
    await expect.poll(() => itemsOf(orderNumber), POLL).toEqual([]);
  },
);

test('W3: an order that is opened again becomes 入金済 by what was paid meanwhile', async () => {
  const { desk } = counter;
  const { orderNumber, settleno } = await placed();
  await desk.act('POST', orderNumber, 'status', { to: 'cancelled' });
  await pay(orderNumber, settleno);
  await expect.poll(() => itemsOf(orderNumber), POLL).toHaveLength(1);
  await desk.act('POST', orderNumber, 'status', { to: 'processing' });
  await expect.poll(async () => (await desk.view(orderNumber)).paidOn, POLL).not.toBeNull();
  await expect.poll(() => itemsOf(orderNumber), POLL).toEqual([]);
});

test('W3: a payment of another amount is told, and the order follows once the bill fits it', async () => {
  const { desk } = counter;
  const { orderNumber, settleno } = await placed();
  await desk.act('PUT', orderNumber, 'amounts', { amounts: { shipping: 1_100 } });
  await pay(orderNumber, settleno);
  await expect
    .poll(() => itemsOf(orderNumber), POLL)
    .toEqual([`paid_not_recorded 9115 ${settleno} completed`]);
  const [item] = (await desk.client.get(`/v1/attention?orderNumber=${orderNumber}`)).body.items;
  const { version } = await desk.view(orderNumber);
  const body = { repair: 'adopt_amount' };
  const repaired = await desk.client.post(`/v1/attention/${item.id}/repair`, { version, body });
  expect(repaired.status).toBe(200);
  await expect.poll(async () => (await desk.view(orderNumber)).paidOn, POLL).not.toBeNull();
  await expect.poll(() => itemsOf(orderNumber), POLL).toEqual([]);
});

test('O3: an order that is paid for less at the store is settled otherwise, and agrees then', async () => {
  const { desk } = counter;
  const { orderNumber, settleno } = await placed({ amount: 8_000 });
  await pay(orderNumber, settleno);
  await expect
    .poll(() => itemsOf(orderNumber), POLL)
    .toEqual([`paid_not_recorded 8000 ${settleno} completed`]);
  await desk.act('POST', orderNumber, 'payment', {});
  await expect
    .poll(() => itemsOf(orderNumber), POLL)
    .toEqual([`amount_differs 1115 ${settleno} completed`]);
  const { balance, actions } = await desk.view(orderNumber);
  expect(balance).toMatchObject({ billed: 9_115, receivedOtherwise: 8_000, open: 1_115 });
  expect(actions.settle).toMatchObject({ offered: true, direction: 'received', amount: 1_115 });
  const [item] = (await desk.client.get(`/v1/attention?orderNumber=${orderNumber}`)).body.items;
  const { repairs } = (await desk.client.get(`/v1/attention/${item.id}`)).body;
  expect(repairs.map(({ id }: { id: string }) => id)).toContain('settle_otherwise');
  const body = { direction: 'received', amount: 1_115, by: 'cash' };
  expect((await desk.act('POST', orderNumber, 'settlements', body)).status).toBe(200);
  await expect.poll(() => itemsOf(orderNumber), POLL).toEqual([]);
  expect((await desk.view(orderNumber)).balance.open).toBe(0);
});

describe('W5: a payment that is reversed after its completion', () => {
  async function paid() {
    const { orderNumber, settleno } = await placed();
    await pay(orderNumber, settleno);
    await expect.poll(() => itemsOf(orderNumber), POLL).toEqual([]);
    counter.becomes(settleno, '6');
    return { orderNumber, settleno };
  }
  const dueAt = async (settleno: string) => {
    const { rows } = await counter.desk.env.db.query<{ days: number | null }>(
      `select round(extract(epoch from due_at - now()) / 86400)::int as days
         from redirect_payments where settleno = $1`,
      [settleno],
    );
    return rows[0]?.days ?? null;
  };

  test('W5: a notice of it is heard, 要対応 says so, and 入金日取消 ends it', async () => {
    const { orderNumber, settleno } = await paid();
    await counter.ring(settleno);
    await seen(orderNumber, settleno, 'cancelled');
    await expect
      .poll(() => itemsOf(orderNumber), POLL)
      .toEqual([`payment_reversed 9115 ${settleno} cancelled`]);
    await counter.desk.act('DELETE', orderNumber, 'payment');
    await expect.poll(() => itemsOf(orderNumber), POLL).toEqual([]);
  });

  test('W5: without a notice it is looked at once a day, for the days that the guide states', async () => {
    const { orderNumber, settleno } = await paid();
    expect(await dueAt(settleno)).toBe(1);
    const { db } = counter.desk.env;
    counter.becomes(settleno, '4');
    await db.query(
      `update redirect_payments set due_at = now(),
         completed_at = now() - $2 * interval '1 day' where settleno = $1`,
      [settleno, LOOK_AGAIN_DAYS],
    );
    await expect.poll(() => dueAt(settleno), POLL).toBeNull();
    counter.becomes(settleno, '6');
    await counter.ring(settleno);
    await seen(orderNumber, settleno, 'cancelled');
  });

  test('W5: what was unmarked by hand is not marked again by a later look', async () => {
    const { orderNumber, settleno } = await paid();
    counter.becomes(settleno, '4');
    await counter.desk.act('DELETE', orderNumber, 'payment');
    const { checkedAt } = (await counter.desk.view(orderNumber)).redirectPayment;
    await counter.ring(settleno);
    await expect
      .poll(async () => (await counter.desk.view(orderNumber)).redirectPayment.checkedAt, POLL)
      .not.toBe(checkedAt);
    expect((await counter.desk.view(orderNumber)).paidOn).toBeNull();
    expect(await itemsOf(orderNumber)).toEqual([`paid_not_recorded 9115 ${settleno} completed`]);
  });
});

describe('G6: 入金済 of orders of which F-REGI says that nobody has paid', () => {
  const AWAITED = 4;
  async function unpaid() {
    const orders = await Promise.all(Array.from({ length: AWAITED }, () => placed()));
    const [, revoked, expired, paidOther] = orders;
    if (!revoked || !expired || !paidOther) throw new Error('too few orders');
    counter.becomes(revoked.settleno, '2');
    counter.becomes(expired.settleno, '7');
    await counter.desk.act('PUT', paidOther.orderNumber, 'amounts', { amounts: { shipping: 0 } });
    counter.becomes(paidOther.settleno, '4');
    await Promise.all(orders.slice(1).map(({ settleno }) => counter.ring(settleno)));
    await seen(revoked.orderNumber, revoked.settleno, 'revoked');
    await seen(expired.orderNumber, expired.settleno, 'expired');
    await seen(paidOther.orderNumber, paidOther.settleno, 'completed');
    return orders.map(({ orderNumber }) => orderNumber);
  }
  const mailsOf = async (orderNumbers: readonly string[]) => {
    const { rows } = await counter.desk.env.db.query<{ order_number: string }>(
      `select order_number from mails where kind = 'payment_confirmation'
         and order_number = any($1) order by order_number`,
      [orderNumbers],
    );
    return rows.map((row) => row.order_number);
  };
  async function run(orderNumbers: readonly string[], terms: object) {
    const { client } = counter.desk;
    const preview = await client.post('/v1/runs/preview', { body: { orderNumbers, ...terms } });
    const rows = preview.body.rows.map(
      ({ orderNumber, version }: { orderNumber: string; version: number }) => ({
        orderNumber,
        version,
      }),
    );
    const started = await client.post('/v1/runs', { body: { rows, ...terms } });
    const ended = async () => (await client.get(`/v1/runs/${started.body.id}`)).body.state;
    await expect.poll(ended, POLL).toBe('finished');
    return preview.body;
  }

  test('G6: a run shows them as a group of their own, and sends them no 入金確認メール', async () => {
    const orders = await unpaid();
    const preview = await run(orders, {});
    expect(preview.groups).toMatchObject({
      unpaid_at_gateway: { count: 3, yen: 27_345 },
      local_only: { count: 1 },
    });
    expect(preview.mails).toBe(1);
    const states = preview.rows.map(({ notMade }: { notMade: Seen[] }) => notMade[0]?.status);
    expect(states).toEqual(['issued', 'revoked', 'expired', undefined]);
    expect(await mailsOf(orders)).toEqual(orders.slice(3));
    const views = await Promise.all(orders.map((orderNumber) => counter.desk.view(orderNumber)));
    expect(views.every(({ paidOn }) => paidOn !== null)).toBe(true);
  });

  test('G6: a run sends it to them where the operator has chosen so', async () => {
    const orders = await unpaid();
    const preview = await run(orders, { mailUnpaid: true });
    expect(preview.mails).toBe(AWAITED);
    expect(await mailsOf(orders)).toEqual(orders.toSorted());
  });

  test('G6: “again” keeps the choice of mailing those who have not paid', async () => {
    const { client, act, view } = counter.desk;
    const { orderNumber } = await placed();
    const { version } = await view(orderNumber);
    await act('PUT', orderNumber, 'amounts', { amounts: { otherFee: 0, shipping: 500 } });
    const rows = [{ orderNumber, version }];
    const { body: first } = await client.post('/v1/runs', { body: { rows, mailUnpaid: true } });
    const counts = async () => (await client.get(`/v1/runs/${first.id}`)).body;
    await expect.poll(async () => (await counts()).state, POLL).toBe('finished');
    expect(await counts()).toMatchObject({ counts: { failed: 1 } });
    const { body: again } = await client.get(`/v1/runs/${first.id}/again`);
    expect(again).toMatchObject({ mailUnpaid: true, mails: 1, rows: [{ orderNumber }] });
    const { plan, mail, mailUnpaid } = again;
    await run([orderNumber], { plan, mail, mailUnpaid });
    expect(await mailsOf([orderNumber])).toEqual([orderNumber]);
  });

  test('G6: one order says so before the press, and its mail is a choice, too', async () => {
    const { desk } = counter;
    const { orderNumber, settleno } = await placed();
    expect((await desk.view(orderNumber)).actions.markPaid).toMatchObject({
      notMade: [{ settleno, status: 'issued' }],
      payable: [{ settleno }],
    });
    const body = {};
    const shown = await desk.client.post(`/v1/orders/${orderNumber}/payment/preview`, { body });
    expect(shown.body).toMatchObject({ mail: false });
    await desk.act('POST', orderNumber, 'payment', {});
    expect(await mailsOf([orderNumber])).toEqual([]);
    const { orderNumber: other } = await placed();
    await desk.act('POST', other, 'payment', { mail: 'auto' });
    expect(await mailsOf([other])).toEqual([other]);
  });

  test('W3: cancelling says that the slip can still be paid, of one order and of many', async () => {
    const { client } = counter.desk;
    const { orderNumber, settleno } = await placed();
    const body = { to: 'cancelled' };
    const one = await client.post(`/v1/orders/${orderNumber}/status/preview`, { body });
    expect(one.body).toMatchObject({ payable: [{ settleno, amount: 9_115, status: 'issued' }] });
    const many = await client.post('/v1/runs/preview', {
      body: { orderNumbers: [orderNumber], plan: { kind: 'cancel' } },
    });
    expect(many.body.rows).toMatchObject([{ payable: [{ settleno }] }]);
  });
});
