import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { beforeAll, describe, expect, test } from 'vitest';
import { Client } from '../../../test/kit/clients.ts';
import { incoming } from '../../../test/kit/orders.ts';
import { type DevEnv, openDevEnv } from '../../../test/kit/worlds.ts';

/** Who reaches the server by which name, what it tells strangers, and what it writes down. */
let env: DevEnv;
let clerk: Client;
const lines: Readonly<Record<string, unknown>>[] = [];
const TOKEN = 'a token of thirty-two characters or more';

beforeAll(async () => {
  env = await openDevEnv({
    metricsToken: TOKEN,
    securityContact: 'mailto:security@example.jp',
    onLog: (line) => void lines.push(line),
  });
  clerk = await env.signIn('clerk');
});

/** Asks with any Host header, which fetch does not allow. */
function askAs(host: string): Promise<number | undefined> {
  const { port } = env.renkei.app.server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path: '/healthz', headers: { host } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    })
      .on('error', reject)
      .end();
  });
}

describe('the host of a request', () => {
  test.each(['localhost', '127.0.0.1:80', '[::1]', '192.0.2.7', 'LOCALHOST:4180'])(
    'the server answers to %s',
    async (host) => {
      expect(await askAs(host)).toBe(200);
    },
  );

  test.each(['evil.example', 'localhost.evil.example', 'renkei', '127.0.0.1.evil.example', '@'])(
    'the server refuses another’s name: “%s”',
    async (host) => {
      expect(await askAs(host)).toBe(421);
    },
  );
});

describe('S14: what strangers learn', () => {
  test('ASVS 13.4.5: /metrics asks for the token and is not there for anybody else', async () => {
    const ask = (authorization?: string) =>
      new Client(env.url).get('/metrics', {
        headers: authorization === undefined ? {} : { authorization },
      });
    expect((await ask()).status).toBe(404);
    expect((await ask('Bearer wrong')).status).toBe(404);
    expect((await clerk.get('/metrics')).status).toBe(404);
    const { status, body } = await ask(`Bearer ${TOKEN}`);
    expect(status).toBe(200);
    expect(body).toContain('renkei_yen_at_risk');
  });
});

test('S22: security.txt says where a weakness is reported', async () => {
  const { status, headers, body } = await new Client(env.url).get('/.well-known/security.txt');
  expect([status, headers.get('content-type')]).toEqual([200, 'text/plain; charset=utf-8']);
  expect(body).toMatch(/^Contact: mailto:security@example\.jp\nExpires: 20\d\d-/);
});

describe('S16: the access log', () => {
  test('ASVS 16.2.5: the log names the parameters of a URL, never their values', async () => {
    lines.length = 0;
    await clerk.get(`/v1/orders?q=${encodeURIComponent('佐藤 花子')}&tab=all`);
    await expect.poll(() => lines.map(({ url }) => url)).toContain('/v1/orders?q&tab');
    expect(JSON.stringify(lines)).not.toMatch(/佐藤|%E4%BD%90/);
  });
});

describe('S22: sessions', () => {
  test('ASVS 3.3.4: no answer of signing in holds the token that its cookie holds', async () => {
    const { body } = await clerk.get('/api/auth/get-session');
    expect(body.user.name).toBe('clerk 1');
    expect(JSON.stringify(body)).not.toContain('token');
  });

  test('ASVS 14.3.1: signing out clears what the browser has kept', async () => {
    const leaver = await env.signIn('viewer');
    const { status, headers } = await leaver.post('/api/auth/sign-out', { body: {} });
    expect(status).toBe(200);
    expect(headers.get('clear-site-data')).toBe('"cache", "storage"');
  });
});

describe('S20: a customer’s mail address', () => {
  test.each([
    'first@example.jp, second@evil.example',
    'undisclosed: spy1@example.jp, spy2@example.jp;',
    '花子 <hanako@example.jp>',
    'no address',
  ])('ASVS 1.3.11: %s is not one address', async (email) => {
    const order = incoming();
    const customer = { ...order.details.customer, email };
    const { status, body } = await clerk.post('/v1/orders', {
      body: { ...order, details: { ...order.details, customer } },
    });
    expect(status).toBe(422);
    expect(body.errors[0].pointer).toBe('/details/customer/email');
  });

  test.each(['hanako@example.jp', 'a..b@docomo.example', 'a+b.@ezweb.example', ''])(
    '“%s” is taken',
    async (email) => {
      const order = incoming();
      const customer = { ...order.details.customer, email };
      const body = { ...order, details: { ...order.details, customer } };
      expect((await clerk.post('/v1/orders', { body })).status).toBe(201);
    },
  );
});

test('S21: a request that does not arrive in two minutes is ended', () => {
  expect(env.renkei.app.server.requestTimeout).toBe(120_000);
});
