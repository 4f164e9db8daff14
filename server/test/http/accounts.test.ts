import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  accessLogOf,
  isSignedIn,
  prove,
  someone,
  turnOn,
  visitor,
} from '../../../test/kit/people.ts';
import { Visitor } from '../../../test/kit/visitors.ts';
import { type DevEnv, openDevEnv, PASSWORD, SHOPS } from '../../../test/kit/worlds.ts';
import { AUTH_PATHS } from '../../src/http/routes/account/auth.ts';

/** A person's own account: password, second factor, sessions, and what the shop's log says. */
let env: DevEnv;
beforeAll(async () => {
  env = await openDevEnv();
});

const OTHER_PASSWORD = 'another rather long one';

describe('the paths of signing in', () => {
  test('ASVS 15.3.3: every path takes its own members and refuses any other', async () => {
    const { client } = await someone(env);
    const bodies: Readonly<Record<string, object>> = {
      '/sign-in/email': { email: 'nobody@example.jp', password: PASSWORD },
      '/sign-out': {},
      '/change-password': { currentPassword: 'not the right one', newPassword: OTHER_PASSWORD },
      '/two-factor/enable': { password: 'not the right one' },
      '/two-factor/disable': { password: 'not the right one' },
      '/two-factor/generate-backup-codes': { password: 'not the right one' },
      '/two-factor/verify-totp': { code: '000000' },
      '/two-factor/verify-backup-code': { code: 'aaaaa-bbbbb' },
      '/directory': {},
      '/passkey/options': {},
      '/passkey/sign-in': {
        passkey: {
          id: 'a',
          rawId: 'a',
          type: 'public-key',
          response: { clientDataJSON: 'a', authenticatorData: 'a', signature: 'a' },
        },
      },
    };
    const options = ['revokeOtherSessions', 'rememberMe', 'trustDevice', 'issuer', 'callbackURL'];
    for (const { method, path } of AUTH_PATHS.filter((one) => one.method === 'POST')) {
      const body = bodies[path];
      expect(body, path).toBeDefined();
      for (const option of [...options, 'disableSession', 'method', 'fetchOptions']) {
        const reply = await client.send(method, `/api/auth${path}`, {
          body: { ...body, [option]: true },
        });
        expect([path, option, reply.status]).toEqual([path, option, 422]);
      }
    }
    expect((await client.get('/api/auth/get-session?disableCookieCache=true')).status).toBe(422);
    expect(await isSignedIn(client)).toBe(true);
  });

  test('ASVS 6.3.4: a path that better-auth knows and Renkei does not name is not there', async () => {
    const { client } = await someone(env);
    for (const path of ['/list-sessions', '/revoke-sessions', '/reset-password', '/delete-user']) {
      expect((await client.post(`/api/auth${path}`, { body: {} })).status).toBe(404);
    }
  });
});

describe('S10: what ends a session', () => {
  test('ASVS 7.4.3: a changed password ends every other session', async () => {
    const { email, id, client } = await someone(env);
    const here = await visitor(env, email);
    const body = { currentPassword: PASSWORD, newPassword: OTHER_PASSWORD };
    expect((await here.send('POST', '/api/auth/change-password', { body })).status).toBe(200);
    expect([await isSignedIn(here), await isSignedIn(client)]).toEqual([true, false]);
    expect((await new Visitor(env.url).signIn(email, PASSWORD)).status).toBe(401);
    expect(await isSignedIn(await visitor(env, email, OTHER_PASSWORD))).toBe(true);
    expect((await accessLogOf(env, id)).slice(3)).toEqual([
      'password_changed',
      'sign_in_failed password',
      'signed_in password',
    ]);
  });

  test('ASVS 7.4.3: turning two-step sign-in on or off ends every other session', async () => {
    const { email, client } = await someone(env);
    const here = await visitor(env, email);
    const { app } = await turnOn(here);
    expect([await isSignedIn(here), await isSignedIn(client)]).toEqual([true, false]);
    const there = await visitor(env, email);
    await prove(there, app.code(1));
    expect(await isSignedIn(there)).toBe(true);
    const body = { password: PASSWORD };
    expect((await here.send('POST', '/api/auth/two-factor/disable', { body })).status).toBe(200);
    expect([await isSignedIn(here), await isSignedIn(there)]).toEqual([true, false]);
  });

  test('a password that is changed in any other way ends every session', async () => {
    const { id, client } = await someone(env);
    await env.db.query(`update "account" set "password" = 'x' where "userId" = $1`, [id]);
    expect(await isSignedIn(client)).toBe(false);
  });

  test('ASVS 7.2.4: signing in anew ends the session that the browser had', async () => {
    const [first, second] = [await someone(env), await someone(env)];
    for (const next of [first, second]) {
      const here = await visitor(env, first.email);
      const { cookie } = here;
      expect((await here.signIn(next.email, PASSWORD)).status).toBe(200);
      expect((await here.get('/v1/me')).body.user.email).toBe(next.email);
      const former = await new Visitor(env.url).get('/v1/me', { headers: { cookie } });
      expect(former.status).toBe(401);
    }
  });

  test('a wrong password leaves the session that the browser had', async () => {
    const { email } = await someone(env);
    const here = await visitor(env, email);
    expect((await here.signIn(email, 'not the right one')).status).toBe(401);
    expect(await isSignedIn(here)).toBe(true);
  });
});

