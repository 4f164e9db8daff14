import { randomUUID } from 'node:crypto';
import {
  PERMISSIONS,
  type Permission,
  ROLES,
  type Role,
} from '@renkei/core/domain/commands/permissions.ts';
import { beforeAll, describe, expect, test } from 'vitest';
import { Client, type Reply } from '../../../test/kit/clients.ts';
import { type DevEnv, openDevEnv, PASSWORD, SHOPS } from '../../../test/kit/worlds.ts';

/** The rights of each role, written out by hand: the test must not believe the code's own table. */
const MAY: Record<Role, Record<Permission, boolean>> = {
  owner: may('11111111111111'),
  clerk: may('11111100111110'),
  accountant: may('10000100110110'),
  viewer: may('10000000000000'),
};

/**
 * In the order of PERMISSIONS: read, write, capture, cancel, import, see settings, set, adjust;
 * attention, reconciliation, sightings, activity, export, erase.
 */
function may(flags: string): Record<Permission, boolean> {
  return Object.fromEntries(
    PERMISSIONS.map((permission, index) => [permission, flags[index] === '1']),
  ) as Record<Permission, boolean>;
}

let env: DevEnv;
let ownOrder: string;
let otherOrder: string;
const people = new Map<Role, Client>();
beforeAll(async () => {
  env = await openDevEnv();
  for (const role of ROLES) people.set(role, await env.signIn(role, SHOPS[0].shopId));
  ownOrder = await env.order({}, SHOPS[0].shopId);
  otherOrder = await env.order({}, SHOPS[1].shopId);
});

type Wanted = { method: string; url: string; permission: string };

function routes(): Wanted[] {
  return env.renkei.app.declaredRoutes.filter(({ permission }) => permission !== 'public');
}

function ask(client: Client, { method, url }: Wanted, orderNumber: string, shop?: string) {
  const path = url.replace(':orderNumber', orderNumber).replace(':id', randomUUID());
  return client.send(method, shop === undefined ? path : `${path}?shop=${shop}`);
}

function describeReply(route: Wanted, { status, body }: Reply): string {
  return `${route.method} ${route.url}: ${status} ${body.code ?? ''}`;
}

describe('every route', () => {
  test('every route declares its permission, and there are no other routes', () => {
    const declared = env.renkei.app.declaredRoutes.map(({ method, url }) => `${method} ${url}`);
    const served = [
      ...env.renkei.app.printRoutes({ commonPrefix: false }).matchAll(/\(([^)]+)\)/g),
    ];
    expect(declared.length).toBeGreaterThan(20);
    expect(served.length).toBeGreaterThan(0);
    for (const [method, path] of documented()) {
      expect(declared).toContain(`${method} ${path}`);
    }
  });

  test('ASVS 8.3.1: every route asks for a sign-in', async () => {
    const nobody = new Client(env.url);
    for (const route of routes()) {
      const reply = await ask(nobody, route, ownOrder);
      expect(describeReply(route, reply)).toMatch(/: 401 not_signed_in$/);
    }
  });

  test.each(ROLES)(
    'ASVS 8.2.1: every route lets %s do what the table says, and nothing else',
    async (role) => {
      const client = people.get(role) as Client;
      for (const route of routes()) {
        const reply = await ask(client, route, ownOrder);
        const permission = route.permission as Permission | 'signed_in';
        const allowed = permission === 'signed_in' || MAY[role][permission];
        const refused = reply.status === 403 && reply.body.code === 'forbidden';
        expect(`${describeReply(route, reply)} refused=${refused}`).toMatch(`refused=${!allowed}`);
        expect(reply.status).not.toBe(401);
        expect(reply.status).toBeLessThan(500);
      }
    },
  );

  test.each(ROLES)(
    'ASVS 8.2.2, 8.4.1: no route shows %s anything of another shop',
    async (role) => {
      const client = people.get(role) as Client;
      for (const route of routes().filter(({ permission }) => permission !== 'signed_in')) {
        const named = await ask(client, route, otherOrder, SHOPS[1].shopId);
        expect(describeReply(route, named)).toMatch(/: 404 not_found$/);
        if (!route.url.includes(':orderNumber')) continue;
        const smuggled = await ask(client, route, otherOrder);
        expect([403, 404, 422, 428]).toContain(smuggled.status);
      }
      const read = await client.get(`/v1/orders/${otherOrder}`);
      expect(read.status).toBe(404);
    },
  );

  test('ASVS 3.5.1, 3.5.2: no route changes anything for another site', async () => {
    const owner = people.get('owner') as Client;
    for (const { method, url } of routes().filter((route) => route.method !== 'GET')) {
      const path = url.replace(':orderNumber', ownOrder).replace(':id', randomUUID());
      for (const headers of [
        { origin: 'https://evil.example' },
        { 'sec-fetch-site': 'cross-site' },
      ]) {
        const { status, body } = await owner.send(method, path, { headers });
        expect(`${method} ${url} ${status} ${body.code}`).toMatch(/ 403 other_site$/);
      }
    }
  });
});

