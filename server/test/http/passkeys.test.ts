import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { PasskeyDevice } from '../../../test/kit/passkey-device.ts';
import { accessLogOf, isSignedIn, someone, turnOn, visitor } from '../../../test/kit/people.ts';
import { Visitor } from '../../../test/kit/visitors.ts';
import { type DevEnv, openDevEnv, PASSWORD } from '../../../test/kit/worlds.ts';

/** Passkeys: two factors in one, bound to the browser, this installation and one challenge. */
let env: DevEnv;
beforeAll(async () => {
  env = await openDevEnv({ host: 'localhost' });
});
beforeEach(async () => {
  await env.db.query('truncate "rateLimit"');
});

async function offerTo(here: Visitor) {
  const reply = await here.send('POST', '/v1/account/passkeys/offer', {
    body: { password: PASSWORD },
  });
  expect(reply.status).toBe(200);
  return reply.body as { challenge: string };
}

function add(here: Visitor, passkey: object, name = '店のノートパソコン') {
  return here.send('POST', '/v1/account/passkeys', { body: { name, passkey } });
}

function remove(here: Visitor, id: string, password = PASSWORD) {
  return here.send('POST', '/v1/account/passkeys/removal', { body: { id, password } });
}

/** A person with a passkey, signed in by password at one browser. */
async function owner() {
  const person = await someone(env);
  const here = await visitor(env, person.email);
  const device = new PasskeyDevice(env.url, 200); // some devices have long ids
  expect((await add(here, device.make(await offerTo(here)))).status).toBe(200);
  return { ...person, here, device };
}

async function askAt(there: Visitor): Promise<{ challenge: string }> {
  return (await there.send('POST', '/api/auth/passkey/options', { body: {} })).body;
}

function signIn(there: Visitor, passkey: object) {
  return there.send('POST', '/api/auth/passkey/sign-in', { body: { passkey } });
}

test('a person adds a passkey, signs in by it, sees its use, and removes it', async () => {
  const { id, here, device, client } = await owner();
  expect(await isSignedIn(client)).toBe(false);
  expect(await isSignedIn(here)).toBe(true);
  const there = new Visitor(env.url);
  const reply = await signIn(there, device.prove(await askAt(there)));
  expect([reply.status, JSON.stringify(reply.body)]).toEqual([
    200,
    expect.not.stringMatching(/token/),
  ]);
  const { body } = await there.get('/v1/account');
  expect(body).toMatchObject({ hasSecondFactor: true, hasApp: false });
  expect(body.passkeys).toMatchObject([
    { name: '店のノートパソコン', usedAt: expect.any(String), createdAt: expect.any(String) },
  ]);
  expect(body.sessions[0]).toMatchObject({ isThis: true, begunBy: 'passkey' });
  const [{ id: passkeyId }] = body.passkeys;
  expect((await remove(there, passkeyId)).body.passkeys).toEqual([]);
  expect(await isSignedIn(here)).toBe(false);
  expect((await remove(there, passkeyId)).body.code).toBe('passkey_gone');
  const again = await signIn(there, device.prove(await askAt(there)));
  expect([again.status, again.body.code]).toEqual([401, 'passkey_refused']);
  const log = await accessLogOf(env, id);
  for (const act of ['passkey_added', 'signed_in passkey', 'passkey_removed']) {
    expect(log).toContain(act);
  }
});

test('a passkey is good where a shop demands a second factor; the password alone is not', async () => {
  const { email, device } = await owner();
  await env.db.query(`update shops set require_two_factor = true where shop_id = 'hanamichi'`);
  const there = new Visitor(env.url);
  await signIn(there, device.prove(await askAt(there)));
  expect((await there.get('/v1/orders')).status).toBe(200);
  const without = await visitor(env, email);
  expect((await without.get('/v1/orders')).body.code).toBe('second_factor_wanted');
  await env.db.query('update shops set require_two_factor = false');
});

