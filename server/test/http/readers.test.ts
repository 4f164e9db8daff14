import type { ReadRecord } from '@renkei/contract/attention/readers.ts';
import { beforeAll, describe, expect, test } from 'vitest';
import { applicationOf } from '../../../test/kit/applications.ts';
import type { Client } from '../../../test/kit/clients.ts';
import { type DevEnv, openDevEnv } from '../../../test/kit/worlds.ts';

/** S16: whose records did a person see between two instants? */
let env: DevEnv;
let owner: Client;
let viewer: Client;
let viewerId: string;
const orders: string[] = [];
beforeAll(async () => {
  env = await openDevEnv();
  owner = await env.signIn('owner');
  viewer = await env.signIn('viewer');
  viewerId = (await viewer.get('/v1/me')).body.user.id;
  for (let n = 0; n < 4; n += 1) orders.push(await env.order());
});

const SPAN = () => `from=${iso(-3_600_000)}&to=${iso(3_600_000)}`;
const iso = (ms: number) => new Date(Date.now() + ms).toISOString();

async function seenBy(person: string, more = ''): Promise<ReadRecord[]> {
  const { status, body } = await owner.get(
    `/v1/activity/readers?person=${person}&${SPAN()}${more}`,
  );
  expect(status, JSON.stringify(body)).toBe(200);
  return body.items;
}

const entries = async (id: string) =>
  (
    await env.db.query(
      `select from shop_log where after ->> 'action' = 'records_read' and actor ->> 'id' = $1`,
      [id],
    )
  ).rowCount;

describe('the log of reading', () => {
  test('S16: an owner sees whose records a person saw, each once in an hour, and no read wrote', async () => {
    const [first = ''] = orders;
    for (let n = 0; n < 3; n += 1) await viewer.get(`/v1/orders/${first}`);
    expect(await entries(viewerId)).toBe(0);
    const seen = await seenBy(viewerId);
    expect(seen).toMatchObject([
      { record: first, person: { id: viewerId, name: 'viewer 2' }, customerName: '髙﨑 花子' },
    ]);
    expect(await entries(viewerId)).toBe(1);
    await viewer.get(`/v1/orders/${first}`);
    expect(await seenBy(viewerId)).toHaveLength(1);
    expect(await entries(viewerId)).toBe(1);
  });

  test('S16: a list, a search, a run and a file show records, too', async () => {
    await viewer.get('/v1/orders');
    expect((await seenBy(viewerId)).map(({ record }) => record).toSorted()).toEqual(orders);
    const clerk = await env.signIn('clerk');
    const { id } = (await clerk.get('/v1/me')).body.user;
    const [a = '', b = ''] = orders;
    const rows = [{ orderNumber: a, version: 1 }];
    const run = (await clerk.post('/v1/runs', { body: { rows } })).body.id;
    await clerk.get(`/v1/runs/${run}/csv?encoding=utf-8`);
    expect((await seenBy(id)).map(({ record }) => record)).toEqual([a]);
    const selection = (await clerk.post('/v1/selections', { body: { q: b } })).body.id;
    await clerk.get(`/v1/exports?selection=${selection}&layout=futureshop`);
    expect((await seenBy(id)).map(({ record }) => record).toSorted()).toEqual([a, b]);
  });

  test('S16: an application counts as a record', async () => {
    const clerk = await env.signIn('clerk');
    const { id } = (await clerk.get('/v1/me')).body.user;
    await owner.post('/v1/subscriptions', { body: applicationOf('T-77') });
    await clerk.get('/v1/subscriptions');
    expect((await seenBy(id)).map(({ record }) => record)).toEqual(['T-77']);
    const who = (await owner.get(`/v1/activity/readers?record=T-77&${SPAN()}`)).body.items;
    expect(who.map(({ person }: ReadRecord) => person.id)).toContain(id);
  });

  test('S16: nothing is shown from outside of the span', async () => {
    const past = `from=${iso(-7_200_000)}&to=${iso(-3_600_000)}`;
    expect((await owner.get(`/v1/activity/readers?${past}`)).body).toEqual({ items: [], count: 0 });
    const paged = (await owner.get(`/v1/activity/readers?${SPAN()}&limit=1&offset=1`)).body;
    expect(paged.items).toHaveLength(1);
    expect(paged.count).toBeGreaterThan(4);
  });

  test('S16: the CSV is an export of its own, and only an owner sees any of it', async () => {
    const { status, body } = await owner.get(`/v1/activity/readers/csv?${SPAN()}`);
    expect([status, body.split('\r\n')[1]]).toEqual([200, expect.stringContaining(',')]);
    expect(body).toContain(orders[0]);
    const [noted] = (await owner.get('/v1/activity?areas=file')).body.items;
    expect(noted).toMatchObject({ action: 'exported_readers' });
    for (const role of ['clerk', 'accountant', 'viewer'] as const) {
      const other = await env.signIn(role);
      expect((await other.get(`/v1/activity/readers?${SPAN()}`)).status).toBe(403);
      expect((await other.get(`/v1/activity/readers/csv?${SPAN()}`)).status).toBe(403);
    }
  });

  test('操作履歴 does not repeat the reads, and the chain holds them', async () => {
    const { items } = (await owner.get('/v1/activity?areas=access&limit=500')).body;
    const actions = items.map(({ action }: { action: string }) => action);
    expect(actions).not.toContain('records_read');
    expect(actions).not.toContain('recorded');
  });

  test('a stop in good order loses nothing', async () => {
    const last = await env.signIn('viewer');
    const { id } = (await last.get('/v1/me')).body.user;
    await last.get(`/v1/orders/${orders[0]}`);
    expect(await entries(id)).toBe(0);
    await env.close();
    expect(await entries(id)).toBe(1);
  });
});
