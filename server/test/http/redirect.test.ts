import { beforeAll, beforeEach, expect, test } from 'vitest';
import { type Desk, deskOf, openDesk } from '../../../test/kit/desk.ts';
import { listenHttp } from '../../../test/kit/servers.ts';
import { SHOPS } from '../../../test/kit/worlds.ts';

/**
 * コンビニ支払(F-REGI): paid at a store, announced by a notice, believed only when F-REGI confirms it.
 */
const SHOP = SHOPS[1].shopId;
let desk: Desk;
/** The answers of F-REGI's inquiry, by 発行番号, and the inquiries made. */
const answers = new Map<string, string>();
const asked: string[] = [];

beforeAll(async () => {
  const house = await openDesk();
  desk = deskOf(house.env, await house.env.signIn('clerk', SHOP));
  const fregi = await listenHttp((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const form = new URLSearchParams(Buffer.concat(chunks).toString());
      asked.push(`${request.url} ${form}`);
      const said = answers.get(form.get('SETTLENO') ?? '');
      response.writeHead(said === undefined ? 503 : 200).end(said ?? 'closed');
    });
  });
  await desk.env.db.query('update shops set fregi_base_url = $1 where shop_id = $2', [
    `http://127.0.0.1:${fregi.port}/connect/`,
    SHOP,
  ]);
});
beforeEach(() => {
  asked.length = 0;
});

let serial = 0;
/** Places an order by convenience store, with the payment that the cart issued for it. */
async function placed(changes: object = {}): Promise<{ orderNumber: string; settleno: string }> {
  serial += 1;
  const settleno = String(2_596_000 + serial).padStart(20, '0');
  answers.set(settleno, said(settleno, '1'));
  const orderNumber = await desk.env.order(
    {
      paymentKind: 'convenience_fregi',
      paymentMethod: 'コンビニ支払',
      transaction: undefined,
      redirectPayment: { settleno, ...changes },
    },
    SHOP,
  );
  return { orderNumber, settleno };
}

function said(settleno: string, status: string): string {
  const paid = status === '4' ? `21\n${settleno}\n\n` : '\n\n\n';
  return `OK\n${settleno}\n100\n${status}\n${paid}`;
}

const notify = (settleno: string) =>
  fetch(`${desk.env.url}/v1/notices/${SHOP}/completion`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: `settleno=${settleno}&seqno=${settleno}&paymenttype=21&code=100`,
  });

const paymentOf = async (orderNumber: string) => (await desk.view(orderNumber)).redirectPayment;
const seenOnce = (orderNumber: string) =>
  expect.poll(async () => (await paymentOf(orderNumber)).checkedAt, POLL).not.toBeNull();
const POLL = { timeout: 15_000, interval: 100 };

test('L2: the notice rings, F-REGI confirms, and the order is 入金済', async () => {
  const { orderNumber, settleno } = await placed();
  await seenOnce(orderNumber);
  expect(await desk.view(orderNumber)).toMatchObject({
    paidOn: null,
    redirectPayment: { settleno, amount: 9_115, status: 'issued' },
  });
  answers.set(settleno, said(settleno, '4'));
  const answer = await notify(settleno);
  expect(answer.status).toBe(200);
  expect((await answer.text()).split('\n')[0]).toBe('OK');
  await expect.poll(async () => (await desk.view(orderNumber)).paidOn, POLL).not.toBeNull();
  const { timeline } = await desk.view(orderNumber);
  const entry = timeline.find(({ kind }: { kind: string }) => kind === 'order_marked_paid');
  expect(entry).toMatchObject({ actor: 'F-REGI', facts: { gateway: 'confirmed' } });
  await expect.poll(async () => (await paymentOf(orderNumber)).status, POLL).toBe('completed');
  expect(asked.every((call) => call.startsWith('/connect/compsettleinfo.cgi'))).toBe(true);
});

test('L2: a notice alone proves nothing, however often it comes', async () => {
  const { orderNumber, settleno } = await placed();
  await seenOnce(orderNumber);
  for (let n = 0; n < 5; n += 1) expect((await notify(settleno)).status).toBe(200);
  await expect.poll(async () => (await paymentOf(orderNumber)).noticedAt, POLL).not.toBeNull();
  const { checkedAt } = await paymentOf(orderNumber);
  await expect
    .poll(async () => (await paymentOf(orderNumber)).checkedAt !== checkedAt, POLL)
    .toBe(true);
  expect(await desk.view(orderNumber)).toMatchObject({ paidOn: null });
  expect(asked.filter((call) => call.includes(settleno)).length).toBeLessThan(5);
});

