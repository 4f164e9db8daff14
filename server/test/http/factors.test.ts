import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  accessLogOf,
  isSignedIn,
  prove,
  proveByRecovery,
  someone,
  turnOn,
  visitor,
} from '../../../test/kit/people.ts';
import { Visitor } from '../../../test/kit/visitors.ts';
import { type DevEnv, openDevEnv, PASSWORD } from '../../../test/kit/worlds.ts';

/** What a person proves at a sign-in: the second factor, and a good password. */
let env: DevEnv;
beforeAll(async () => {
  env = await openDevEnv();
});
beforeEach(async () => {
  await env.db.query('truncate "rateLimit"');
});

const OTHER_PASSWORD = 'another rather long one';

describe('S11: the second factor', () => {
  test('ASVS 6.5.1: a code is good once, also for two sign-ins at the same time', async () => {
    const { email } = await someone(env);
    const { app } = await turnOn(await visitor(env, email));
    const code = app.code(1);
    const browsers = await Promise.all([
      visitor(env, email),
      visitor(env, email),
      visitor(env, email),
    ]);
    const replies = await Promise.all(browsers.map((one) => prove(one, code)));
    expect(replies.map(({ status }) => status).toSorted()).toEqual([200, 401, 401]);
    expect(replies.map(({ body }) => body.code)).toContain('code_refused');
    const late = await visitor(env, email);
    const older = await prove(late, app.code());
    expect(older.status).toBe(401);
  });

  test('the code that turned two-step sign-in on does not sign in', async () => {
    const { email } = await someone(env);
    const { firstCode } = await turnOn(await visitor(env, email));
    const there = await visitor(env, email);
    const reply = await prove(there, firstCode);
    expect(reply.status).toBe(401);
    expect(await isSignedIn(there)).toBe(false);
  });

  test('N10: a right code is no failure: twelve people of one office come in at nine', async () => {
    const office: { email: string; code: () => string }[] = [];
    for (let n = 0; n < 12; n += 1) {
      const { email } = await someone(env);
      const { app } = await turnOn(await visitor(env, email));
      office.push({ email, code: () => app.code(1) });
      await env.db.query('truncate "rateLimit"'); // turning it on takes a password each time
    }
    for (const { email, code } of office) {
      expect((await prove(await visitor(env, email), code())).status).toBe(200);
    }
  }, 60_000);

  test('S11: ten wrong codes lock the account for a while, however many sign-ins they are spread over', async () => {
    const { email } = await someone(env);
    const { app } = await turnOn(await visitor(env, email));
    for (let n = 0; n < 10; n += 1) {
      const reply = await prove(await visitor(env, email), app.wrongCode());
      expect(reply.body.code).toBe('code_refused');
    }
    const there = await visitor(env, email);
    expect((await prove(there, app.code(1))).status).toBe(429);
    expect(await isSignedIn(there)).toBe(false);
  }, 60_000);

  test('ASVS 16.3.1: before the second factor nothing is open, and the log has no sign-in', async () => {
    const { email, id } = await someone(env);
    const { app } = await turnOn(await visitor(env, email));
    const before = (await accessLogOf(env, id)).length;
    const there = await visitor(env, email);
    expect(await isSignedIn(there)).toBe(false);
    expect((await accessLogOf(env, id)).slice(before)).toEqual([]);
    expect((await prove(there, app.wrongCode())).body.code).toBe('code_refused');
    expect((await prove(there, app.code(1))).status).toBe(200);
    expect((await accessLogOf(env, id)).slice(before)).toEqual([
      'sign_in_failed totp',
      'signed_in totp',
    ]);
  });

  test('ASVS 6.4.4: a recovery code signs in once, without the app', async () => {
    const { email, id } = await someone(env);
    const { codes } = await turnOn(await visitor(env, email));
    expect(codes).toHaveLength(10);
    const before = (await accessLogOf(env, id)).length;
    const use = async (code: string) => {
      const there = await visitor(env, email);
      const reply = await proveByRecovery(there, code);
      return [reply.status, await isSignedIn(there)];
    };
    expect(await use(codes[0] ?? '')).toEqual([200, true]);
    expect(await use(codes[0] ?? '')).toEqual([401, false]);
    expect(await use(codes[1] ?? '')).toEqual([200, true]);
    expect((await accessLogOf(env, id)).slice(before)).toEqual([
      'signed_in recovery_code',
      'sign_in_failed recovery_code',
      'signed_in recovery_code',
    ]);
  });

  test('ASVS 7.5.1: new recovery codes replace the old ones', async () => {
    const { email } = await someone(env);
    const here = await visitor(env, email);
    const { codes } = await turnOn(here);
    const path = '/api/auth/two-factor/generate-backup-codes';
    const refused = await here.send('POST', path, { body: { password: 'not the right one' } });
    expect(refused.body.code).toBe('password_wrong');
    const renewed = await here.send('POST', path, { body: { password: PASSWORD } });
    expect(renewed.body.backupCodes).toHaveLength(10);
    const there = await visitor(env, email);
    const reply = await proveByRecovery(there, codes[0] ?? '');
    expect(reply.status).toBe(401);
  });

  test('a place is known only after the second factor', async () => {
    const { email } = await someone(env);
    const { app } = await turnOn(await visitor(env, email));
    await env.db.query('truncate sign_in_places');
    const there = await visitor(env, email);
    expect((await env.db.query('select from sign_in_places')).rowCount).toBe(0);
    await prove(there, app.code(1));
    expect((await env.db.query('select from sign_in_places')).rowCount).toBe(2);
  });
});

