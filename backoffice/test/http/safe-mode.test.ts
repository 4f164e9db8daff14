import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DevEnv, openDevEnv } from '../../../test/dev-env.ts';
import { releaseSafeMode } from '../../src/store/safe-mode.ts';

let env: DevEnv;
beforeAll(async () => {
  env = await openDevEnv();
});
afterAll(() => env.close());

test('in safe mode money is refused in words, a run waits, and both go on when it is over', async () => {
  const clerk = await env.signIn('clerk');
  const [first, second] = [await env.order(), await env.order()];
  await env.db.query(`insert into safe_modes (cause) values ('[]')`);
  expect((await clerk.get('/v1/me')).body.shops[0].hold).toBe('safe_mode');

  const pay = () => clerk.post(`/v1/orders/${first}/payment`, { body: {}, version: 1 });
  const refused = await pay();
  expect([refused.status, refused.body.code]).toEqual([503, 'safe_mode']);
  expect(refused.body.detail).toContain('入金・取消は停止しています');
  const run = await clerk.post('/v1/runs', {
    body: { rows: [{ orderNumber: second, version: 1 }] },
  });
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  const counts = async () => (await clerk.get(`/v1/runs/${run.body.id}`)).body.counts;
  expect(await counts()).toMatchObject({ waiting: 1 });
  const moved = env.sandbox.gateway.ledger.list().filter(({ state }) => state !== 'authorized');
  expect(moved).toEqual([]);

  expect(await releaseSafeMode(env.db, 'the test')).toBe(true);
  expect((await pay()).status).toBe(200);
  await expect.poll(counts, { timeout: 20_000 }).toMatchObject({ succeeded: 1 });
});
