import { generateKeyPairSync } from 'node:crypto';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  type CompanyDirectory,
  jwt,
  openCompanyDirectory,
  type Spoiling,
} from '../../../test/kit/company-directory.ts';
import { accessLogOf, isSignedIn, someone, turnOn, visitor } from '../../../test/kit/people.ts';
import { Visitor } from '../../../test/kit/visitors.ts';
import { type DevEnv, openDevEnv } from '../../../test/kit/worlds.ts';
import type { RequestLine } from '../../src/http/request.ts';

/** Signing in by the company directory, against a real provider of OpenID Connect. */
let directory: CompanyDirectory;
let env: DevEnv;
beforeAll(async () => {
  directory = await openCompanyDirectory();
  env = await openDevEnv({
    directory: directory.settings,
    onLog: (line) => void lines.push(line as RequestLine),
  });
});

const REFUSED = '/sign-in?refused=directory';
const lines: RequestLine[] = [];
/** Expects that the browser is not signed in, and that the access log says why. */
async function expectRefused(here: Wanderer, cause: string): Promise<void> {
  expect([await signIn(here), await isIn(here)]).toEqual([REFUSED, false]);
  const causes = () => lines.filter(({ problem }) => problem?.startsWith('directory_refused'));
  await expect.poll(() => causes().at(-1)?.problem).toBe(`directory_refused ${cause}`);
}

/** A browser that follows redirects; both servers are on one host, which shares its cookies. */
class Wanderer {
  readonly #url: string;
  readonly cookies = new Map<string, string>();

  constructor(url = env.url) {
    this.#url = url;
  }

  get cookie(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  /** Follows to the end, or until an address that `stop` knows. */
  async follow(from: string, stop: (url: string) => boolean = () => false): Promise<string> {
    let url = from;
    for (let hops = 0; hops < 15 && !stop(url); hops += 1) {
      const reply = await this.#fetch(url);
      const next = reply.headers.get('location');
      if (next === null) return url;
      url = new URL(next, url).href;
    }
    return url;
  }

  async begin(): Promise<string> {
    const reply = await this.#fetch(`${this.#url}/api/auth/directory`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: this.#url },
      body: '{}',
    });
    return ((await reply.json()) as { url: string }).url;
  }

  async get(path: string) {
    const reply = await this.#fetch(`${this.#url}${path}`);
    return { status: reply.status, body: JSON.parse(await reply.text()) };
  }

  async #fetch(url: string, { headers = {}, ...init }: RequestInit = {}): Promise<Response> {
    const sent = new Headers(headers);
    sent.set('cookie', this.cookie);
    const reply = await fetch(url, { ...init, headers: sent, redirect: 'manual' });
    for (const line of reply.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      this.cookies.set(name, value);
    }
    return reply;
  }
}

const isCallback = (url: string) => url.includes('/api/auth/callback/');
let subjects = 0;
/** Seats a person of the directory who has an address. */
function seat(email: string, isVerified = true) {
  subjects += 1;
  directory.seat({ sub: `subject-${subjects}`, email, isVerified });
}

/** Signs in at the directory; resolves to the page at the end. */
async function signIn(here: Wanderer): Promise<string> {
  const end = new URL(await here.follow(await here.begin()));
  return `${end.pathname}${end.search}`;
}

const isIn = async (here: Wanderer) => (await here.get('/v1/me')).status === 200;

test('ASVS 10.1.1: a person signs in by the directory; the first time links it, and both are logged', async () => {
  const { email, id } = await someone(env);
  seat(email);
  const here = new Wanderer();
  expect(await signIn(here)).toBe('/');
  const { body } = await here.get('/v1/account');
  expect(body).toMatchObject({ email, hasSecondFactor: false });
  expect(body.sessions[0]).toMatchObject({ isThis: true, begunBy: 'directory' });
  expect(await signIn(new Wanderer())).toBe('/');
  expect((await accessLogOf(env, id)).slice(-3)).toEqual([
    'directory_linked',
    'signed_in directory',
    'signed_in directory',
  ]);
  const { rows } = await env.db.query(
    `select "accessToken", "refreshToken", "idToken" from "account"
      where "userId" = $1 and "providerId" = 'directory'`,
    [id],
  );
  expect(rows).toEqual([{ accessToken: null, refreshToken: null, idToken: null }]);
});