describe('S12: a new password', () => {
  test.each([
    ['password1234', 'password_common'],
    ['123456789012', 'password_common'],
    ['QWERTY123456', 'password_common'],
    ['aaaaaaaaaaaa', 'password_simple'],
    ['            ', 'password_simple'],
    ['hanamichi1234', 'password_personal'],
    ['花道文具店花道文具店!!', 'password_personal'],
    ['renkei123456', 'password_personal'],
  ])('ASVS 6.2.4, 6.2.11, 6.2.12: “%s” is refused: %s', async (newPassword, code) => {
    const { client } = await someone(env);
    const body = { currentPassword: PASSWORD, newPassword };
    const reply = await client.post('/api/auth/change-password', { body });
    expect([reply.status, reply.body.code]).toEqual([422, code]);
  });

  test.each([11, 129])('ASVS 6.2.1: a password of %i characters is refused', async (length) => {
    const { client } = await someone(env);
    const newPassword = 'good letters '.repeat(10).slice(0, length);
    const body = { currentPassword: PASSWORD, newPassword };
    const reply = await client.post('/api/auth/change-password', { body });
    expect([reply.status, reply.body.code]).toEqual([422, 'invalid_request']);
  });

  test('ASVS 6.2.11: the own mail address is refused', async () => {
    const { client, email } = await someone(env);
    const body = { currentPassword: PASSWORD, newPassword: email };
    const reply = await client.post('/api/auth/change-password', { body });
    expect(reply.body.code).toBe('password_personal');
  });

  test.each([
    'たのしい文具やさん、きょうも',
    'correct horse battery',
    'x9!kQ2#vB7$z',
    ' blanks at both ends ',
  ])(
    'ASVS 6.2.5, 6.2.8: “%s” is taken as it is typed, whatever its characters',
    async (newPassword) => {
      const { client, email } = await someone(env);
      const body = { currentPassword: PASSWORD, newPassword };
      expect((await client.post('/api/auth/change-password', { body })).status).toBe(200);
      expect((await new Visitor(env.url).signIn(email, newPassword)).status).toBe(200);
      expect((await new Visitor(env.url).signIn(email, newPassword.slice(1))).status).toBe(401);
    },
  );

  test('ASVS 6.2.3: the current password is asked for', async () => {
    const { client } = await someone(env);
    const body = { currentPassword: 'not the right one', newPassword: OTHER_PASSWORD };
    const reply = await client.post('/api/auth/change-password', { body });
    expect([reply.status, reply.body.code]).toEqual([422, 'password_wrong']);
    const tries = Array.from({ length: 10 }, () =>
      client.post('/api/auth/change-password', { body }),
    );
    expect((await Promise.all(tries)).map(({ status }) => status)).toContain(429);
  });
});
