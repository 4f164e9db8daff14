import { once } from 'node:events';
import { connect } from 'node:net';
import { beforeAll, describe, expect, test } from 'vitest';
import { Client, type Reply } from '../../../test/kit/clients.ts';
import { type DevEnv, openDevEnv, PASSWORD } from '../../../test/kit/worlds.ts';

/** What every answer has, whatever was asked, of a server behind a TLS proxy. */
let env: DevEnv;
let owner: Client;
let nobody: Client;
let all: Readonly<Record<string, Reply>>;
beforeAll(async () => {
  env = await openDevEnv({ publicUrl: 'https://renkei.example.jp' });
  owner = await env.signIn('owner');
  nobody = new Client(env.url);
  all = await answers();
});

/** Answers of every kind: data, refusals at each depth, texts, and unknown paths. */
async function answers(): Promise<Readonly<Record<string, Reply>>> {
  const credentials = { email: 'nobody@example.jp', password: PASSWORD };
  return {
    'a list': await owner.get('/v1/orders'),
    'a refused list': await nobody.get('/v1/orders'),
    'a broken URL': await owner.get('/v1/orders/%ff'),
    'a wrong query': await owner.get('/v1/orders?limit=x'),
    'a wrong body': await owner.post('/v1/orders', { body: { no: 1 } }),
    'an unknown path of the API': await owner.get('/v1/nothing'),
    'another site': await owner.post('/v1/orders', { headers: { origin: 'https://evil.example' } }),
    'a wrong password': await nobody.post('/api/auth/sign-in/email', { body: credentials }),
    'the session': await owner.get('/api/auth/get-session'),
    health: await nobody.get('/healthz'),
    metrics: await nobody.get('/metrics'),
    'the description': await nobody.get('/openapi.json'),
    'the log as CSV': await owner.get('/v1/activity/csv'),
  };
}

describe('the headers of every answer', () => {
  test.each<[string, string, RegExp]>([
    [
      'ASVS 3.4.1: https is demanded for a year, of subdomains, too',
      'strict-transport-security',
      /^max-age=(31536000|[4-9]\d{7,}); includeSubDomains$/,
    ],
    [
      'ASVS 3.4.3, 3.7.1, 14.2.3: only our own scripts run, no plug-in does, and nothing is sent elsewhere',
      'content-security-policy',
      /^default-src 'self';script-src 'self';.*object-src 'none';base-uri 'none';form-action 'self'/,
    ],
    ['ASVS 3.4.4: no type is guessed', 'x-content-type-options', /^nosniff$/],
    ['ASVS 3.4.5: no other site learns an address', 'referrer-policy', /^no-referrer$/],
    ['ASVS 3.4.6: no page frames an answer', 'content-security-policy', /frame-ancestors 'none'/],
    ['ASVS 14.2.2, 14.3.2: no cache keeps an answer', 'cache-control', /^no-store$/],
    [
      'ASVS 4.1.1: the type is named, with its character set',
      'content-type',
      /^(application\/(problem\+)?json|text\/(plain|csv|html)|text\/plain; version=0\.0\.4)(;.*)?; ?charset=(utf-8|shift_jis)$/i,
    ],
  ])('%s', (_, name, wanted) => {
    for (const [what, { headers }] of Object.entries(all)) {
      expect(headers.get(name), what).toMatch(wanted);
    }
  });

  test('ASVS 3.4.2: no other origin may read an answer', async () => {
    const origin = 'https://evil.example';
    for (const [method, path] of [
      ['GET', '/v1/orders'],
      ['OPTIONS', '/v1/orders'],
      ['GET', '/openapi.json'],
    ] as const) {
      const { headers } = await owner.send(method, path, {
        headers: { origin, 'access-control-request-method': 'GET' },
      });
      const allowed = [...headers.keys()].filter((name) => name.startsWith('access-control'));
      expect([path, allowed]).toEqual([path, []]);
    }
  });

  test('ASVS 4.1.2: a request that came by http is answered, and is not redirected', async () => {
    const headers = { 'x-forwarded-proto': 'http' };
    expect((await nobody.get('/v1/orders', { headers })).status).toBe(401);
    expect((await owner.get('/v1/orders', { headers })).status).toBe(200);
    for (const [what, { status }] of Object.entries(all)) {
      expect([what, status >= 300 && status < 400]).toEqual([what, false]);
    }
  });
});