describe('who is refused', () => {
  test('an address that the directory has not verified', async () => {
    const { email } = await someone(env);
    seat(email, false);
    await expectRefused(new Wanderer(), 'account_not_linked');
  });

  test('an address that nobody has proved here', async () => {
    const { email, id } = await someone(env);
    await env.db.query('update "user" set "emailVerified" = false where id = $1', [id]);
    seat(email);
    await expectRefused(new Wanderer(), 'account_not_linked');
  });

  test('a person without an account: none is made', async () => {
    seat('stranger@example.jp');
    await expectRefused(new Wanderer(), 'signup_disabled');
    const { rows } = await env.db.query(`select from "user" where email = 'stranger@example.jp'`);
    expect(rows).toEqual([]);
  });

  test('ASVS 7.6.2, 10.1.2, 10.2.1: an answer of the directory in another browser than the one that asked, or a second time', async () => {
    const { email } = await someone(env);
    seat(email);
    const [here, there] = [new Wanderer(), new Wanderer()];
    const callback = await here.follow(await here.begin(), isCallback);
    expect(isCallback(callback)).toBe(true);
    expect(await there.follow(callback)).toBe(`${env.url}${REFUSED}`);
    expect(await isIn(there)).toBe(false);
    const next = new Wanderer();
    const fresh = await next.follow(await next.begin(), isCallback);
    expect(await next.follow(fresh)).toBe(`${env.url}/`);
    const again = new Wanderer();
    for (const [name, value] of next.cookies) {
      if (!name.includes('session')) again.cookies.set(name, value);
    }
    expect(await again.follow(fresh)).toBe(`${env.url}${REFUSED}`);
    expect(await isIn(again)).toBe(false);
  });

  test('an answer with an invented code or state, or of another issuer', async () => {
    const { email } = await someone(env);
    seat(email);
    for (const [name, value] of [
      ['code', 'invented'],
      ['state', 'invented'],
      ['iss', 'https://elsewhere.example'],
    ] as const) {
      const here = new Wanderer();
      const callback = new URL(await here.follow(await here.begin(), isCallback));
      callback.searchParams.set(name, value);
      expect(await here.follow(callback.href), name).toBe(`${env.url}${REFUSED}`);
      expect(await isIn(here)).toBe(false);
    }
  });
});