test('L2: a repeated notice, also a late one, marks paid once', async () => {
  const { orderNumber, settleno } = await placed();
  answers.set(settleno, said(settleno, '4'));
  await Promise.all([notify(settleno), notify(settleno), notify(settleno)]);
  await expect.poll(async () => (await desk.view(orderNumber)).paidOn, POLL).not.toBeNull();
  await notify(settleno);
  const { timeline } = await desk.view(orderNumber);
  const marked = timeline.filter(({ kind }: { kind: string }) => kind === 'order_marked_paid');
  expect(marked).toHaveLength(1);
});

test('L2, M2: while F-REGI is away Renkei concludes nothing, and asks again later', async () => {
  const { orderNumber, settleno } = await placed();
  await seenOnce(orderNumber);
  answers.delete(settleno);
  await notify(settleno);
  await expect.poll(() => asked.length, POLL).toBeGreaterThan(0);
  expect(await desk.view(orderNumber)).toMatchObject({ paidOn: null });
  answers.set(settleno, said(settleno, '4'));
  await expect.poll(async () => (await desk.view(orderNumber)).paidOn, POLL).not.toBeNull();
});

test('L2: a payment of another amount is told, and left to a person', async () => {
  const { orderNumber, settleno } = await placed();
  await desk.act('PUT', orderNumber, 'amounts', { amounts: { shipping: 800 } });
  answers.set(settleno, said(settleno, '4'));
  await notify(settleno);
  const obstacle = async () => (await paymentOf(orderNumber)).obstacle?.code;
  await expect.poll(obstacle, POLL).toBe('redirect_amount_differs');
  expect(await desk.view(orderNumber)).toMatchObject({ paidOn: null });
  const byHand = await desk.act('POST', orderNumber, 'payment', {});
  expect(byHand.body.order.paidOn).not.toBeNull();
});

test.each([
  ['its method was changed', 'method', { paymentKind: 'bank_transfer' }, 'redirect_kind_differs'],
  ['it was cancelled', 'status', { to: 'cancelled' }, 'status_not_payable'],
])('L2: a payment does not count for its order when %s', async (_, what, body, code) => {
  const { orderNumber, settleno } = await placed();
  await desk.act(what === 'method' ? 'PUT' : 'POST', orderNumber, what, body);
  answers.set(settleno, said(settleno, '4'));
  await notify(settleno);
  const obstacle = async () => (await paymentOf(orderNumber)).obstacle?.code;
  await expect.poll(obstacle, POLL).toBe(code);
  expect((await desk.view(orderNumber)).paidOn).toBeNull();
});

test('L2: without a notice a person can have F-REGI asked', async () => {
  const { orderNumber, settleno } = await placed();
  await seenOnce(orderNumber);
  answers.set(settleno, said(settleno, '4'));
  const reply = await desk.client.post(`/v1/orders/${orderNumber}/redirect-payment/check`);
  expect(reply.status).toBe(202);
  await expect.poll(async () => (await desk.view(orderNumber)).paidOn, POLL).not.toBeNull();
});

/** The cart issues another payment and hands the same order over again. */
async function reissued(orderNumber: string, amount?: number) {
  serial += 1;
  const settleno = String(2_596_000 + serial).padStart(20, '0');
  answers.set(settleno, said(settleno, '1'));
  const { rows } = await desk.env.db.query<{ request: object }>(
    `select event -> 'order' || jsonb_build_object('details', details) as request
       from orders join journal using (shop_id, order_number)
      where order_number = $1 and journal.version = 1`,
    [orderNumber],
  );
  const [{ request } = { request: {} }] = rows;
  const { type, channel, placedAt, paymentKind, paymentMethod, amounts, details } = Object(request);
  const body = {
    orderNumber,
    type,
    channel,
    paymentKind,
    paymentMethod,
    amounts,
    details,
    placedAt: new Date(placedAt).toISOString(),
    redirectPayment: { settleno, ...(amount === undefined ? {} : { amount }) },
  };
  return { settleno, body, reply: await desk.client.post('/v1/orders', { body }) };
}

