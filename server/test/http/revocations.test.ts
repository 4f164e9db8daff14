import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { payOtherwise } from '../../../sandbox/src/payment-page/pay.ts';
import { type Desk, openDesk } from '../../../test/kit/desk.ts';
import { SHOPS } from '../../../test/kit/worlds.ts';

/** 発行取消 over F-REGI's wire, against the sandbox, whose ledger is the judge (K3). */
let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
beforeEach(() => desk.env.sandbox.gateway.faults.set([]));

const POLL = { timeout: 20_000, interval: 100 };
const CGI = 'compsettlecancel.cgi';
let serial = 0;

type Issued = { readonly orderNumber: string; readonly settleno: string };

/** An order by convenience store with a payment that Renkei has looked at once. */
async function placed(): Promise<Issued> {
  serial += 1;
  const orderNumber = `1000006660${serial + 10}`;
  const form = { SHOPID: SHOPS[0].fregiShopId, ID: orderNumber, PAY: '9115', PAYTYPESPECIFY: '20' };
  const answer = await fetch(`${desk.env.sandbox.url}/connect/compsettleapply.cgi`, {
    method: 'POST',
    body: new URLSearchParams(form),
  });
  const [, settleno = ''] = (await answer.text()).split('\n');
  await desk.env.order({
    orderNumber,
    paymentKind: 'convenience_fregi',
    paymentMethod: 'コンビニ支払',
    transaction: undefined,
    redirectPayment: { settleno },
  });
  await expect.poll(() => history(orderNumber), POLL).toContain('redirect_payment_seen');
  return { orderNumber, settleno };
}

type Entry = { readonly kind: string; readonly facts: Record<string, unknown> };

/** The entries about the payment, oldest first. */
async function entries(orderNumber: string): Promise<Entry[]> {
  const { timeline } = await desk.view(orderNumber);
  const all: Entry[] = timeline;
  return all.filter(({ kind }) => /^(revocation|redirect)_/.test(kind)).toReversed();
}

async function history(orderNumber: string): Promise<string[]> {
  return (await entries(orderNumber)).map(({ kind }) => kind);
}

const outcomeOf = async (orderNumber: string) =>
  (await desk.view(orderNumber)).redirectPayment.revocation?.outcome;
const ends = (orderNumber: string, outcome: string) =>
  expect.poll(() => outcomeOf(orderNumber), POLL).toBe(outcome);
const issueOf = (settleno: string) => {
  const issue = desk.env.sandbox.gateway.ledger.issues.get(settleno);
  if (issue === undefined) throw new Error(`the sandbox has no payment ${settleno}`);
  return issue;
};
const kindsOf = async (orderNumber: string): Promise<string[]> => {
  const { body } = await desk.client.get(`/v1/attention?orderNumber=${orderNumber}`);
  return body.items.map(({ kind }: { kind: string }) => kind);
};
const revoke = ({ orderNumber, settleno }: Issued) =>
  desk.act('POST', orderNumber, 'revocations', { settlenos: [settleno] });
const CANCEL = { to: 'cancelled', revokePayments: true };

test('K3: 発行取消 is ordered, asked, looked at, and the customer can no longer pay', async () => {
  const order = await placed();
  const { orderNumber, settleno } = order;
  const body = { settlenos: [settleno] };
  const shown = await desk.client.post(`/v1/orders/${orderNumber}/revocations/preview`, { body });
  expect(shown.body).toMatchObject({ decision: 'record', revoked: [{ settleno }], payable: [] });
  expect((await revoke(order)).status).toBe(200);
  await ends(orderNumber, 'revoked');
  expect(issueOf(settleno).status).toBe('cancelled');
  expect(await history(orderNumber)).toEqual([
    'redirect_payment_seen',
    'revocation_ordered',
    'revocation_asked',
    'redirect_payment_seen',
    'revocation_ended',
  ]);
  expect((await revoke(order)).body).toMatchObject({ reason: { code: 'nothing_to_revoke' } });
});

test('K3: cancelling offers it, and nothing of the payment stays to be done', async () => {
  const { orderNumber, settleno } = await placed();
  expect((await desk.view(orderNumber)).actions.revokeBox).toEqual({ offered: true });
  const path = `/v1/orders/${orderNumber}/status/preview`;
  const without = await desk.client.post(path, { body: { to: 'cancelled' } });
  expect(without.body).toMatchObject({ payable: [{ settleno }], revoked: [] });
  const shown = await desk.client.post(path, { body: CANCEL });
  expect(shown.body).toMatchObject({ payable: [], revoked: [{ settleno, amount: 9_115 }] });
  await desk.act('POST', orderNumber, 'status', CANCEL);
  await ends(orderNumber, 'revoked');
  expect((await desk.view(orderNumber)).status).toBe('cancelled');
  await expect.poll(() => kindsOf(orderNumber), POLL).toEqual([]);
});

test('K3: 保留 does not offer it, and a shop without the link asks F-REGI nothing', async () => {
  const order = await placed();
  const held = await desk.act('POST', order.orderNumber, 'status', { ...CANCEL, to: 'on_hold' });
  expect(held.body).toMatchObject({ reason: { code: 'revoke_not_offered' } });
  const { db } = desk.env;
  await db.query('update shops set link_enabled = false where shop_id = $1', [SHOPS[0].shopId]);
  const off = await revoke(order);
  await db.query('update shops set link_enabled = true where shop_id = $1', [SHOPS[0].shopId]);
  expect(off.body).toMatchObject({ reason: { code: 'link_off' } });
  expect(issueOf(order.settleno).status).toBe('issued');
});