describe('an ID token', () => {
  const { privateKey: other, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const ago = (seconds: number) => Math.floor(Date.now() / 1_000) - seconds;
  const SPOILT: readonly (readonly [string, Spoiling])[] = [
    ['that is not signed', (claims) => jwt(claims, null)],
    ['that another key has signed', (claims) => jwt(claims, other)],
    [
      'that brings its own key',
      (claims) => jwt(claims, other, { jwk: publicKey.export({ format: 'jwk' }) }),
    ],
    [
      'that the client’s secret has signed',
      (claims) => jwt(claims, directory.settings.clientSecret),
    ],
    ['that has expired', (claims, { key }) => jwt({ ...claims, exp: ago(60) }, key)],
    ['that is not valid yet', (claims, { key }) => jwt({ ...claims, nbf: ago(-600) }, key)],
    ['for another client', (claims, { key }) => jwt({ ...claims, aud: 'another' }, key)],
    [
      'of another issuer',
      (claims, { key }) => jwt({ ...claims, iss: 'https://elsewhere.example' }, key),
    ],
    ['of another sign-in', (claims, { key }) => jwt({ ...claims, nonce: 'another' }, key)],
    ['without a nonce', ({ nonce: _, ...claims }, { key }) => jwt(claims, key)],
    ['that is missing', () => undefined],
  ];
  afterEach(() => directory.spoil(null));

  test('an ID token in which nothing is spoilt signs in', async () => {
    seat((await someone(env)).email);
    directory.spoil((claims, { key }) => jwt(claims, key));
    expect(await signIn(new Wanderer())).toBe('/');
  });

  test.each(SPOILT)(
    'ASVS 6.8.2, 9.1.1, 9.1.2, 9.1.3, 9.2.1, 9.2.2, 9.2.3, 9.2.4, 10.5.1, 10.5.4: an ID token %s is refused',
    async (_, spoiling) => {
      seat((await someone(env)).email);
      directory.spoil(spoiling);
      await expectRefused(new Wanderer(), 'unable_to_get_user_info');
    },
  );

  test('ASVS 10.5.3: metadata that bear another name than the setting are refused', async () => {
    const settings = { ...directory.settings, issuer: `${directory.settings.issuer}/` };
    const there = await openDevEnv({
      directory: settings,
      onLog: (line) => void lines.push(line as RequestLine),
    });
    seat((await someone(there)).email);
    await expectRefused(new Wanderer(there.url), 'unable_to_get_user_info');
  });
});

describe('issuer and subject name the person', () => {
  const emailOf = async (here: Wanderer) => (await here.get('/v1/me')).body.user.email;

  test('ASVS 10.5.2: a person to whom the directory gives another address stays the same person', async () => {
    const { email } = await someone(env);
    directory.seat({ sub: 'tanaka', email, isVerified: true });
    await signIn(new Wanderer());
    directory.seat({ sub: 'tanaka', email: 'married@example.jp', isVerified: true });
    const here = new Wanderer();
    expect([await signIn(here), await emailOf(here)]).toEqual(['/', email]);
  });

  test('whoever is given a former person’s address at the directory does not become that person', async () => {
    const { email } = await someone(env);
    directory.seat({ sub: 'former', email, isVerified: true });
    await signIn(new Wanderer());
    directory.seat({ sub: 'next', email, isVerified: true });
    await expectRefused(new Wanderer(), 'unable_to_link_account');
  });

  test('ASVS 6.8.1: the same subject at a former directory is somebody else', async () => {
    const [former, present] = [await someone(env), await someone(env)];
    directory.seat({ sub: '1', email: former.email, isVerified: true });
    await signIn(new Wanderer());
    await env.db.query(
      `update "account" set "accountId" = replace("accountId", $2, 'https://former.example')
        where "userId" = $1 and "providerId" = 'directory'`,
      [former.id, directory.settings.issuer],
    );
    directory.seat({ sub: '1', email: present.email, isVerified: true });
    const here = new Wanderer();
    expect([await signIn(here), await emailOf(here)]).toEqual(['/', present.email]);
    directory.seat({ sub: '2', email: former.email, isVerified: true });
    const there = new Wanderer();
    expect([await signIn(there), await emailOf(there)]).toEqual(['/', former.email]);
  });
});

test('ASVS 7.6.1: a session by the directory ends by the shop’s times', async () => {
  const { email, id } = await someone(env);
  seat(email);
  const here = new Wanderer();
  await signIn(here);
  await env.db.query(
    `update "session" set "createdAt" = now() - interval '13 hours', "updatedAt" = now()
      where "userId" = $1`,
    [id],
  );
  expect(await isIn(here)).toBe(false);
});

test('ASVS 6.8.4: the directory is no second factor, neither where a shop demands one nor instead of the app', async () => {
  const { email } = await someone(env);
  await turnOn(await visitor(env, email));
  seat(email);
  const here = new Wanderer();
  await signIn(here);
  await env.db.query(`update shops set require_two_factor = true where shop_id = 'hanamichi'`);
  expect((await here.get('/v1/orders')).body.code).toBe('second_factor_wanted');
  await env.db.query('update shops set require_two_factor = false');
});

test('a directory that is out of reach stops nobody who signs in by password', async () => {
  const settings = { ...directory.settings, issuer: 'http://127.0.0.1:1' };
  const alone = await openDevEnv({ directory: settings });
  const { email } = await someone(alone);
  expect(await isSignedIn(await visitor(alone, email))).toBe(true);
  const reply = await new Visitor(alone.url).send('POST', '/api/auth/directory', { body: {} });
  expect([reply.status, reply.body.code]).toEqual([503, 'directory_unreachable']);
});

test('without a directory nothing of it is there', async () => {
  const alone = await openDevEnv();
  const here = new Visitor(alone.url);
  expect((await here.get('/v1/sign-in-ways')).body).toEqual({ directory: null });
  expect((await here.send('POST', '/api/auth/directory', { body: {} })).status).toBe(404);
  expect((await here.get('/api/auth/callback/directory?code=a&state=b')).status).toBe(404);
});