/** Returns the routes that the OpenAPI document describes. */
function documented(): [string, string][] {
  const { paths = {} } = env.renkei.app.swagger() as { paths?: Record<string, object> };
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods)
      .filter((method) => path.startsWith('/v1') && method !== 'head')
      .map((method): [string, string] => [method.toUpperCase(), path.replace(/\{(\w+)\}/g, ':$1')]),
  );
}

describe('signing in', () => {
  test('a wrong password and an unknown address are refused alike', async () => {
    const nobody = new Client(env.url);
    const owner = people.get('owner') as Client;
    const { user } = (await owner.get('/v1/me')).body;
    const path = '/api/auth/sign-in/email';
    for (const body of [
      { email: user.email, password: 'not the password at all' },
      { email: 'nobody@example.jp', password: PASSWORD },
    ]) {
      const reply = await nobody.post(path, { body });
      expect(reply.status).toBe(401);
      expect(reply.body).toMatchObject({ code: 'sign_in_failed', status: 401 });
    }
  });

  test('ASVS 7.4.1: signing out ends the session', async () => {
    const client = await env.signIn('viewer');
    expect((await client.get('/v1/me')).status).toBe(200);
    expect((await client.post('/api/auth/sign-out')).status).toBe(200);
    expect((await client.get('/v1/me')).status).toBe(401);
  });

  test('nobody can sign up, and an unlisted path does not exist', async () => {
    const nobody = new Client(env.url);
    const body = { email: 'me@example.jp', password: PASSWORD, name: 'me' };
    expect((await nobody.post('/api/auth/sign-up/email', { body })).status).toBe(404);
    expect((await nobody.post('/api/auth/update-user', { body })).status).toBe(404);
  });

  test('ASVS 3.3.2: the cookie is for this server’s requests only', async () => {
    await env.signIn('viewer');
    const answer = await fetch(`${env.url}/api/auth/sign-in/email`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        email: (await (people.get('owner') as Client).get('/v1/me')).body.user.email,
        password: PASSWORD,
      }),
    });
    const [cookie = ''] = answer.headers.getSetCookie();
    expect(cookie).toMatch(/HttpOnly/i);
    expect(cookie).toMatch(/SameSite=Lax/i);
  });
});

test('F35: a sign-in for which the database has no room is refused in words, and works once it has room', async () => {
  const owner = people.get('owner') as Client;
  const { body: me } = await owner.get('/v1/me');
  const who = { email: me.user.email, password: PASSWORD };
  const signIn = () => owner.post('/api/auth/sign-in/email', { body: who });
  await env.db.query(`
    create function no_room() returns trigger language plpgsql as
      $$ begin raise exception 'could not extend file: No space left' using errcode = '53100'; end $$;
    create trigger no_room before insert or update on session execute function no_room()`);
  try {
    const refused = await signIn();
    expect([refused.status, refused.body.code]).toEqual([503, 'unavailable']);
    expect(refused.headers.get('retry-after')).toBe('5');
    expect((await owner.get('/v1/me')).status).toBe(200); // a signed-in person can go on looking
  } finally {
    await env.db.query('drop function no_room cascade');
  }
  expect((await signIn()).status).toBe(200);
});
