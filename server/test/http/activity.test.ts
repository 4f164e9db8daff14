import type { ActivityEntry } from '@renkei/contract/attention/activity.ts';
import { jstDateOf } from '@renkei/core/domain/values/jst.ts';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Client } from '../../../test/kit/clients.ts';
import { type DevEnv, openDevEnv } from '../../../test/kit/worlds.ts';
import { beginVerification } from '../../src/store/audit/verifications.ts';
import { Verifier } from '../../src/workers/audit/verifier.ts';

/** 操作履歴 and ホーム, after a little work. */
let env: DevEnv;
let clerk: Client;
let owner: Client;
let paid: string;
let cancelled: string;
beforeAll(async () => {
  env = await openDevEnv();
  clerk = await env.signIn('clerk');
  owner = await env.signIn('owner');
  paid = await env.order();
  cancelled = await env.order();
  await act('POST', paid, 'payment', {});
  await act('POST', cancelled, 'status', { to: 'cancelled', cancelTransaction: false });
  await env.renkei.backoffice.attendant.attend('hanamichi', [cancelled]);
  const settings = (await owner.get('/v1/settings')).body;
  await owner.send('PATCH', '/v1/settings', {
    version: settings.version,
    body: { captureDeadlineDays: 45 },
  });
});

async function act(method: string, orderNumber: string, what: string, body: object) {
  const { version } = (await clerk.get(`/v1/orders/${orderNumber}`)).body;
  const reply = await clerk.send(method, `/v1/orders/${orderNumber}/${what}`, { version, body });
  expect(reply.status).toBe(200);
}

const list = async (query = '', by = clerk): Promise<ActivityEntry[]> =>
  (await by.get(`/v1/activity${query}`)).body.items;

test('one filter shows who cancelled an order', async () => {
  const entries = await list(`?orderNumber=${cancelled}&areas=order`);
  expect(entries[0]).toMatchObject({
    action: 'status_changed',
    orderNumber: cancelled,
    area: 'order',
    actor: { kind: 'user', name: expect.stringMatching(/^clerk/) },
    facts: { to: 'cancelled', gateway: 'left_alone' },
  });
});

test('money, attention and settings stand in one list, newest first', async () => {
  const entries = await list();
  expect(entries.map(({ at }) => at)).toEqual(
    entries
      .map(({ at }) => at)
      .sort()
      .reverse(),
  );
  const areas = new Set(entries.map(({ area }) => area));
  expect([...areas]).toEqual(expect.arrayContaining(['order', 'money', 'attention', 'settings']));
  const money = await list(`?areas=money&orderNumber=${paid}`);
  expect(money.map(({ action }) => action)).toEqual([
    'order_marked_paid',
    'operation_ended',
    'transaction_moved',
    'operation_accepted',
  ]);
});

test('an entry shows its actor, address and request, here and at the order', async () => {
  const [entry] = await list(`?orderNumber=${cancelled}&areas=order`);
  expect(entry?.from).toEqual({
    ip: '127.0.0.1',
    requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
  });
  const { timeline } = (await clerk.get(`/v1/orders/${cancelled}`)).body;
  expect(timeline[0]).toMatchObject({ kind: 'status_changed', from: entry?.from });
  expect(timeline.at(-1).from).toBeNull();
});