test('K3: a bulk run revokes the payments of the orders that have one', async () => {
  const { client } = desk;
  const orders = [await placed(), await placed()];
  const orderNumbers = orders.map(({ orderNumber }) => orderNumber);
  const plan = { kind: 'cancel', revokePayments: true };
  const preview = await client.post('/v1/runs/preview', { body: { orderNumbers, plan } });
  const revoked = preview.body.rows.map((row: { revoked: Issued[] }) => row.revoked[0]?.settleno);
  expect(revoked.toSorted()).toEqual(orders.map(({ settleno }) => settleno).toSorted());
  const rows = preview.body.rows.map((row: { orderNumber: string; version: number }) => {
    return { orderNumber: row.orderNumber, version: row.version };
  });
  expect((await client.post('/v1/runs', { body: { rows, plan } })).status).toBe(202);
  await Promise.all(orderNumbers.map((orderNumber) => ends(orderNumber, 'revoked')));
});

describe('K3: F-REGI’s answer alone proves nothing', () => {
  test('an answer that is lost is looked up, and F-REGI is not asked again', async () => {
    const order = await placed();
    desk.env.sandbox.gateway.faults.set([{ kind: 'drop_after', cgi: CGI, times: 1 }]);
    await revoke(order);
    await ends(order.orderNumber, 'revoked');
    const asked = (await history(order.orderNumber)).filter((kind) => kind === 'revocation_asked');
    expect(asked).toHaveLength(1);
  });

  test('a request that is lost is repeated once it can no longer be carried out', async () => {
    const order = await placed();
    desk.env.sandbox.gateway.faults.set([{ kind: 'drop_before', cgi: CGI, times: 1 }]);
    await revoke(order);
    await expect.poll(() => history(order.orderNumber), POLL).toContain('revocation_asked');
    expect((await revoke(order)).body).toMatchObject({ reason: { code: 'revocation_open' } });
    await ends(order.orderNumber, 'revoked');
    const told = await entries(order.orderNumber);
    expect(
      told.filter(({ kind }) => kind === 'revocation_asked').map(({ facts }) => facts.n),
    ).toEqual([1, 2]);
  });

  test('a refusal of a payable one goes to 要対応 with F-REGI’s words, and a press orders it again', async () => {
    const order = await placed();
    const { orderNumber } = order;
    const words = { code: 'CSC1-1-999', text: 'ただいま処理できません' };
    desk.env.sandbox.gateway.faults.set([{ kind: 'decline', cgi: CGI, times: 1, ...words }]);
    await revoke(order);
    await ends(orderNumber, 'failed');
    const refused = (await entries(orderNumber)).find(({ kind }) => kind === 'revocation_refused');
    expect(refused?.facts).toMatchObject(words);
    await expect.poll(() => kindsOf(orderNumber), POLL).toEqual(['still_payable']);
    const [item] = (await desk.client.get(`/v1/attention?orderNumber=${orderNumber}`)).body.items;
    expect(item).toMatchObject({ urgency: 'today', suggested: { id: 'revoke_payments' } });
    const { version } = await desk.view(orderNumber);
    const body = { repair: 'revoke_payments' };
    const again = await desk.client.post(`/v1/attention/${item.id}/repair`, { version, body });
    expect(again.status).toBe(200);
    await ends(orderNumber, 'revoked');
    await expect.poll(() => kindsOf(orderNumber), POLL).toEqual([]);
  });

  test('a customer who pays while the request is on its way has paid: 要対応 says so', async () => {
    const order = await placed();
    const { gateway } = desk.env.sandbox;
    gateway.faults.set([{ kind: 'late_act', cgi: CGI, times: 1, delayMs: 1_000 }]);
    await desk.act('POST', order.orderNumber, 'status', CANCEL);
    await expect.poll(() => history(order.orderNumber), POLL).toContain('revocation_asked');
    await payOtherwise(gateway, issueOf(order.settleno), '21');
    await ends(order.orderNumber, 'paid');
    expect(await desk.view(order.orderNumber)).toMatchObject({
      status: 'cancelled',
      redirectPayment: { status: 'completed' },
    });
    await expect.poll(() => kindsOf(order.orderNumber), POLL).toEqual(['paid_after_leaving']);
    const { body } = await desk.client.get(`/v1/attention?orderNumber=${order.orderNumber}`);
    expect(JSON.stringify(body.items)).toContain('その前にお客様が支払っていました');
  });

  test('a customer who pays an order that stays has paid it: it becomes 入金済', async () => {
    const order = await placed();
    const { gateway } = desk.env.sandbox;
    gateway.faults.set([{ kind: 'late_act', cgi: CGI, times: 1, delayMs: 1_000 }]);
    await revoke(order);
    await expect.poll(() => history(order.orderNumber), POLL).toContain('revocation_asked');
    await payOtherwise(gateway, issueOf(order.settleno), '21');
    await ends(order.orderNumber, 'paid');
    expect((await desk.view(order.orderNumber)).paidOn).not.toBeNull();
    await expect.poll(() => kindsOf(order.orderNumber), POLL).toEqual([]);
  });
});