test.each(['the old', 'the new'])(
  'O5: a new 発行番号 stands beside the old one, and whoever pays by %s one is heard',
  async (which) => {
    const { orderNumber, settleno: old } = await placed();
    const { settleno, reply } = await reissued(orderNumber);
    expect(reply.status).toBe(200);
    expect(reply.body.redirectPayment).toMatchObject({ settleno, status: 'issued' });
    expect(reply.body.otherRedirectPayments).toMatchObject([{ settleno: old, status: 'issued' }]);
    const paid = which === 'the old' ? old : settleno;
    answers.set(paid, said(paid, '4'));
    await notify(paid);
    await expect.poll(async () => (await desk.view(orderNumber)).paidOn, POLL).not.toBeNull();
  },
);

test('O5: the order shows the newest payment that the customer can still make', async () => {
  const { orderNumber, settleno: old } = await placed();
  const { settleno } = await reissued(orderNumber);
  answers.set(settleno, said(settleno, '2'));
  await desk.client.post(`/v1/orders/${orderNumber}/redirect-payment/check`);
  const shown = async () => (await paymentOf(orderNumber)).settleno;
  await expect.poll(shown, POLL).toBe(old);
  const { otherRedirectPayments } = await desk.view(orderNumber);
  expect(otherRedirectPayments).toMatchObject([{ settleno, status: 'revoked' }]);
});

test('O5: the same 発行番号 is unchanged, of another amount a conflict, of another order taken', async () => {
  const { orderNumber } = await placed();
  const { settleno, body } = await reissued(orderNumber, 9_000);
  expect((await desk.client.post('/v1/orders', { body })).status).toBe(200);
  const redirectPayment = { settleno, amount: 9_001 };
  const other = await desk.client.post('/v1/orders', { body: { ...body, redirectPayment } });
  expect([other.status, other.body.code]).toEqual([409, 'order_exists']);
  expect(other.body.errors).toMatchObject([{ pointer: '/redirectPayment/amount' }]);

  const { settleno: taken } = await placed();
  const thief = { ...body, redirectPayment: { settleno: taken } };
  const refused = await desk.client.post('/v1/orders', { body: thief });
  expect([refused.status, refused.body.code]).toEqual([409, 'redirect_payment_taken']);
  const { otherRedirectPayments } = await desk.view(orderNumber);
  expect(otherRedirectPayments).toHaveLength(1);
});

test('O5: of many who hand over the same new 発行番号 at once, all are told that it is there', async () => {
  const { orderNumber } = await placed();
  const { body } = await reissued(orderNumber);
  const again = { ...body, redirectPayment: { settleno: '00000000000002599999' } };
  const replies = await Promise.all(
    Array.from({ length: 8 }, () => desk.client.post('/v1/orders', { body: again })),
  );
  expect(replies.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 200));
  expect((await desk.view(orderNumber)).otherRedirectPayments).toHaveLength(2);
});

test('O5: an order with other content brings no new 発行番号 in', async () => {
  const { orderNumber } = await placed();
  const { body } = await reissued(orderNumber);
  const settleno = '00000000000002599998';
  const other = { ...body, paymentMethod: 'コンビニ', redirectPayment: { settleno } };
  expect((await desk.client.post('/v1/orders', { body: other })).status).toBe(409);
  expect((await desk.view(orderNumber)).otherRedirectPayments).toHaveLength(1);
});

test.each([
  ['an unknown number', `settleno=${'9'.repeat(20)}`],
  ['no number', 'seqno=1'],
  ['no form at all', '\u0000\u00ff&&=='],
])('L2: a notice of %s changes nothing and is answered', async (_, body) => {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const url = `${desk.env.url}/v1/notices/${SHOP}/completion`;
  const answer = await fetch(url, { method: 'POST', headers, body });
  expect(answer.status).toBe(200);
  expect(desk.env.errors).toEqual([]);
});

test('L2: only an order by convenience store or Edy comes in with such a payment', async () => {
  const body = {
    orderNumber: '100000777011',
    placedAt: '2026-11-08T10:28:26.000Z',
    paymentKind: 'bank_transfer',
    paymentMethod: '銀行振込',
    amounts: {
      items: 100,
      shipping: 0,
      paymentFee: 0,
      wrapping: 0,
      pointsUsed: 0,
      couponDiscount: 0,
    },
    details: (await desk.view((await placed()).orderNumber)).details,
    redirectPayment: { settleno: '1'.repeat(20) },
  };
  const refused = await desk.client.post('/v1/orders', { body });
  expect(refused.status).toBe(422);
  expect(JSON.stringify(refused.body.errors)).toContain('redirectPayment');
  const accepted = await desk.client.post('/v1/orders', {
    body: { ...body, paymentKind: 'mobile_edy_fregi' },
  });
  expect(accepted.status).toBe(201);
});