describe('S10: how long a session lasts, by the database’s clock', () => {
  /** Makes a person's sessions older, as if that time had passed. */
  async function age(id: string, { begun, used }: { begun: string; used: string }) {
    await env.db.query(
      `update "session" set "createdAt" = now() - $2::interval, "updatedAt" = now() - $3::interval,
          "expiresAt" = "expiresAt" - $3::interval where "userId" = $1`,
      [id, begun, used],
    );
  }
  async function endsIn(id: string): Promise<number> {
    const { rows } = await env.db.query<{ minutes: number }>(
      `select round(extract(epoch from "expiresAt" - now()) / 60)::int as minutes
         from "session" where "userId" = $1`,
      [id],
    );
    return rows[0]?.minutes ?? 0;
  }

  test('ASVS 7.3.1: an hour without a request ends it; a request prolongs it', async () => {
    const { id, client } = await someone(env);
    await age(id, { begun: '2 hours', used: '59 minutes' });
    expect(await isSignedIn(client)).toBe(true);
    expect(await endsIn(id)).toBe(60);
    await age(id, { begun: '3 hours', used: '61 minutes' });
    expect(await isSignedIn(client)).toBe(false);
  });

  test('ASVS 7.3.2: 12 hours after the sign-in it ends, however much it is used', async () => {
    const { id, client } = await someone(env);
    await age(id, { begun: '11 hours 50 minutes', used: '5 minutes' });
    expect(await isSignedIn(client)).toBe(true);
    expect(await endsIn(id)).toBe(10);
    await age(id, { begun: '12 hours 1 minute', used: '5 minutes' });
    expect(await isSignedIn(client)).toBe(false);
  });

  test('a session of 90 days is not prolonged', async () => {
    const { id, client } = await someone(env);
    await age(id, { begun: '90 days', used: '55 minutes' });
    expect(await isSignedIn(client)).toBe(false);
  });

  test('a screen that reads again by itself does not prolong it', async () => {
    const { id, client } = await someone(env);
    await age(id, { begun: '2 hours', used: '30 minutes' });
    await client.get('/v1/orders', { headers: { 'renkei-unattended': '1' } });
    expect(await endsIn(id)).toBe(30);
  });

  test('the cookie lasts no longer than the longest session that a shop can set', async () => {
    const { email } = await someone(env);
    const { headers } = await new Visitor(env.url).signIn(email, PASSWORD);
    expect(headers.getSetCookie().join('\n')).toMatch(/session_token=.*Max-Age=86400/);
  });

  describe('by the shop’s setting', () => {
    type Ends = { readonly idleMinutes: number; readonly hours: number };
    const USUAL = { idleMinutes: 60, hours: 12 };

    async function set(sessionEnds: Ends, shopId = 'hanamichi') {
      const owner = await env.signIn('owner', shopId);
      const { version } = (await owner.get('/v1/settings')).body;
      return owner.send('PATCH', '/v1/settings', { version, body: { sessionEnds } });
    }
    afterEach(async () => {
      for (const { shopId } of SHOPS) await set(USUAL, shopId);
    });

    test('ASVS 7.1.1: a shorter time holds at once, a longer one from the next request', async () => {
      const { id, client } = await someone(env);
      expect((await client.get('/v1/account')).body.sessionEnds).toEqual(USUAL);
      expect((await set({ idleMinutes: 15, hours: 8 })).status).toBe(200);
      expect(await endsIn(id)).toBe(15);
      await set({ idleMinutes: 720, hours: 24 });
      expect(await endsIn(id)).toBe(15);
      await age(id, { begun: '13 hours', used: '11 hours' });
      expect(await isSignedIn(client)).toBe(true);
      expect(await endsIn(id)).toBe(660);
      await set({ idleMinutes: 720, hours: 12 });
      expect(await isSignedIn(client)).toBe(false);
    });

    test('a session that has ended does not come back with a longer time', async () => {
      const { id, client } = await someone(env);
      await age(id, { begun: '2 hours', used: '61 minutes' });
      await set({ idleMinutes: 720, hours: 24 });
      expect(await isSignedIn(client)).toBe(false);
    });

    test('who works in several shops has the shortest times of them, from the first day', async () => {
      const { id, client } = await someone(env);
      await set({ idleMinutes: 120, hours: 2 });
      await set({ idleMinutes: 5, hours: 24 }, 'minato');
      await env.db.query(
        `insert into members (shop_id, user_id, role) values ('minato', $1, 'viewer')`,
        [id],
      );
      expect(await endsIn(id)).toBe(5);
      const { sessionEnds } = (await client.get('/v1/account')).body;
      expect(sessionEnds).toEqual({ idleMinutes: 5, hours: 2 });
      await age(id, { begun: '2 hours 1 minute', used: '1 minute' });
      expect(await isSignedIn(client)).toBe(false);
    });

    test('an owner alone sets 5 to 720 minutes and 1 to 24 hours; the log has both states', async () => {
      for (const wrong of [
        { idleMinutes: 4, hours: 12 },
        { idleMinutes: 721, hours: 12 },
        { idleMinutes: 60, hours: 0 },
        { idleMinutes: 60, hours: 25 },
        { idleMinutes: 30.5, hours: 12 },
      ]) {
        expect((await set(wrong)).status).toBe(422);
      }
      const clerk = await env.signIn('clerk');
      const body = { sessionEnds: { idleMinutes: 720, hours: 24 } };
      expect((await clerk.send('PATCH', '/v1/settings', { version: 1, body })).status).toBe(403);
      await set({ idleMinutes: 15, hours: 8 });
      const owner = await env.signIn('owner');
      const [last] = (await owner.get('/v1/settings/log')).body.items;
      expect(last).toMatchObject({
        before: { sessionEnds: USUAL },
        after: { sessionEnds: { idleMinutes: 15, hours: 8 } },
      });
    });
  });
});