test('the log shows sign-ins, rights, and each change before and after', async () => {
  const entries = await list('?areas=access', owner);
  expect(entries.map(({ action }) => action)).toEqual(
    expect.arrayContaining(['member_added', 'signed_in']),
  );
  const [changed] = await list('?areas=settings', owner);
  expect(changed).toMatchObject({
    action: 'settings_changed',
    actor: { name: expect.stringMatching(/^owner/) },
    facts: { captureDeadlineDays: '60 → 45' },
  });
  const headers = { 'content-type': 'application/json', origin: env.url };
  const wrong = { email: 'owner-2@example.jp', password: 'not the right password' };
  await fetch(`${env.url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers,
    body: JSON.stringify(wrong),
  });
  const [failed] = await list('?areas=access', owner);
  expect(failed).toMatchObject({
    action: 'sign_in_failed',
    subject: expect.stringMatching(/^owner/),
    from: { ip: '127.0.0.1' },
  });
});

describe('the verification of the records in the background', () => {
  const path = '/v1/activity/verification';
  const PATIENCE = { timeout: 20_000 };
  const stand = async () => (await clerk.get(path)).body;
  async function verify() {
    const begun = await clerk.post(path);
    expect(begun.status).toBe(202);
    const over = async () => (await stand()).latest;
    await expect.poll(async () => (await over()).state, PATIENCE).not.toBe('running');
    expect((await over()).id).toBe(begun.body.id);
    return over();
  }

  test('a verification shows its scope, its actor, its last seal, and the place of a change', async () => {
    expect(await stand()).toEqual({ latest: null, verified: null });
    await expect
      .poll(async () => (await env.db.query('select from to_seal')).rowCount, PATIENCE)
      .toBe(0);
    const right = await verify();
    expect(right).toMatchObject({
      state: 'right',
      startedBy: expect.stringMatching(/^clerk/),
      found: { wrong: null, orders: 2, outside: null, head: { n: expect.any(Number) } },
    });
    expect(right.found.entries).toBeGreaterThan(5);
    expect(right.found.logged).toBeGreaterThan(3);
    expect(right.progress).toEqual({ read: right.found.entries, of: right.found.entries });
    await env.db.query('alter table shop_log disable trigger all');
    const forge = (days: number) =>
      env.db.query(
        `update shop_log set after = jsonb_set(after, '{captureDeadlineDays}', $1)
          where after ? 'captureDeadlineDays'`,
        [days],
      );
    await forge(99);
    const wrong = await verify();
    expect(wrong.state).toBe('wrong');
    expect(wrong.found.wrong).toMatch(/店舗の記録 の\d+番目の記録が、書かれた時と異なります/);
    await forge(45);
    await env.db.query('alter table shop_log enable trigger all');
    expect((await verify()).state).toBe('right');
  });

  test('only one verification runs at a time; it can be cancelled, and says if nobody finished it', async () => {
    const { latest: before } = await stand();
    const begun = { shopId: 'hanamichi', startedBy: 'tanaka' };
    await beginVerification(env.db, { ...begun, id: 'cancelled' });
    expect((await clerk.post(path)).body.id).toBe('cancelled');
    const other = await env.signIn('clerk', 'minato');
    expect((await other.post(path)).body.code).toBe('verification_elsewhere');
    expect((await other.get(path)).body).toEqual({ latest: null, verified: null });
    await other.send('DELETE', path);
    expect((await stand()).latest.state).toBe('running');
    const { latest, verified } = (await clerk.send('DELETE', path)).body;
    expect([latest.state, latest.found, verified.id]).toEqual(['cancelled', null, before.id]);

    await beginVerification(env.db, { ...begun, id: 'dead' });
    await env.db.query(`update verifications set entries_read = 3,
      heard_at = now() - interval '31 seconds' where id = 'dead'`);
    const dead = (await stand()).latest;
    expect([dead.id, dead.state, dead.progress.read]).toEqual(['dead', 'interrupted', 3]);
    expect((await verify()).state).toBe('right');
  });

  test('a broken process is reported, and a verification cancelled under way ends', async () => {
    const errors: unknown[] = [];
    const options = {
      db: env.db,
      marks: () => [],
      onError: (error: unknown) => errors.push(error),
    };
    const broken = new Verifier({ ...options, databaseUrl: 'postgres://127.0.0.1:1/none' });
    await broken.begin('hanamichi', 'tanaka');
    await expect.poll(async () => (await stand()).latest.state, PATIENCE).toBe('interrupted');
    await broken.close();
    expect(errors).toHaveLength(1);
    const verifier = new Verifier({ ...options, databaseUrl: env.databaseUrl });
    await verifier.begin('hanamichi', 'tanaka');
    await verifier.cancel('hanamichi');
    expect((await stand()).latest.state).toBe('cancelled');
    const next = await verifier.begin('hanamichi', 'tanaka');
    await expect
      .poll(async () => (await stand()).latest, PATIENCE)
      .toMatchObject({ id: next?.id, state: 'right' });
    await verifier.close();
  });

  test('a viewer may not verify', async () => {
    const viewer = await env.signIn('viewer');
    expect((await viewer.post(path)).status).toBe(403);
  });
});

test('pages follow each other without gap or repeat, and filter by person and day', async () => {
  const all = (await list('?limit=500')).map((entry) => JSON.stringify(entry));
  const paged: string[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const from: string = cursor === '' ? '' : `&cursor=${cursor}`;
    const { body } = await clerk.get(`/v1/activity?limit=3${from}`);
    paged.push(...body.items.map((entry: ActivityEntry) => JSON.stringify(entry)));
    cursor = body.nextCursor;
    // A plain instant in digits would be taken for a card number, one in ten times.
    expect(cursor ?? '').not.toMatch(/\d{13}/);
  }
  expect(paged).toEqual(all);
  const { actors } = (await clerk.get('/v1/activity')).body;
  const { id } = actors.find(({ name }: { name: string }) => name.startsWith('owner'));
  expect((await list(`?actor=${id}&areas=settings`)).map(({ action }) => action)).toEqual([
    'settings_changed',
  ]);
  expect((await list('?actor=system')).every(({ actor }) => actor.kind === 'system')).toBe(true);
  expect(await list('?to=2020-01-01')).toEqual([]);
  expect((await clerk.get('/v1/activity?cursor=x')).status).toBe(422);
});

test('操作履歴 is exported, and a viewer does not see it', async () => {
  const { body, status } = await clerk.get('/v1/activity/csv');
  expect([status, body.split('\r\n')[0]]).toEqual([200, expect.stringContaining('日時')]);
  const viewer = await env.signIn('viewer');
  expect((await viewer.get('/v1/activity')).status).toBe(403);
});

test('ホーム shows today’s work as numbers, and the last thirty days', async () => {
  await env.order();
  const { status, body } = await clerk.get('/v1/home');
  expect(status).toBe(200);
  expect(body.unpaidCards).toMatchObject({ count: 1, amount: 9_115 });
  expect(body.attention.byKind.authorization_left).toBe(1);
  expect(body.capturesPerDay).toHaveLength(30);
  expect(body.capturesPerDay.at(-1)).toEqual({
    on: jstDateOf(Date.now()),
    count: 1,
    amount: 9_115,
  });
  const delayed = body.captureDelays.reduce(
    (sum: number, { count }: { count: number }) => sum + count,
    0,
  );
  expect(delayed).toBe(1);
  expect(body.gatewayTimes).toMatchObject([{ verb: 'capture', calls: 1, unanswered: 0 }]);
  expect(body.inDoubt).toEqual({ unknown: 0, review: 0, oldestSince: null });
});

test('promise 5: an order is shown as it was at any entry of its history', async () => {
  const { timeline, version } = (await clerk.get(`/v1/orders/${paid}`)).body;
  const marked = timeline.find((entry: { kind: string }) => entry.kind === 'order_marked_paid');
  const now = (await clerk.get(`/v1/orders/${paid}/versions/${marked.version}`)).body;
  expect(now).toMatchObject({
    kind: 'order_marked_paid',
    order: { paidOn: expect.any(String), billed: 9_115 },
    changes: [{ field: 'paidOn', before: null, after: now.order.paidOn }],
  });
  const first = (await clerk.get(`/v1/orders/${paid}/versions/1`)).body;
  expect(first).toMatchObject({ kind: 'order_placed', order: { paidOn: null }, changes: [] });
  expect((await clerk.get(`/v1/orders/${paid}/versions/${version + 1}`)).status).toBe(404);
});
