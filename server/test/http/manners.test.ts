import { beforeAll, describe, expect, test } from 'vitest';
import { Client } from '../../../test/kit/clients.ts';
import { incoming } from '../../../test/kit/orders.ts';
import { type DevEnv, openDevEnv } from '../../../test/kit/worlds.ts';

/** The API's behaviour for any request. */
let env: DevEnv;
let clerk: Client;
beforeAll(async () => {
  env = await openDevEnv();
  clerk = await env.signIn('clerk');
});

describe('problems', () => {
  test.each([
    ['an unknown path', 'GET', '/v1/nothing', {}, 404, 'not_found'],
    ['an order that is not there', 'GET', '/v1/orders/999999999999', {}, 404, 'not_found'],
    ['a malformed order number', 'GET', '/v1/orders/12', {}, 422, 'invalid_request'],
    ['a broken body', 'POST', '/v1/orders', json('{'), 400, 'malformed_body'],
    ['no body', 'POST', '/v1/orders', json(''), 400, 'malformed_body'],
    ['a body of another kind', 'POST', '/v1/orders', xml(), 415, 'unsupported_media_type'],
    ['a body too long', 'POST', '/v1/orders', json(`"${'x'.repeat(2e6)}"`), 413, 'too_large'],
    ['an unknown field', 'POST', '/v1/orders', { body: { no: 1 } }, 422, 'invalid_request'],
    ['a broken URL', 'GET', '/v1/orders/%ff', {}, 400, 'malformed_body'],
    ['a foreign cursor', 'GET', '/v1/orders?cursor=x', {}, 422, 'bad_cursor'],
  ])('the API answers a problem to: %s', async (_what, method, path, wanted, status, code) => {
    const reply = await clerk.send(method, path, wanted);
    expect(reply.body).toMatchObject({ status, code, type: expect.stringContaining(code) });
    expect(reply.status).toBe(status);
    expect(reply.headers.get('content-type')).toMatch('application/problem+json');
    expect(reply.body.requestId).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('ASVS 2.2.2: a problem points at each wrong field', async () => {
    const body = incoming();
    const wrong = { ...body, amounts: { ...body.amounts, items: -1 }, placedAt: 'yesterday' };
    const reply = await clerk.post('/v1/orders', { body: wrong });
    const pointers = reply.body.errors.map(({ pointer }: { pointer: string }) => pointer);
    expect(pointers).toEqual(expect.arrayContaining(['/amounts/items', '/placedAt']));
  });

  test('problems are told in the language of the request', async () => {
    const say = async (locale: 'ja' | 'en') =>
      (await clerk.get('/v1/orders/999999999999', { locale })).body.detail;
    expect(await say('ja')).toBe('見つかりません。');
    expect(await say('en')).toBe('Not found in this shop.');
  });

  test('ASVS 2.3.1: a money command needs a key and the seen version', async () => {
    const path = `/v1/orders/${await env.order()}/payment`;
    const noKey = await clerk.post(path, { body: {}, version: 1, key: null });
    expect([noKey.status, noKey.body.code]).toEqual([428, 'key_required']);
    const noVersion = await clerk.post(path, { body: {} });
    expect([noVersion.status, noVersion.body.code]).toEqual([428, 'version_required']);
  });
});

function json(body: string) {
  return { body, headers: { 'content-type': 'application/json' } };
}

function xml() {
  return { body: '<order/>', headers: { 'content-type': 'application/xml' } };
}

describe('card data', () => {
  const CARD = '4111111111111111';
  test.each([
    ['a memo', { memo: `card ${CARD}` }, '/details/memo'],
    ['full width, with hyphens', { memo: '４１１１-１１１１-１１１１-１１１１' }, '/details/memo'],
    ['groups joined by long vowels', { memo: '4111ー1111ー1111ー1111' }, '/details/memo'],
    ['two lines', { customerMessage: '4111 1111\n1111 1111' }, '/details/customerMessage'],
    ['a security code', { memo: '12/28 CVV 123' }, '/details/memo'],
    ['the name of a field', { [`x${CARD}`]: 1 }, '/details'],
  ])('card data is refused in %s, and the answer names the field', async (_, changes, pointer) => {
    const order = incoming();
    const body = { ...order, details: { ...order.details, ...changes } };
    const reply = await clerk.post('/v1/orders', { body });
    expect([reply.status, reply.body.code]).toEqual([422, 'card_data_refused']);
    expect(reply.body.errors).toEqual([{ pointer, message: expect.any(String) }]);
    expect(JSON.stringify(reply.body)).not.toContain(CARD);
  });

  test.each([
    ['the search box', `/v1/orders?q=${CARD}`, '/q'],
    ['a URL that was encoded twice', `/v1/orders?q=${CARD.replace('4', '%2534')}`, '/q'],
    ['a path', `/v1/orders/${CARD}`, '/'],
  ])('card data is refused in %s', async (_, url, pointer) => {
    const reply = await clerk.get(url);
    expect([reply.status, reply.body.code]).toEqual([422, 'card_data_refused']);
    expect(reply.body.errors).toEqual([{ pointer, message: expect.any(String) }]);
  });

  test('card data is refused in a header', async () => {
    const reply = await clerk.get('/v1/orders', { headers: { 'idempotency-key': `k-${CARD}` } });
    expect([reply.status, reply.body.code]).toEqual([422, 'card_data_refused']);
    expect(reply.body.errors).toEqual([
      { pointer: '/idempotency-key', message: expect.any(String) },
    ]);
  });

  test.each([
    ['an ISBN', '9784874553282'],
    ['a JAN in a name', '万年筆【4901234701717】'],
    ['a postal code and a phone number', '〒100-0006 03-0000-0000'],
    ['two 送り状番号', '送り状 4512-3456-0009 4512-3456-7890'],
    ['an order number of another shop', '楽天 100000-20261101-0000123456'],
  ])('%s is taken in and searched for', async (_, text) => {
    const order = incoming();
    const body = { ...order, details: { ...order.details, memo: text } };
    expect((await clerk.post('/v1/orders', { body })).status).toBe(201);
    expect((await clerk.get(`/v1/orders?q=${encodeURIComponent(text)}`)).status).toBe(200);
  });

  test('an article number, a transaction number and pasted order numbers are no card numbers', async () => {
    const order = incoming();
    const [destination] = order.details.destinations;
    const [line] = destination?.lines ?? [];
    const lines = [{ ...line, productCode: '4900000000009' }];
    const destinations = [{ ...destination, lines }];
    const body = { ...order, details: { ...order.details, destinations } };
    expect((await clerk.post('/v1/orders', { body })).status).toBe(201);
    const pasted = `/v1/orders?q=${encodeURIComponent('100000394011 100000924506\n100000923704')}`;
    expect((await clerk.get(pasted)).status).toBe(200);
  });
});

describe('orders come in', () => {
  test('the same order twice changes nothing; other content under its number is refused', async () => {
    const body = incoming();
    const first = await clerk.post('/v1/orders', { body });
    expect(first.status).toBe(201);
    expect(first.headers.get('location')).toBe(`/v1/orders/${body.orderNumber}`);
    const second = await clerk.post('/v1/orders', { body });
    expect([second.status, second.body.version]).toEqual([200, 1]);
    const other = { ...body, amounts: { ...body.amounts, items: 1 } };
    const third = await clerk.post('/v1/orders', { body: { ...other, amounts: zero() } });
    expect([third.status, third.body.code]).toEqual([409, 'order_exists']);
  });

  test('ASVS 2.2.3: one 取引番号 belongs to one order', async () => {
    const body = incoming();
    await clerk.post('/v1/orders', { body });
    const another = { ...incoming(), transaction: body.transaction };
    const reply = await clerk.post('/v1/orders', { body: another });
    expect([reply.status, reply.body.code]).toEqual([409, 'transaction_taken']);
  });

  test('W4: one 発行番号 belongs to one order, and another order with it is refused', async () => {
    const byCounter = () => {
      const { transaction: _, ...order } = incoming({
        paymentKind: 'convenience_fregi',
        paymentMethod: 'コンビニ支払',
      });
      return { ...order, redirectPayment: { settleno: '00000000000009990001' } };
    };
    const [one, other] = [byCounter(), byCounter()];
    expect((await clerk.post('/v1/orders', { body: one })).status).toBe(201);
    const reply = await clerk.post('/v1/orders', { body: other });
    expect([reply.status, reply.body.code]).toEqual([409, 'redirect_payment_taken']);
    expect((await clerk.get(`/v1/orders/${other.orderNumber}`)).status).toBe(404);
  });

  test('a token is authorized at F-REGI, and works once', async () => {
    const token = await tokenOf('4980111111111111');
    const body = { ...incoming(), transaction: { kind: 'token', token } };
    const reply = await clerk.post('/v1/orders', { body });
    expect(reply.body.transaction).toMatchObject({ state: 'authorized', amount: 9_115 });
    const again = { ...incoming(), transaction: { kind: 'token', token } };
    const second = await clerk.post('/v1/orders', { body: again });
    expect(second.status).toBe(201);
    expect(second.body.transaction.state).not.toBe('authorized');
    expect(second.body.operation.state).toBe('declined');
    const stored = await env.db.query('select 1 from operations where card_token is not null');
    expect(stored.rowCount).toBe(0);
  });

  test('a declined card leaves the order, and says so', async () => {
    const token = await tokenOf('4980111111111155');
    const body = { ...incoming(), transaction: { kind: 'token', token } };
    const reply = await clerk.post('/v1/orders', { body });
    expect(reply.status).toBe(201);
    expect(reply.body.transaction.state).toBe('authorization_failed');
    expect(reply.body.operation.reason.code).toBe('card_declined');
  });

  test('a registered customer is authorized by 顧客番号', async () => {
    await fetch(`${env.sandbox.url}/sandbox/v1/customers`, {
      method: 'POST',
      body: JSON.stringify({ shopId: '90001', customerId: 'C77', pan: '4980111111111111' }),
    });
    const body = { ...incoming(), transaction: { kind: 'customer', customerId: 'C77' } };
    const reply = await clerk.post('/v1/orders', { body });
    expect(reply.body.transaction).toMatchObject({ state: 'authorized', amount: 9_115 });
  });
});

function zero() {
  return { items: 0, shipping: 0, paymentFee: 0, wrapping: 0, pointsUsed: 0, couponDiscount: 0 };
}

async function tokenOf(pan: string): Promise<string> {
  const url = `${env.sandbox.url}/sandbox/v1/tokens`;
  const answer = await fetch(url, { method: 'POST', body: JSON.stringify({ pan }) });
  return ((await answer.json()) as { token: string }).token;
}

describe('lists', () => {
  test('pages follow each other without gap or repeat; counts and sums are of all', async () => {
    for (let n = 0; n < 7; n += 1) await env.order();
    const numbers: string[] = [];
    let cursor: string | null = null;
    let count = 0;
    do {
      const next: string = cursor === null ? '' : `&cursor=${cursor}`;
      const { body } = await clerk.get(`/v1/orders?tab=unpaid&limit=3${next}`);
      numbers.push(...body.items.map(({ orderNumber }: { orderNumber: string }) => orderNumber));
      cursor = body.nextCursor;
      count = body.count;
    } while (cursor !== null);
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(numbers).toHaveLength(count);
    const all = (await clerk.get('/v1/orders?tab=unpaid')).body;
    const billed = all.items.reduce((sum: number, row: { billed: number }) => sum + row.billed, 0);
    expect(all).toMatchObject({ billed, count, tabs: { unpaid: count } });
  });
});

describe('search', () => {
  test.each([
    ['髙﨑', 'name'],
    ['タカサキ', 'kana'],
    ['06-0000-0000', 'phone'],
    ['HANAKO@example.jp', 'mail address'],
  ])('the search finds %s by the %s', async (q) => {
    await env.order();
    const { status, body } = await clerk.get(`/v1/orders?limit=1&q=${encodeURIComponent(q)}`);
    expect(status).toBe(200);
    expect(body.items[0].customerName).toBe('髙﨑 花子');
  });

  test('ASVS 1.2.4: the search finds an order by 取引番号, and nothing by text that looks like SQL', async () => {
    const orderNumber = await env.order();
    const { body } = await clerk.get(`/v1/orders?q=${orderNumber.padStart(20, '0')}`);
    expect(body).toMatchObject({ count: 1, items: [{ orderNumber }] });
    for (const q of ["'; drop table orders; --", '%', '\\', '_', '12%']) {
      const found = await clerk.get(`/v1/orders?q=${encodeURIComponent(q)}`);
      expect([found.status, found.body.count]).toEqual([200, 0]);
    }
  });
});

describe("the API's own reports", () => {
  test('ASVS 2.1.1: the API serves OpenAPI 3.1 from the schemas that check requests', async () => {
    const { body } = await new Client(env.url).get('/openapi.json');
    expect(body.openapi).toMatch(/^3\.1/);
    const pay = body.paths['/v1/orders/{orderNumber}/payment'].post;
    expect(Object.keys(pay.responses)).toEqual(expect.arrayContaining(['200', '202', '4XX']));
    expect(JSON.stringify(pay)).toContain('withoutGateway');
  });

  test('the API reports health, readiness and metrics', async () => {
    const nobody = new Client(env.url);
    expect((await nobody.get('/healthz')).body).toEqual({
      status: 'ok',
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
    });
    expect((await nobody.get('/readyz')).body).toEqual({ status: 'ok' });
    await clerk.post(`/v1/orders/${await env.order()}/payment`, { body: {}, version: 1 });
    const { body } = await nobody.get('/metrics');
    expect(body).toMatch(/renkei_operations_total\{outcome="succeeded"\} [1-9]/);
    expect(body).toMatch(/renkei_fregi_call_duration_seconds_count\{verb="sale",answer="done"\}/);
  });

  test('every answer forbids misuse by pages of other sites', async () => {
    const { headers } = await clerk.get('/v1/orders');
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/script-src[^;]*unsafe/);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });
});
