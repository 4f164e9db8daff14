import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { Client } from './kit/clients.ts';
import { type DevEnv, openDevEnv } from './kit/worlds.ts';

/** SECURITY.md, line by line: each names the tests that hold it, and what a test can count is counted. */
const ROOT = fileURLToPath(new URL('..', import.meta.url));
let lines: string[];
let env: DevEnv;
beforeAll(async () => {
  const text = await readFile(`${ROOT}/SECURITY.md`, 'utf8');
  lines = text.split('\n').filter((line) => line.startsWith('- '));
  env = await openDevEnv();
});

describe('SECURITY.md', () => {
  test('each line names the tests that hold it, and the code that it names exists', () => {
    expect(lines.length).toBeGreaterThan(15);
    for (const line of lines) {
      const [claim = '', held = ''] = line.split('*Held by*');
      const tests = [...held.matchAll(/`([^`]+\.test\.ts)`/g)].map(([, file]) => file);
      expect(tests.length, line.slice(0, 60)).toBeGreaterThan(0);
      const code = [...claim.matchAll(/`((?:server|core|web)\/src\/[^`]+)`/g)].map(
        ([, file]) => file,
      );
      for (const file of [...tests, ...code]) {
        expect(existsSync(`${ROOT}/${file}`), `${file} in “${line.slice(0, 60)}…”`).toBe(true);
      }
    }
  });

  test('the line of public routes names every route that asks for no sign-in', () => {
    const line = lines.find((one) => one.startsWith('- **Public routes**')) ?? '';
    const open = env.renkei.app.declaredRoutes.filter(({ permission }) => permission === 'public');
    const named: Readonly<Record<string, string>> = {
      '/v1/notices': "F-REGI's notices",
      '/v1/cardholder': '/v1/cardholder/…',
      '/v1/password-resets': 'a forgotten password',
      '/v1/invitations': 'the acceptance of an invitation',
      '/api/auth': 'sign-in',
    };
    expect(open.length).toBeGreaterThan(5);
    for (const { url } of open) {
      const [, word = url] = Object.entries(named).find(([start]) => url.startsWith(start)) ?? [];
      expect(line, `${url} is public`).toContain(word);
    }
  });
});

test('no body of a request takes a member that its schema does not know', async () => {
  const { body: api } = await new Client(env.url).get('/openapi.json');
  const open: string[] = [];
  let bodies = 0;
  for (const [path, methods] of Object.entries<Record<string, Operation>>(api.paths)) {
    for (const [method, { requestBody }] of Object.entries(methods)) {
      const schema = requestBody?.content?.['application/json']?.schema;
      if (schema === undefined) continue;
      bodies += 1;
      if (!isClosed(schema)) open.push(`${method} ${path}`);
    }
  }
  expect(bodies).toBeGreaterThan(30);
  expect(open).toEqual([]);
});

type Schema = {
  readonly type?: string;
  readonly additionalProperties?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
};
type Operation = {
  readonly requestBody?: { readonly content?: Readonly<Record<string, { schema: Schema }>> };
};

function isClosed(schema: Schema): boolean {
  const parts = schema.anyOf ?? schema.oneOf ?? schema.allOf;
  if (parts !== undefined) return parts.every(isClosed);
  return schema.type !== 'object' || schema.additionalProperties === false;
}
