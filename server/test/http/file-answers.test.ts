import { beforeAll, describe, expect, test } from 'vitest';
import type { Client } from '../../../test/kit/clients.ts';
import { fileOf } from '../../../test/kit/sheets.ts';
import { type DevEnv, openDevEnv } from '../../../test/kit/worlds.ts';

/** What files cannot tell is asked once, and the answer is kept. */
let env: DevEnv;
let clerk: Client;
let owner: Client;
beforeAll(async () => {
  env = await openDevEnv();
  clerk = await env.signIn('clerk');
  owner = await env.signIn('owner');
});

const send = (url: string, text: string) =>
  clerk.post(url, {
    body: new TextEncoder().encode(text),
    headers: { 'content-type': 'text/csv' },
  });
const answer = (body: object) => clerk.send('PUT', '/v1/file-answers', { body });

describe('決済方法 → 決済種別', () => {
  const METHOD = 'クロネコwebコレクト（コンビニ）';
  const file = fileOf([
    { orderNumber: '700000020001', paymentMethod: METHOD, seqno: '', authCode: '' },
  ]);

  test('F1: a payment method of unknown kind is asked for, and the answer is used from then on', async () => {
    const before = (await send('/v1/imports?mode=check', file)).body;
    expect(before).toMatchObject({
      orders: { new: 0, invalid: 1 },
      unknownMethods: [{ method: METHOD, orders: 1 }],
    });
    expect(
      (await answer({ kind: 'payment_method', asked: METHOD, answer: 'optional_1' })).body,
    ).toEqual({ answers: [{ kind: 'payment_method', asked: METHOD, answer: 'optional_1' }] });
    const after = (await send('/v1/imports?mode=all', file)).body;
    expect(after).toMatchObject({ imported: 1, unknownMethods: [], errors: [] });
    const { body } = await clerk.get('/v1/orders/700000020001');
    expect(body).toMatchObject({ paymentKind: 'optional_1', paymentMethod: METHOD });
  });

  test('an answer can be changed and taken back, and the log of settings has each change', async () => {
    await answer({ kind: 'payment_method', asked: '後払い', answer: 'optional_2' });
    await answer({ kind: 'payment_method', asked: '後払い ', answer: 'np_deferred' });
    await answer({ kind: 'payment_method', asked: '後払い', answer: null });
    const { answers } = (await clerk.get('/v1/file-answers')).body;
    expect(answers.map(({ asked }: { asked: string }) => asked)).not.toContain('後払い');
    const { items } = (await owner.get('/v1/settings/log')).body;
    const own = items.filter(({ subject }: { subject: string }) => subject === '後払い');
    expect(own.map(({ before, after }: Record<string, unknown>) => [before, after])).toEqual([
      [{ payment_method: 'np_deferred' }, null],
      [{ payment_method: 'optional_2' }, { payment_method: 'np_deferred' }],
      [null, { payment_method: 'optional_2' }],
    ]);
  });

  test('a kind that does not exist is refused', async () => {
    const { status } = await answer({ kind: 'payment_method', asked: 'x', answer: 'gold' });
    expect(status).toBe(422);
  });
});

test('F10: columns of a foreign file are taught once, and read from then on', async () => {
  const orderNumber = await env.order();
  const file = `注文ID,追跡ID\r\n${orderNumber},451234567890\r\n`;
  const before = (await send('/v1/imports/shipping?mode=check', file)).body;
  expect(before).toMatchObject({ unknownHeader: ['注文ID', '追跡ID'], orders: { open: 0 } });
  await answer({ kind: 'shipment_column', asked: '注文ID', answer: 'order' });
  await answer({ kind: 'shipment_column', asked: '追跡ID', answer: 'tracking' });
  const after = (await send('/v1/imports/shipping?mode=check', file)).body;
  expect(after).toMatchObject({ unknownHeader: [], errors: [], orders: { open: 1 } });
});