describe('a challenge', () => {
  test('is good once', async () => {
    const { device } = await owner();
    const there = new Visitor(env.url);
    const options = await askAt(there);
    expect((await signIn(there, device.prove(options))).status).toBe(200);
    expect((await signIn(there, device.prove(options))).status).toBe(401);
  });

  test('is bound to the browser that asked for it, and to the session', async () => {
    const { device, here } = await owner();
    const [there, elsewhere] = [new Visitor(env.url), new Visitor(env.url)];
    const options = await askAt(there);
    await askAt(elsewhere);
    expect((await signIn(elsewhere, device.prove(options))).status).toBe(401);
    expect((await signIn(new Visitor(env.url), device.prove(options))).status).toBe(401);
    const other = await visitor(env, (await someone(env)).email);
    const made = new PasskeyDevice(env.url).make(await offerTo(here));
    expect((await add(other, made)).body.code).toBe('passkey_unusable');
  });

  test('lasts five minutes by the database’s clock', async () => {
    const { device } = await owner();
    const there = new Visitor(env.url);
    const options = await askAt(there);
    await env.db.query(
      `update "verification" set "expiresAt" = "expiresAt" - interval '5 minutes'
        where "identifier" like 'passkey %'`,
    );
    expect((await signIn(there, device.prove(options))).status).toBe(401);
  });
});

describe('what is refused', () => {
  const manners = {
    'a proof for another page': { origin: 'https://renkei.example' },
    'a device that has not verified its user': { verified: false },
    'a counter that does not grow: a copied key': { counter: 1 },
  };
  test.each(Object.entries(manners))('%s, and the log says so', async (_, manner) => {
    const { id, device } = await owner();
    const there = new Visitor(env.url);
    expect((await signIn(there, device.prove(await askAt(there), manner))).status).toBe(401);
    expect(await isSignedIn(there)).toBe(false);
    expect((await accessLogOf(env, id)).at(-1)).toBe('sign_in_failed passkey');
  });

  test('another key under the same id', async () => {
    const { device } = await owner();
    const there = new Visitor(env.url);
    const forged = new PasskeyDevice(env.url).prove(await askAt(there));
    const { id } = device.prove({ challenge: 'x' });
    expect((await signIn(there, { ...forged, id, rawId: id })).status).toBe(401);
  });

  test('a new passkey of a device that has not verified its user, or of another page', async () => {
    const here = await visitor(env, (await someone(env)).email);
    for (const manner of [{ verified: false }, { origin: 'https://renkei.example' }]) {
      const made = new PasskeyDevice(env.url).make(await offerTo(here), manner);
      expect((await add(here, made)).body.code).toBe('passkey_unusable');
    }
  });

  test('a passkey that another person has', async () => {
    const { device } = await owner();
    const here = await visitor(env, (await someone(env)).email);
    const made = device.make(await offerTo(here));
    expect((await add(here, made)).body.code).toBe('passkey_unusable');
  });

  test('ASVS 7.5.1: a passkey that comes or goes without the right password, and guesses of it', async () => {
    const { here } = await owner();
    const [passkey] = (await here.get('/v1/account')).body.passkeys;
    const wrong = 'not the right one';
    const adding = () =>
      here.send('POST', '/v1/account/passkeys/offer', { body: { password: wrong } });
    const removing = () => remove(here, passkey.id, wrong);
    for (const guess of [adding, removing]) {
      await env.db.query('truncate "rateLimit"');
      expect((await guess()).body.code).toBe('password_wrong');
      const more = await Promise.all(Array.from({ length: 10 }, guess));
      expect(more.filter(({ status }) => status === 429)).toHaveLength(1);
    }
    expect((await here.get('/v1/account')).body.passkeys).toEqual([passkey]);
  });
});

test('the app still asks for its code where a person signs in by password', async () => {
  const { email, here } = await owner();
  await turnOn(here);
  const there = await visitor(env, email);
  expect(await isSignedIn(there)).toBe(false);
});
