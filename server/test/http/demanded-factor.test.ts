import { beforeAll, beforeEach, expect, test } from 'vitest';
import { accessLogOf, someone, turnOn, visitor } from '../../../test/kit/people.ts';
import type { Visitor } from '../../../test/kit/visitors.ts';
import { type DevEnv, openDevEnv, SHOPS } from '../../../test/kit/worlds.ts';

/** A shop whose owner demands a second factor of everybody. */
let env: DevEnv;
let owner: Visitor;
beforeAll(async () => {
  env = await openDevEnv();
  const { body } = await (await env.signIn('owner')).get('/v1/me');
  owner = await visitor(env, body.user.email);
});
beforeEach(async () => {
  await env.db.query('truncate "rateLimit"');
});

async function demand(requireTwoFactor: boolean) {
  const { version } = (await owner.get('/v1/settings')).body;
  return owner.send('PATCH', '/v1/settings', { version, body: { requireTwoFactor } });
}

test('ASVS 6.3.3: a member without a second factor has the own account only, until it is on', async () => {
  expect((await demand(true)).body.code).toBe('second_factor_first');
  await turnOn(owner);
  const { email, id, client } = await someone(env);
  expect((await client.get('/v1/orders')).status).toBe(200);
  expect((await demand(true)).body.requireTwoFactor).toBe(true);
  const routes = env.renkei.app.declaredRoutes.filter(
    ({ permission }) => permission !== 'public' && permission !== 'signed_in',
  );
  for (const { method, url } of routes) {
    const { status, body } = await client.send(method, url.replaceAll(/:\w+/g, '1'));
    expect([method, url, status, body.code]).toEqual([method, url, 403, 'second_factor_wanted']);
  }
  expect((await client.get('/v1/account')).body.demandedBy).toEqual([SHOPS[0].name]);
  const here = await visitor(env, email);
  await turnOn(here);
  expect((await here.get('/v1/orders')).status).toBe(200);
  expect(await accessLogOf(env, id)).toContain('two_factor_on');
});

test('ASVS 8.2.3: an owner sees who has a second factor, and nobody else does', async () => {
  const { client } = await someone(env);
  await demand(false);
  const seen = async (one: Pick<Visitor, 'get'>) =>
    (await one.get('/v1/members')).body.items.map(
      (member: { hasSecondFactor: boolean | null }) => member.hasSecondFactor,
    );
  expect(await seen(owner)).toEqual([true, false, true]); // the first clerk, the second, the owner
  expect(await seen(client)).toEqual([null, null, null]);
});

test('the demand stands in the log of settings', async () => {
  await demand(true);
  const { items } = (await owner.get('/v1/settings/log')).body;
  expect(items[0]).toMatchObject({
    before: { requireTwoFactor: false },
    after: { requireTwoFactor: true },
  });
  await demand(false);
});
