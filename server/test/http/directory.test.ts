import { beforeAll, describe, expect, test } from 'vitest';
import {
  type CompanyDirectory,
  openCompanyDirectory,
} from '../../../test/kit/company-directory.ts';
import { accessLogOf, isSignedIn, someone, turnOn, visitor } from '../../../test/kit/people.ts';
import { Visitor } from '../../../test/kit/visitors.ts';
import { type DevEnv, openDevEnv } from '../../../test/kit/worlds.ts';

/** Signing in by the company directory, against a real provider of OpenID Connect. */
let directory: CompanyDirectory;
let env: DevEnv;
beforeAll(async () => {
  directory = await openCompanyDirectory();
  env = await openDevEnv({ directory: directory.settings });
});

/** A browser that follows redirects; both servers are on one host, which shares its cookies. */
class Wanderer {
  readonly cookies = new Map<string, string>();

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
    const reply = await this.#fetch(`${env.url}/api/auth/directory`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: env.url },
      body: '{}',
    });
    return ((await reply.json()) as { url: string }).url;
  }

  async get(path: string) {
    const reply = await this.#fetch(`${env.url}${path}`);
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

test('a person signs in by the directory; the first time links it, and both are logged', async () => {
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
  const REFUSED = '/sign-in?refused=directory';

  test('an address that the directory has not verified', async () => {
    const { email } = await someone(env);
    seat(email, false);
    const here = new Wanderer();
    expect([await signIn(here), await isIn(here)]).toEqual([REFUSED, false]);
  });

  test('an address that nobody has proved here', async () => {
    const { email, id } = await someone(env);
    await env.db.query('update "user" set "emailVerified" = false where id = $1', [id]);
    seat(email);
    const here = new Wanderer();
    expect([await signIn(here), await isIn(here)]).toEqual([REFUSED, false]);
  });

  test('a person without an account: none is made', async () => {
    seat('stranger@example.jp');
    const here = new Wanderer();
    expect([await signIn(here), await isIn(here)]).toEqual([REFUSED, false]);
    const { rows } = await env.db.query(`select from "user" where email = 'stranger@example.jp'`);
    expect(rows).toEqual([]);
  });

  test('an answer of the directory in another browser than the one that asked, or a second time', async () => {
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

test('the directory is no second factor, neither where a shop demands one nor instead of the app', async () => {
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
