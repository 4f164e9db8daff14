import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Client } from '../../../test/kit/clients.ts';
import { incoming } from '../../../test/kit/orders.ts';
import { type DevEnv, openDevEnv } from '../../../test/kit/worlds.ts';

/** Hostile input through the front door: what becomes of it, and what the log says. */
let env: DevEnv;
let owner: Client;
const lines: Readonly<Record<string, unknown>>[] = [];
beforeAll(async () => {
  env = await openDevEnv({ onLog: (line) => void lines.push(line) });
  owner = await env.signIn('owner');
});
beforeEach(() => {
  lines.length = 0;
});

function withMemo(memo: string) {
  const order = incoming();
  return { ...order, details: { ...order.details, memo } };
}

describe('text', () => {
  test.each(['%2541%41', '&lt;b&gt;&amp;amp;', String.raw`\u0041\x41`, 'a+b%20c'])(
    'ASVS 1.1.1: “%s” is decoded no second time',
    async (memo) => {
      const body = withMemo(memo);
      expect((await owner.post('/v1/orders', { body })).status).toBe(201);
      const read = await owner.get(`/v1/orders/${body.orderNumber}`);
      expect(read.body.details.memo).toBe(memo);
    },
  );

  test.each([
    '</script><script>alert(1)</script>',
    '"},{"admin":true,"x":"',
    '<img src=x onerror=alert(1)>\u2028\u2029',
    "'; --\\",
  ])(
    'ASVS 1.2.1, 1.2.3, 3.2.1: “%s” stays a text of JSON, which no browser renders',
    async (memo) => {
      const body = withMemo(memo);
      expect((await owner.post('/v1/orders', { body })).status).toBe(201);
      const { headers, body: read } = await owner.get(`/v1/orders/${body.orderNumber}`);
      expect(read.details.memo).toBe(memo);
      expect(read.admin).toBeUndefined();
      expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toContain("default-src 'self'");
    },
  );
});

describe('values', () => {
  test.each(['-1', '1.5', '9007199254740993', '1e400', '"100"', 'true', 'null', '[1]', '{}'])(
    'ASVS 1.4.2, 2.2.1, 15.3.5: an amount of %s is refused, and not converted',
    async (amount) => {
      const order = JSON.stringify(incoming()).replace(/"items":\d+/, `"items":${amount}`);
      expect(order).toContain(`"items":${amount}`);
      const reply = await owner.post('/v1/orders', {
        body: order,
        headers: { 'content-type': 'application/json' },
      });
      expect([reply.status, reply.body.code]).toEqual([422, 'invalid_request']);
      expect(reply.body.errors[0].pointer).toMatch(/^\/amounts/);
    },
  );

  test.each([
    '{"__proto__":{"polluted":true}}',
    '{"constructor":{"prototype":{"polluted":true}}}',
    '{"details":{"__proto__":{"polluted":true}}}',
  ])('ASVS 15.3.6: %s pollutes nothing', async (body) => {
    for (const path of ['/v1/orders', '/api/auth/sign-in/email', '/v1/selections']) {
      const headers = { 'content-type': 'application/json' };
      const { status } = await owner.post(path, { body, headers });
      expect([path, status >= 400 && status < 500]).toEqual([path, true]);
    }
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  test.each(['limit=1&limit=2', 'shop=hanamichi&shop=minato', 'q=a&q=b', 'tab=all&tab=unpaid'])(
    'ASVS 15.3.7: a parameter given twice is refused: %s',
    async (query) => {
      expect((await owner.get(`/v1/orders?${query}`)).status).toBeGreaterThanOrEqual(400);
    },
  );
});

describe('files', () => {
  test.each(['../../../../tmp/renkei-evil.html', '/tmp/renkei-evil.html', 'C:\\renkei-evil.html'])(
    'ASVS 5.3.1, 5.3.2: the name “%s” leads to no file',
    async (name) => {
      const reply = await owner.post(
        `/v1/sightings/console-csv?exportedAt=${new Date().toISOString()}&mode=import&encoding=utf-8&name=${encodeURIComponent(name)}`,
        { body: Buffer.from('<script>1</script>'), headers: { 'content-type': 'text/csv' } },
      );
      expect([200, 422]).toContain(reply.status);
      expect(existsSync(join(tmpdir(), 'renkei-evil.html'))).toBe(false);
      const { body } = await owner.get('/renkei-evil.html');
      expect(JSON.stringify(body)).not.toContain('<script>1</script>');
    },
  );

  test('ASVS 5.4.1, 5.4.2: a download has a name of ours, with every special character encoded', async () => {
    await env.order();
    const name = `x"; filename="evil.exe'(é)`;
    const columns = [{ field: 'orderNumber' }];
    const layout = { name, per: 'order', encoding: 'utf-8', columns };
    const made = await owner.post('/v1/csv-layouts', { body: layout });
    expect(made.status).toBe(201);
    const selection = await owner.post('/v1/selections', { body: { tab: 'all' } });
    const { status, headers } = await owner.get(
      `/v1/exports?selection=${selection.body.id}&layout=${made.body.id}`,
    );
    expect(status).toBe(200);
    const disposition = headers.get('content-disposition') ?? '';
    expect(disposition).toMatch(/^attachment; filename\*=UTF-8''[\w%.~!-]+\.csv$/);
    expect(decodeURIComponent(disposition)).toContain(name);
  });
});

describe('the access log', () => {
  test('ASVS 16.2.1, 16.3.2: a refused permission stands there with person, address and route', async () => {
    const viewer = await env.signIn('viewer');
    const { id } = (await viewer.get('/v1/me')).body.user;
    await viewer.send('PATCH', '/v1/settings', { body: {}, version: 1 });
    await expect
      .poll(() => lines)
      .toContainEqual(
        expect.objectContaining({
          at: 'http',
          id: expect.stringMatching(/^[0-9a-f-]{36}$/),
          person: id,
          ip: '127.0.0.1',
          method: 'PATCH',
          url: '/v1/settings',
          status: 403,
          problem: 'forbidden',
        }),
      );
  });

  test.each<[string, (client: Client) => Promise<unknown>, string]>([
    ['a wrong field', (one) => one.post('/v1/orders', { body: { no: 1 } }), 'invalid_request'],
    ['a card', (one) => one.get('/v1/orders?q=4111111111111111'), 'card_data_refused'],
    ['a broken URL', (one) => one.get('/v1/orders/%ff'), 'malformed_body'],
    ['no session', ({ url }) => new Client(url).get('/v1/orders'), 'not_signed_in'],
    ['another shop', (one) => one.get('/v1/orders?shop=minato'), 'not_found'],
    [
      'another site',
      (one) => one.post('/v1/orders', { headers: { origin: 'https://evil.example' } }),
      'other_site',
    ],
  ])(
    'ASVS 16.3.3: an attempt with %s stands there with its refusal',
    async (_, attempt, problem) => {
      await attempt(owner);
      await expect.poll(() => lines.map((line) => line.problem)).toContain(problem);
    },
  );

  test('ASVS 16.4.1: a line break in a URL makes no second line', async () => {
    await owner.get(`/v1/%0d%0a${encodeURIComponent('{"level":60,"at":"forged"}')}?a%0ab=1`);
    await expect.poll(() => lines.length).toBeGreaterThan(0);
    for (const line of lines) expect(JSON.stringify(line)).not.toMatch(/\n|"at":"forged"/);
    expect(lines.map(({ at }) => at)).not.toContain('forged');
  });
});
