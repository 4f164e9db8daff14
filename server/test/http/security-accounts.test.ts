import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Client } from '../../../test/kit/clients.ts';
import { createTestDatabase } from '../../../test/kit/databases.ts';
import { isSignedIn, prove, someone, turnOn, visitor } from '../../../test/kit/people.ts';
import { Visitor } from '../../../test/kit/visitors.ts';
import { type DevEnv, openDevEnv, PASSWORD } from '../../../test/kit/worlds.ts';

/** Secrets of accounts: how they are made, kept, believed and never told. */
let env: DevEnv;
beforeAll(async () => {
  env = await openDevEnv();
});
beforeEach(async () => {
  await env.db.query('truncate "rateLimit"');
});

describe('passwords', () => {
  test.each([64, 128])('ASVS 6.2.9: a password of %i characters signs in', async (length) => {
    const { client, email } = await someone(env);
    const newPassword = 'Good letters & 数字 '.repeat(10).slice(0, length);
    const body = { currentPassword: PASSWORD, newPassword };
    expect((await client.post('/api/auth/change-password', { body })).status).toBe(200);
    expect((await new Visitor(env.url).signIn(email, newPassword)).status).toBe(200);
    expect((await new Visitor(env.url).signIn(email, newPassword.slice(0, -1))).status).toBe(401);
  });

  test('ASVS 6.2.10: a password of ten years ago is good, and nobody asks for another', async () => {
    const { email, id } = await someone(env);
    await env.db.query(
      `update "account" set "createdAt" = now() - interval '10 years',
          "updatedAt" = now() - interval '10 years' where "userId" = $1`,
      [id],
    );
    const here = new Visitor(env.url);
    const { status, body } = await here.signIn(email, PASSWORD);
    expect([status, JSON.stringify(body)]).toEqual([200, expect.not.stringMatching(/expire/i)]);
    expect(await isSignedIn(here)).toBe(true);
  });

  test('ASVS 6.3.2: a new database has no account', async () => {
    const { db } = await createTestDatabase();
    expect((await db.query('select from "user"')).rowCount).toBe(0);
    expect((await db.query('select from members')).rowCount).toBe(0);
  });

  test('ASVS 6.4.2: no member of the API is a hint or a secret question', () => {
    const text = JSON.stringify(env.renkei.app.swagger());
    const names = [...text.matchAll(/"(\w+)":\{"/g)].map(([, name = '']) => name);
    expect(names.length).toBeGreaterThan(500);
    expect(names.filter((name) => /hint|secretQuestion|securityQuestion/i.test(name))).toEqual([]);
  });
});

describe('the second factor', () => {
  test('ASVS 6.5.3, 6.5.4: seeds and recovery codes are long, and no two are alike', async () => {
    const seeds: string[] = [];
    const all: string[] = [];
    for (let n = 0; n < 3; n += 1) {
      const { email } = await someone(env);
      const here = await visitor(env, email);
      const { body } = await here.send('POST', '/api/auth/two-factor/enable', {
        body: { password: PASSWORD },
      });
      seeds.push(new URL(body.totpURI).searchParams.get('secret') ?? '');
      all.push(...body.backupCodes);
    }
    // 32 characters in base32, and ten of 62 letters and digits: 59 bits.
    for (const seed of seeds) expect(seed).toMatch(/^[A-Z2-7]{52}=*$/);
    for (const code of all) expect(code).toMatch(/^[A-Za-z0-9]{5}-[A-Za-z0-9]{5}$/);
    expect([new Set(seeds).size, new Set(all).size]).toEqual([3, 30]);
  });

  test.each([-2, 3])('ASVS 6.5.5: the code of step %i from now is refused', async (step) => {
    const { email } = await someone(env);
    const { app } = await turnOn(await visitor(env, email));
    const there = await visitor(env, email);
    expect((await prove(there, app.code(step))).status).toBe(401);
    expect(await isSignedIn(there)).toBe(false);
  });

  test('ASVS 11.3.3: a seed that was changed in the database opens nothing', async () => {
    const { email, id } = await someone(env);
    const { app } = await turnOn(await visitor(env, email));
    const { rows } = await env.db.query<{ secret: string }>(
      'select "secret" from "twoFactor" where "userId" = $1',
      [id],
    );
    const kept = rows[0]?.secret ?? '';
    const last = kept.endsWith('0') ? '1' : '0';
    await env.db.query('update "twoFactor" set "secret" = $2 where "userId" = $1', [
      id,
      kept.slice(0, -1) + last,
    ]);
    const there = await visitor(env, email);
    expect((await prove(there, app.code(1))).status).toBeGreaterThanOrEqual(400);
    expect(await isSignedIn(there)).toBe(false);
    await env.db.query('update "twoFactor" set "secret" = $2 where "userId" = $1', [id, kept]);
    expect((await prove(await visitor(env, email), app.code(1))).status).toBe(200);
  });
});

describe('sessions', () => {
  const tokenIn = (cookie: string) =>
    decodeURIComponent(/renkei\.session_token=([^;]+)/.exec(cookie)?.[1] ?? '');

  test('ASVS 7.2.2, 7.2.3: each sign-in has a token of its own, of 190 bits', async () => {
    const { email } = await someone(env);
    const tokens: string[] = [];
    for (let n = 0; n < 4; n += 1) tokens.push(tokenIn((await visitor(env, email)).cookie));
    for (const token of tokens) expect(token).toMatch(/^[A-Za-z0-9]{32}\.[\w+/]{43}=$/);
    expect(new Set(tokens.map((token) => token.split('.')[0])).size).toBe(4);
  });

  test('ASVS 7.2.1: a token that the server has not signed is nobody’s', async () => {
    const { client } = await someone(env);
    const [token = '', signature = ''] = tokenIn(client.cookie).split('.');
    const other = `${token.startsWith('A') ? 'B' : 'A'}${token.slice(1)}`;
    for (const forged of [
      `${other}.${signature}`,
      token,
      `${token}.`,
      `${token}.${'A'.repeat(43)}=`,
    ]) {
      const cookie = `renkei.session_token=${encodeURIComponent(forged)}`;
      expect((await new Client(env.url, cookie).get('/v1/me')).status).toBe(401);
    }
    expect(await isSignedIn(client)).toBe(true);
  });
});

test('ASVS 15.3.1: no answer about people holds a secret', async () => {
  const owner = await env.signIn('owner');
  const { rows } = await env.db.query<{ password: string; token: string }>(
    `select a."password", s."token" from "account" a join "session" s on s."userId" = a."userId"`,
  );
  expect(rows.length).toBeGreaterThan(0);
  for (const path of ['/v1/me', '/v1/account', '/v1/members', '/api/auth/get-session']) {
    const { status, body } = await owner.get(path);
    expect([path, status]).toEqual([path, 200]);
    const text = JSON.stringify(body);
    expect(text).not.toMatch(/"(password|token|secret|hash|backupCodes)":/);
    for (const { password, token } of rows) {
      expect(text.includes(password) || text.includes(token)).toBe(false);
    }
  }
});