test('ASVS 3.3.1, 3.3.2, 3.3.3, 3.3.4: every cookie is for this very host, by https, and for no script', async () => {
  const { email } = (await owner.get('/v1/me')).body.user;
  const reply = await nobody.post('/api/auth/sign-in/email', {
    body: { email, password: PASSWORD },
  });
  const cookies = reply.headers.getSetCookie();
  expect(cookies.map((line) => line.split('=')[0]).toSorted()).toEqual([
    '__Host-renkei.browser',
    '__Host-renkei.session_token',
  ]);
  for (const line of cookies) {
    const rules = line.toLowerCase().split('; ').slice(1);
    expect(rules).toEqual(expect.arrayContaining(['path=/', 'secure', 'httponly', 'samesite=lax']));
    expect(line).not.toMatch(/domain=/i);
  }
});

test('ASVS 3.5.3: no GET changes anything of a shop', async () => {
  await env.order();
  const state = async () => {
    const { rows } = await env.db.query(
      `select (select sum(version) from orders) as orders, (select count(*) from journal) as journal,
          (select count(*) from operations) as operations, (select count(*) from mails) as mails,
          (select sum(version) from shops) as settings, (select count(*) from members) as members,
          (select count(*) from runs) as runs`, // that a file left the shop is logged (S8)
    );
    return rows;
  };
  const before = await state();
  const routes = env.renkei.app.declaredRoutes.filter(({ method, url }) => {
    return method === 'GET' && url.startsWith('/v1/');
  });
  expect(routes.length).toBeGreaterThan(30);
  const { rows } = await env.db.query<{ n: string }>(
    'select order_number as n from orders limit 1',
  );
  for (const { url } of routes.filter(({ url }) => !url.endsWith('/events'))) {
    await owner.get(url.replace(':orderNumber', rows[0]?.n ?? '').replace(/:\w+/g, 'hanamichi'));
  }
  expect(await state()).toEqual(before);
});

describe('requests on the wire', () => {
  async function say(request: string): Promise<string> {
    const socket = connect(Number(new URL(env.url).port), '127.0.0.1');
    await once(socket, 'connect');
    let said = '';
    socket.on('data', (bytes) => {
      said += String(bytes);
    });
    socket.on('error', () => {});
    socket.write(request);
    socket.setTimeout(30_000, () => socket.destroy());
    await once(socket, 'close');
    return said;
  }
  const POST = 'POST /v1/orders HTTP/1.1\r\nHost: localhost\r\n';

  test.each([
    ['two kinds of length', 'Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
    ['two lengths', 'Content-Length: 1\r\nContent-Length: 2\r\n\r\nxx'],
    ['a disguised encoding', 'Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n'],
    ['a length that is no number', 'Content-Length: +4\r\n\r\nxxxx'],
    ['a header broken by a bare line feed', 'X: a\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
    ['a blank before the colon', 'Content-Length : 4\r\n\r\nxxxx'],
  ])('ASVS 4.2.1: a request with %s is refused, and its connection ends', async (_, rest) => {
    const said = await say(`${POST}${rest}`);
    expect(said).toMatch(/^HTTP\/1\.1 400 /);
    expect(said.match(/HTTP\/1\.1/g)).toHaveLength(1);
  });

  test('ASVS 13.4.4: TRACE echoes nothing', async () => {
    const said = await say(
      'TRACE / HTTP/1.1\r\nHost: localhost\r\nX-Secret: canary\r\nConnection: close\r\n\r\n',
    );
    expect(said).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect(said).not.toContain('canary');
  });
});

test.each([
  '/.git/config',
  '/.git/HEAD',
  '/.env',
  '/package.json',
  '/%2e%2e/package.json',
  '/..%2f..%2fpackage.json',
  '/assets/..%2f..%2fpackage.json',
  '/assets/',
])('ASVS 13.4.1, 13.4.3: %s leads to no file and no listing', async (path) => {
  const { status, body, headers } = await owner.get(path);
  const isPage = status === 200 && /text\/html/.test(headers.get('content-type') ?? '');
  expect(isPage ? body.includes('<div id="root">') : status >= 400).toBe(true);
  expect(JSON.stringify(body)).not.toMatch(/renkei-workspace|repositoryformatversion|refs\/heads/);
});

test('ASVS 13.4.2, 16.3.4, 16.5.1: an error inside is logged whole, and its answer tells nothing', async () => {
  await env.db.query('alter table csv_layouts rename to csv_layouts_gone');
  try {
    const { status, body } = await owner.get('/v1/csv-layouts', { locale: 'en' });
    expect([status, body.code]).toEqual([500, 'internal_error']);
    expect(Object.keys(body).toSorted()).toEqual(
      ['code', 'detail', 'requestId', 'status', 'title', 'type'].toSorted(),
    );
    expect(JSON.stringify(body)).not.toMatch(/csv_layouts|select|relation|\.ts|node_modules/);
    expect(env.errors.map(String).join()).toContain('csv_layouts');
  } finally {
    await env.db.query('alter table csv_layouts_gone rename to csv_layouts');
  }
});
