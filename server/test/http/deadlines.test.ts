import { join } from 'node:path';
import { addDays, jstDateOf, startOfJstDate } from '@renkei/core/domain/values/jst.ts';
import { beforeAll, expect, test } from 'vitest';
import type { Client } from '../../../test/kit/clients.ts';
import { openDirectory } from '../../../test/kit/directories.ts';
import { type DevEnv, openDevEnv } from '../../../test/kit/worlds.ts';

/** C10: no authorization expires without a warning. */
let directory: string;
let env: DevEnv;
let clerk: Client;
beforeAll(async () => {
  directory = await openDirectory('marks');
  env = await openDevEnv({ sealFile: join(directory, 'seals.jsonl') });
  clerk = await env.signIn('clerk');
});

const TODAY = jstDateOf(Date.now());

/** Places an order whose 60 days end after `daysLeft` days. */
async function due(daysLeft: number, status = 'processing'): Promise<string> {
  const orderNumber = await env.order();
  const at = startOfJstDate(addDays(TODAY, daysLeft - 60)) + 3_600_000;
  await env.db.query('update orders set authorized_at = $2, status = $3 where order_number = $1', [
    orderNumber,
    new Date(at).toISOString(),
    status,
  ]);
  return orderNumber;
}

test('C10, C7: every authorization is listed, the nearest deadline first, whatever its status', async () => {
  const passed = await due(-2);
  const completed = await due(1, 'completed');
  const onHold = await due(7, 'on_hold');
  const far = await due(40);
  const cancelled = await due(3, 'cancelled');
  const { body } = await clerk.get('/v1/deadlines');
  const shown = body.items.map((one: Record<string, unknown>) => [
    one.orderNumber,
    one.daysLeft,
    one.level,
  ]);
  expect(shown).toEqual([
    [passed, -2, 'passed'],
    [completed, 1, 'd1'],
    [onHold, 7, 'd7'],
    [far, 40, 'later'],
  ]);
  expect(body.items[0]).toMatchObject({ captureBy: addDays(TODAY, -2), authorized: 9_115 });
  expect(body.levels).toMatchObject({
    passed: { count: 1, amount: 9_115 },
    d1: { count: 1, amount: 9_115 },
    d3: { count: 0, amount: 0 },
    d7: { count: 1, amount: 9_115 },
  });
  expect(body.weeks).toHaveLength(8);
  const atRisk = body.weeks.reduce(
    (sum: number, { amount }: { amount: number }) => sum + amount,
    0,
  );
  expect(atRisk).toBe(3 * 9_115); // a passed deadline cannot be met any more
  const all = await clerk.get('/v1/deadlines?all=true&within=7');
  expect(all.body.items.map((one: { orderNumber: string }) => one.orderNumber)).toEqual([
    passed,
    completed,
    cancelled,
    onHold,
  ]);
});

test('pages follow each other', async () => {
  const first = (await clerk.get('/v1/deadlines?limit=3')).body;
  const second = (await clerk.get(`/v1/deadlines?limit=3&cursor=${first.nextCursor}`)).body;
  expect([first.items.length, second.items.length, second.nextCursor]).toEqual([3, 1, null]);
  expect((await clerk.get('/v1/deadlines?cursor=x')).status).toBe(422);
});

test('a captured order leaves the list, and the shop’s setting moves the deadline', async () => {
  const orderNumber = await due(10);
  const owner = await env.signIn('owner');
  const settings = await owner.get('/v1/settings');
  await owner.send('PATCH', '/v1/settings', {
    version: settings.body.version,
    body: { captureDeadlineDays: 30 },
  });
  const find = async () =>
    (await clerk.get('/v1/deadlines')).body.items.find(
      (one: { orderNumber: string }) => one.orderNumber === orderNumber,
    );
  expect(await find()).toMatchObject({ daysLeft: -20, level: 'passed' });
  await expect
    .poll(
      async () => (await clerk.get(`/v1/attention?orderNumber=${orderNumber}`)).body.items[0]?.why,
      {
        timeout: 10_000,
      },
    )
    .toMatch(/承認期限を過ぎています/);
});

test('S2, C10: a kind of payment has a deadline of its own, and the nearest comes first', async () => {
  const owner = await env.signIn('owner');
  const change = async (body: object) => {
    const { version } = (await owner.get('/v1/settings')).body;
    return owner.send('PATCH', '/v1/settings', { version, body });
  };
  await change({ captureDeadlineDays: 60 });
  const later = await due(20);
  const apple = await due(24);
  await env.db.query(`update orders set payment_kind = 'apple_pay_fregi' where order_number = $1`, [
    apple,
  ]);
  const changed = await change({ captureDeadlines: { apple_pay_fregi: 40 } });
  expect(changed.body.captureDeadlines).toEqual({ apple_pay_fregi: 40 });
  const listed = async (query = '') =>
    (await clerk.get(`/v1/deadlines${query}`)).body.items
      .filter(({ orderNumber }: { orderNumber: string }) => [apple, later].includes(orderNumber))
      .map((one: Record<string, unknown>) => [one.orderNumber, one.daysLeft]);
  expect(await listed()).toEqual([
    [apple, 4],
    [later, 20],
  ]);
  const order = async (orderNumber: string) =>
    (await clerk.get(`/v1/orders/${orderNumber}`)).body.transaction.captureBy;
  expect([await order(apple), await order(later)]).toEqual([addDays(TODAY, 4), addDays(TODAY, 20)]);
  const found = (await clerk.get('/v1/orders?captureWithinDays=5')).body.items;
  expect(found.map(({ orderNumber }: { orderNumber: string }) => orderNumber)).toContain(apple);
  // A waiting order is told by the kind's own deadline, too.
  const why = async () =>
    (await clerk.get(`/v1/attention?orderNumber=${apple}`)).body.items[0]?.kind;
  await expect.poll(why, { timeout: 10_000 }).toBe('deadline_near');
  await change({ captureDeadlines: { apple_pay_fregi: null } });
  expect(await listed()).toEqual([
    [later, 20],
    [apple, 24],
  ]);
  await expect.poll(why, { timeout: 10_000 }).toBeUndefined();
  const wrong = await change({ captureDeadlines: { bank_transfer: 10 } });
  expect(wrong.status).toBe(422);
});

test('metrics tell how much waits and how much is about to expire', async () => {
  const { body } = await clerk.get('/metrics');
  expect(body).toMatch(/renkei_yen_at_risk\{shop="hanamichi"\} \d+/);
  expect(body).toMatch(/renkei_attention_open\{shop="hanamichi",kind="deadline_near"\} [1-9]/);
  expect(body).toMatch(/renkei_operation_unresolved_oldest_seconds 0/);
  expect(body).toMatch(/renkei_disk_free_bytes\{disk="marks"\} [1-9]/);
});
