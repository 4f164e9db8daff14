import { beforeAll, expect, test } from 'vitest';
import type { Client } from '../../../test/kit/clients.ts';
import { type DevEnv, openDevEnv } from '../../../test/kit/worlds.ts';

/** 一括処理 afterwards: failed orders are offered again, unknown ones never. */
let env: DevEnv;
let clerk: Client;
beforeAll(async () => {
  env = await openDevEnv();
  clerk = await env.signIn('clerk', 'minato');
});

async function start(orderNumbers: readonly string[]): Promise<string> {
  const { body } = await clerk.post('/v1/runs/preview', { body: { orderNumbers } });
  return run(body.rows);
}

async function run(rows: readonly { orderNumber: string; version: number }[]): Promise<string> {
  const wanted = rows.map(({ orderNumber, version }) => ({ orderNumber, version }));
  const reply = await clerk.post('/v1/runs', { body: { rows: wanted } });
  expect(reply.status).toBe(202);
  const state = async () => (await clerk.get(`/v1/runs/${reply.body.id}`)).body.state;
  await expect.poll(state, { timeout: 15_000 }).toBe('finished');
  return reply.body.id;
}

const ledger = (orderNumber: string) =>
  env.sandbox.gateway.ledger.list().flatMap(({ id, state }) => (id === orderNumber ? [state] : []));

test('only orders certainly not executed are offered again, and a new run carries them out', async () => {
  const numbers: string[] = [];
  for (let n = 0; n < 5; n += 1) numbers.push(await env.order({}, 'minato'));
  env.sandbox.gateway.faults.set([
    {
      kind: 'decline',
      cgi: 'sale.cgi',
      times: 2,
      code: 'JCN-G55',
      text: '利用限度額を超えています',
    },
    { kind: 'drop_after', cgi: 'sale.cgi', times: 1 },
  ]);
  const id = await start(numbers);
  const { counts } = (await clerk.get(`/v1/runs/${id}`)).body;
  // The lost answer is found out by itself, sooner or later than we look.
  expect([counts.failed, counts.succeeded + counts.unknown]).toEqual([2, 3]);

  const again = await clerk.get(`/v1/runs/${id}/again`);
  expect(again.status).toBe(200);
  expect(again.body.carriedOut).toMatchObject({ count: 2, yen: 18_230 });
  const second = await run(again.body.rows);
  const after = (await clerk.get(`/v1/runs/${second}`)).body;
  expect(after.counts).toMatchObject({ succeeded: 2, failed: 0 });
  const unknown = async () => (await clerk.get(`/v1/runs/${id}`)).body.counts.unknown;
  await expect.poll(unknown, { timeout: 15_000 }).toBe(0);
  for (const orderNumber of numbers)
    expect(ledger(orderNumber)).toEqual(['captured_untransmitted']);
});

test('a row that cannot succeed is not offered again: captured meanwhile, or its approval has expired', async () => {
  const numbers: string[] = [];
  for (let n = 0; n < 3; n += 1) numbers.push(await env.order({}, 'minato'));
  const [captured = '', expired = '', hopeful = ''] = numbers;
  env.sandbox.gateway.faults.set([
    {
      kind: 'decline',
      cgi: 'sale.cgi',
      times: 3,
      code: 'JCN-G55',
      text: '利用限度額を超えています',
    },
  ]);
  const id = await start(numbers);
  expect((await clerk.get(`/v1/runs/${id}`)).body.counts.failed).toBe(3);
  const order = (await clerk.get(`/v1/orders/${captured}`)).body;
  const pay = await clerk.post(`/v1/orders/${captured}/payment`, {
    version: order.version,
    body: {},
  });
  expect(pay.status).toBe(200);
  await env.db.query('update orders set authorized_at = $2 where order_number = $1', [
    expired,
    new Date(Date.now() - 70 * 86_400_000).toISOString(),
  ]);

  const again = (await clerk.get(`/v1/runs/${id}/again`)).body;
  expect(again.rows).toMatchObject([{ orderNumber: hopeful, group: 'as_is', doubt: null }]);
  expect(again.carriedOut.count).toBe(1);
  const previewed = await clerk.post('/v1/runs/preview', { body: { orderNumbers: [expired] } });
  expect(previewed.body.rows[0].doubt.code).toBe('capture_deadline_passed');
});

test('the result comes as CSV, order by order, in the manual’s words', async () => {
  const orderNumber = await env.order({}, 'minato');
  const url = `${env.sandbox.url}/sandbox/v1/transactions/${orderNumber.padStart(20, '0')}/capture`;
  await fetch(url, { method: 'POST', body: '{}' });
  const id = await start([orderNumber]);
  const answer = await fetch(`${env.url}/v1/runs/${id}/csv`, { headers: { cookie: clerk.cookie } });
  const text = new TextDecoder('shift_jis').decode(await answer.arrayBuffer());
  expect(text.split('\r\n')[1]).toMatch(
    new RegExp(`^${orderNumber},入金済,失敗,.*,9115,売上処理時の指定された取引は売上受付済みです,`),
  );
  const none = await clerk.get('/v1/runs/00000000-0000-4000-8000-000000000000/again');
  expect(none.status).toBe(404);
});
