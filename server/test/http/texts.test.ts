import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Client, type Reply } from '../../../test/kit/clients.ts';
import { type TextPlace, textPlaces } from '../../../test/kit/openapi.ts';
import { type DevEnv, openDevEnv } from '../../../test/kit/worlds.ts';
import { AUTH_PATHS } from '../../src/http/routes/account/auth.ts';

/** S19: every text in the API’s own description, with characters that PostgreSQL cannot keep. */
let env: DevEnv;
let owner: Client;
let places: TextPlace[];
beforeAll(async () => {
  env = await openDevEnv();
  owner = await env.signIn('owner');
  places = textPlaces(env.renkei.app);
});
afterAll(() => env?.close());

const BAD = ['a\u0000b', '\u0000', 'a\ud800b', '\udc00'];

function send({ method, request }: TextPlace, value: string): Promise<Reply> {
  const { path, body } = request(value);
  return owner.send(method, path, { version: 1, ...(body === undefined ? {} : { body }) });
}

test('ASVS 2.2.1: such a text is refused in every query, path and body, with a pointer, and nothing breaks', async () => {
  expect(places.length).toBeGreaterThan(200);
  expect(new Set(places.map(({ where }) => where))).toEqual(new Set(['path', 'query', 'body']));
  for (const place of places) {
    // A URL cannot carry half of a pair: it has become U+FFFD by then.
    const values = BAD.filter((text) => place.where === 'body' || text.isWellFormed());
    for (const [n, reply] of (await Promise.all(values.map((one) => send(place, one)))).entries()) {
      const told = `${place.method} ${place.url} ${place.steps.join('.')} ${JSON.stringify(values[n])}`;
      expect(`${told}: ${reply.status} ${reply.body.code}`).toBe(`${told}: 422 invalid_request`);
    }
  }
  expect(env.errors).toEqual([]);
}, 600_000);

describe('JSON', () => {
  const headers = { 'content-type': 'application/json' };
  const deep = [33, 5_000, 200_000].map((depth) => `${'['.repeat(depth)}${']'.repeat(depth)}`);
  const objects = `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`;

  test('ASVS 1.5.2: JSON nested without end is refused, whoever sends it', async () => {
    for (const body of [...deep, objects]) {
      for (const client of [new Client(env.url), owner]) {
        for (const path of ['/v1/invitations/look', '/api/auth/sign-in/email']) {
          const reply = await client.post(path, { body, headers });
          expect([path, reply.status, reply.body.code]).toEqual([path, 400, 'malformed_body']);
        }
      }
    }
    expect(env.errors).toEqual([]);
  });

  test('JSON with characters that cannot be kept is refused by the paths of signing in', async () => {
    for (const { method, path } of AUTH_PATHS) {
      if (method !== 'POST') continue;
      for (const bad of BAD) {
        const body = { email: `${bad}@example.jp`, password: bad, currentPassword: bad };
        const more = { newPassword: bad, code: bad };
        const reply = await new Client(env.url).post(`/api/auth${path}`, {
          body: { ...body, ...more },
        });
        expect(reply.status, `${path} ${JSON.stringify(bad)}`).toBeLessThan(500);
      }
    }
    expect(env.errors).toEqual([]);
  });
});