describe('/v1/account', () => {
  test('a person sees the own sessions, with place, time and browser, and ends one of them', async () => {
    const { email, id, client } = await someone(env);
    const there = new Visitor(env.url);
    const headers = { 'user-agent': 'Mozilla/5.0 (Macintosh) Firefox/140.0' };
    await there.send('POST', '/api/auth/sign-in/email', {
      body: { email, password: PASSWORD },
      headers,
    });
    const { body } = await client.get('/v1/account');
    expect(body).toMatchObject({ email, hasSecondFactor: false, recoveryCodes: null });
    expect(body.sessions).toMatchObject([
      { isThis: false, ip: '127.0.0.1', userAgent: headers['user-agent'], begunBy: 'password' },
      { isThis: true },
    ]);
    expect(JSON.stringify(body)).not.toContain('token');
    const path = `/v1/account/sessions/${body.sessions[0].id}`;
    expect((await client.send('DELETE', path)).body.sessions).toHaveLength(1);
    expect([await isSignedIn(there), await isSignedIn(client)]).toEqual([false, true]);
    expect((await client.send('DELETE', path)).body.code).toBe('session_gone');
    expect((await accessLogOf(env, id)).at(-1)).toBe('sessions_ended');
  });

  test('a person ends every other session, and nobody else’s', async () => {
    const [mine, other] = [await someone(env), await someone(env)];
    const there = await visitor(env, mine.email);
    const [session] = (await other.client.get('/v1/account')).body.sessions;
    const foreign = await mine.client.send('DELETE', `/v1/account/sessions/${session.id}`);
    expect(foreign.status).toBe(404);
    expect((await mine.client.send('DELETE', '/v1/account/sessions')).status).toBe(200);
    expect(await isSignedIn(mine.client)).toBe(true);
    expect(await isSignedIn(there)).toBe(false);
    expect(await isSignedIn(other.client)).toBe(true);
  });

  test('a person changes the own name, and the shop’s log keeps both names', async () => {
    const { client } = await someone(env);
    const { name: before } = (await client.get('/v1/account')).body;
    const name = `花子 ${before}`;
    const reply = await client.send('PATCH', '/v1/account', { body: { name: ` ${name} ` } });
    expect(reply.body.name).toBe(name);
    expect((await client.get('/v1/me')).body.user.name).toBe(name);
    const { rows } = await env.db.query(
      `select before, after from shop_log where after ->> 'action' = 'renamed' and subject = $1`,
      [name],
    );
    expect(rows).toEqual([{ before: { name: before }, after: { name, action: 'renamed' } }]);
    for (const body of [{ name: '' }, { name: 'a\nb' }, { name, email: 'x@example.jp' }]) {
      expect((await client.send('PATCH', '/v1/account', { body })).status).toBe(422);
    }
  });
});
