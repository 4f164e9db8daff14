import { beforeAll, describe, expect, test } from 'vitest';
import type { Client } from '../../../test/kit/clients.ts';
import { type DevEnv, openDevEnv } from '../../../test/kit/worlds.ts';
import { releaseSafeMode } from '../../src/store/audit/safe-mode.ts';

let env: DevEnv;
const CONTRACT_MS = 5_500;
beforeAll(async () => {
  env = await openDevEnv();
});

test('in safe mode money is refused in words, a run waits, and both go on after it', async () => {
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

describe('ended over HTTP', () => {
  const lack = (shopId: string) => [
    { shopId, n: 7, hash: 'ab'.repeat(32), at: Date.now() - 60_000, kind: 'behind' },
  ];
  const enter = (cause: object[], compared: boolean) =>
    env.db.query(
      `insert into safe_modes (cause, compared_at, report)
       values ($1, case when $2 then now() end, case when $2 then $3::jsonb end)`,
      [JSON.stringify(cause), compared, JSON.stringify({ parked: 2, shops: [] })],
    );
  const leave = () =>
    env.db.query('update safe_modes set released_at = now(), released_by = $1', ['-']);
  const release = (by: Client) => by.post('/v1/safe-mode/release', { body: { note: '照合済み' } });

  test('safe mode is ended only by an owner of its shops, and only once all is compared', async () => {
    const owner = await env.signIn('owner');
    const clerk = await env.signIn('clerk');
    expect((await release(owner)).body.code).toBe('no_safe_mode');
    await enter(lack('hanamichi'), false);
    const early = (await owner.get('/v1/safe-mode')).body.safeMode;
    expect(early).toMatchObject({
      comparedAt: null,
      lacks: [{ shopId: 'hanamichi', n: 7, kind: 'behind' }],
      release: { offered: false, because: expect.stringContaining('照合がまだ終わっていません') },
    });
    expect((await release(owner)).body.code).toBe('safe_mode_not_compared');
    await leave();
    await enter(lack('minato'), true);
    expect((await owner.get('/v1/safe-mode')).body.safeMode.lacks).toEqual([]);
    expect((await release(owner)).body.code).toBe('safe_mode_of_others');
    await leave();
    await enter(lack('hanamichi'), true);
    expect((await clerk.get('/v1/safe-mode')).body.safeMode.release.offered).toBe(false);
    expect((await release(clerk)).status).toBe(403);
    expect((await owner.post('/v1/safe-mode/release', { body: { note: ' ' } })).status).toBe(422);
    const ended = await release(owner);
    expect([ended.status, ended.body]).toEqual([200, { safeMode: null }]);
    expect((await owner.get('/v1/me')).body.shops[0].hold).toBeNull();
    const [entry] = (await owner.get('/v1/activity?areas=settings')).body.items;
    expect(entry).toMatchObject({
      actor: { name: expect.stringMatching(/^owner/) },
      facts: { safeMode: 'true → false', note: '— → 照合済み' },
    });
  });

  test('an operation that waits in an outage and was certainly not asked is withdrawn; then the order is free', async () => {
    const clerk = await env.signIn('clerk');
    const orderNumber = await env.order();
    const before = env.sandbox.url;
    const moveTo = (url: string) =>
      env.db.query(`update shops set fregi_base_url = $1 where shop_id = 'hanamichi'`, [url]);
    await moveTo('http://127.0.0.1:9/connect/'); // nobody listens there
    await new Promise((resolve) => setTimeout(resolve, CONTRACT_MS)); // the contract is known
    await env.db.query(`insert into outages (shop_id, cause) values ('hanamichi', 'the test')`);
    const waits = await clerk.post(`/v1/orders/${orderNumber}/payment`, { version: 1, body: {} });
    expect(waits.body.operation).toMatchObject({ state: 'asking', withdrawable: true });
    const url = `/v1/operations/${waits.body.operation.id}`;
    const withdrawn = await clerk.send('DELETE', url);
    expect([withdrawn.status, withdrawn.body]).toMatchObject([
      200,
      { state: 'not_sent', withdrawable: false, reason: { code: 'withdrawn' } },
    ]);
    expect((await clerk.send('DELETE', url)).body.code).toBe('not_withdrawable');
    await moveTo(`${before}/connect/`);
    const hold = async () => (await clerk.get('/v1/me')).body.shops[0].hold;
    await expect.poll(hold, { timeout: 15_000 }).toBeNull(); // the circuit finds it there again
    const { version } = (await clerk.get(`/v1/orders/${orderNumber}`)).body;
    const paid = await clerk.post(`/v1/orders/${orderNumber}/payment`, { version, body: {} });
    expect([paid.status, paid.body.operation.state]).toEqual([200, 'succeeded']);
    const done = `/v1/operations/${paid.body.operation.id}`;
    expect((await clerk.send('DELETE', done)).body.code).toBe('not_withdrawable');
  });
});
