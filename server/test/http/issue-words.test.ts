import { beforeAll, expect, test } from 'vitest';
import type { Client } from '../../../test/kit/clients.ts';
import { incoming } from '../../../test/kit/orders.ts';
import { type DevEnv, openDevEnv } from '../../../test/kit/worlds.ts';

/** A refusal of a body or a query tells what is wrong in the reader's language, and only in that. */
let env: DevEnv;
let clerk: Client;
beforeAll(async () => {
  env = await openDevEnv();
  clerk = await env.signIn('clerk');
});

test.each<[string, (order: ReturnType<typeof incoming>) => unknown]>([
  [
    'a text in place of a number',
    (order) => ({ ...order, amounts: { ...order.amounts, items: 'x' } }),
  ],
  ['a missing field', ({ paymentMethod: _, ...order }) => order],
  ['a word of no list', (order) => ({ ...order, channel: 'fax' })],
  ['a date that is none', (order) => ({ ...order, placedAt: '2026-02-30T00:00:00Z' })],
  ['a text that is too long', (order) => ({ ...order, paymentMethod: 'あ'.repeat(51) })],
  ['an unknown field', (order) => ({ ...order, colour: 'red' })],
])('%s is told in Japanese or in English', async (_what, broken) => {
  const body = broken(incoming());
  const inJapanese = await clerk.post('/v1/orders', { body, locale: 'ja' });
  const inEnglish = await clerk.post('/v1/orders', { body, locale: 'en' });
  expect([inJapanese.status, inEnglish.status]).toEqual([422, 422]);
  const [ja, en] = [inJapanese, inEnglish].map((reply) => reply.body.errors[0].message as string);
  expect(ja).toMatch(/[\u3040-\u9fff]/);
  expect(en).not.toMatch(/[\u3040-\u9fff\u2028]/);
  expect(ja).not.toMatch(/\u2028|Invalid|expected|received/);
  expect(en).not.toBe(ja);
});

test('a list of words in a query is told in one language', async () => {
  const { body } = await clerk.get('/v1/orders?statuses=nowhere', { locale: 'ja' });
  expect(body.errors[0].message).toContain('のいずれかをカンマ区切りで指定してください');
  expect(body.errors[0].message).not.toContain('choose');
  const english = await clerk.get('/v1/orders?statuses=nowhere', { locale: 'en' });
  expect(english.body.errors[0].message).toMatch(/^choose from /);
});
