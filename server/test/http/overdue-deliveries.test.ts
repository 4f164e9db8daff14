import { addDays, jstDateOf } from '@renkei/core/domain/values/jst.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { registerCard } from '../../../test/kit/cards.ts';
import type { Client } from '../../../test/kit/clients.ts';
import { type MovedClock, movableUrl, openMovedClock } from '../../../test/kit/moved-clock.ts';
import { incoming } from '../../../test/kit/orders.ts';
import { type DevEnv, openDevEnv } from '../../../test/kit/worlds.ts';
import { releaseSafeMode } from '../../src/store/audit/safe-mode.ts';
import { createPgDeliveries } from '../../src/store/subscriptions/pg-deliveries.ts';
import { deliverDue } from '../../src/workers/deliver.ts';

/** B4: a delivery overdue by a cycle is shown and settled by a person, and never made by itself. */
const DAY_MS = 86_400_000;
const POLL = { timeout: 180_000, interval: 200 };
const EACH = 9_115; // 請求金額 of each delivery

let env: DevEnv;
let clock: MovedClock;
let clerk: Client;
beforeAll(async () => {
  env = await openDevEnv({ databaseUrlOf: movableUrl, deliverEveryMs: 500 });
  clock = await openMovedClock(env.db);
  clerk = await env.signIn('clerk');
});
afterAll(() => env?.close());

const today = () => jstDateOf(env.renkei.backoffice.now());
let serial = 0;

/** Applies weekly, as the cart does. */
async function apply(changes: object = {}) {
  serial += 1;
  const [code, customerId] = [`W-${serial}`, `W${serial}`];
  await registerCard(env.sandbox, customerId);
  const { amounts, details, paymentKind, paymentMethod } = incoming();
  const body = {
    code,
    type: 'subscription',
    amounts,
    details,
    paymentKind,
    paymentMethod,
    customerId,
    cycle: { every: 1, unit: 'week' },
    nextDeliveryOn: addDays(today(), 7),
    ...changes,
  };
  return clerk.post('/v1/subscriptions', { body });
}

const pathOf = (code: string) => `/v1/subscriptions/${code}`;
const read = async (code: string) => (await clerk.get(pathOf(code))).body;
const look = () =>
  deliverDue(createPgDeliveries(env.db), env.renkei.backoffice.office, env.renkei.backoffice.now());

/** Moves its next delivery `daysAgo` days into the past, as after an outage. */
async function missed(code: string, daysAgo: number): Promise<void> {
  const on = addDays(today(), -daysAgo);
  await env.db.query('update subscriptions set next_delivery_on = $2 where code = $1', [code, on]);
}

/** Returns the numbers of the deliveries that became orders, and of those that were skipped. */
async function historyOf(code: string) {
  const { history } = await read(code);
  const of = (wanted: string) =>
    history
      .filter(({ state }: { state: string }) => state === wanted)
      .map(({ n }: { n: number }) => n)
      .sort((one: number, other: number) => one - other);
  return { ordered: of('ordered'), skipped: of('skipped') };
}

async function askedAtFregi(code: string): Promise<number> {
  const { history } = await read(code);
  const numbers = history.map(({ orderNumber }: { orderNumber: string }) => orderNumber);
  return env.sandbox.gateway.ledger.list().filter(({ id }) => numbers.includes(id)).length;
}

test('W2: a delivery whose day has passed is refused at every door, and nothing is made', async () => {
  const past = addDays(today(), -89);
  const late = await apply({ nextDeliveryOn: past });
  expect([late.status, late.body.errors[0].pointer]).toEqual([422, '/nextDeliveryOn']);
  expect(late.body.errors[0].message).toContain('今日以降');
  const { body } = await apply({ nextDeliveryOn: addDays(today(), 40) });
  const changed = await clerk.send('PATCH', pathOf(body.code), {
    body: { nextDeliveryOn: addDays(today(), -1) },
    version: 1,
  });
  expect([changed.status, changed.body.errors[0].pointer]).toEqual([422, '/nextDeliveryOn']);
  const yesterday = await apply({ nextDeliveryOn: addDays(today(), -1) });
  expect(yesterday.status).toBe(422);
  expect((await apply({ nextDeliveryOn: today(), leadDays: 0 })).status).toBe(201);
});

test('a past order day bills one delivery at the most, whatever its cycle and lead', async () => {
  const daily = await apply({
    cycle: { every: 1, unit: 'day' },
    nextDeliveryOn: addDays(today(), 1),
    leadDays: 60,
  });
  const monthly = await apply({
    cycle: { every: 1, unit: 'month' },
    nextDeliveryOn: today(),
    leadDays: 20,
  });
  await look();
  await look();
  expect(await historyOf(daily.body.code)).toEqual({ ordered: [], skipped: [] });
  expect((await read(daily.body.code)).overdue).toMatchObject({ count: 59, amount: 59 * EACH });
  expect(await historyOf(monthly.body.code)).toEqual({ ordered: [1], skipped: [] });
});

test('an overdue delivery is shown with its sum in the list, at home and in 要対応, and waits through every look', async () => {
  const { body } = await apply();
  await missed(body.code, 14);
  await look();
  await look();
  const found = await read(body.code);
  expect(found.overdue).toEqual({
    count: 3,
    first: { n: 1, deliverOn: addDays(today(), -14), orderOn: addDays(today(), -21) },
    last: { n: 3, deliverOn: today(), orderOn: addDays(today(), -7) },
    amount: 3 * EACH,
    canMakeAll: true,
  });
  expect(found.upcoming[0]).toMatchObject({ n: 4, deliverOn: addDays(today(), 7) });
  const list = await clerk.get('/v1/subscriptions?overdue=true');
  const codes = list.body.items.map(({ code }: { code: string }) => code);
  expect(codes).toContain(body.code);
  expect(list.body.counts.overdue).toBe(codes.length);
  const home = (await clerk.get('/v1/home')).body.overdueDeliveries;
  expect(home.count).toBe(codes.length);
  expect(home.amount).toBeGreaterThanOrEqual(3 * EACH);
  const { overdueDeliveries } = (await clerk.get('/v1/attention')).body;
  expect(overdueDeliveries).toMatchObject({ applications: codes.length, amount: home.amount });
  expect(overdueDeliveries.count * EACH).toBe(home.amount);
  expect(await historyOf(body.code)).toEqual({ ordered: [], skipped: [] });
});

test.each([
  ['make_one', { ordered: [3], skipped: [1, 2] }],
  ['make_all', { ordered: [1, 2, 3], skipped: [] }],
  ['skip', { ordered: [], skipped: [1, 2, 3] }],
] as const)(
  '%s does what its preview says, with the sum; then the schedule goes on by itself',
  async (answer, expected) => {
    const { body } = await apply();
    await missed(body.code, 14);
    const path = `${pathOf(body.code)}/overdue`;
    const previewed = await clerk.post(`${path}/preview`, { body: { answer } });
    const numbers = (list: { n: number }[]) => list.map(({ n }) => n);
    expect(numbers(previewed.body.made)).toEqual(expected.ordered);
    expect(numbers(previewed.body.skipped)).toEqual(expected.skipped);
    expect(previewed.body).toMatchObject({
      amount: expected.ordered.length * EACH,
      next: { n: 4, deliverOn: addDays(today(), 7), orderOn: today() },
    });
    expect(await historyOf(body.code)).toEqual({ ordered: [], skipped: [] }); // only a preview

    const press = { body: { answer, count: 3 }, version: 1 };
    const settled = await clerk.post(path, press);
    expect(settled.body).toMatchObject({ version: 2, overdue: null });
    expect(await historyOf(body.code)).toEqual(expected);
    const again = await clerk.post(path, press);
    expect([again.status, again.body.code]).toEqual([409, 'subscription_changed']);
    await look();
    await look();
    const made = [...expected.ordered, 4];
    expect(await historyOf(body.code)).toEqual({ ...expected, ordered: made });
    expect(await askedAtFregi(body.code)).toBe(made.length);
    const { items } = (await clerk.get('/v1/activity?areas=subscription')).body;
    const entry = items.find(({ subject }: { subject: string }) => subject === body.code);
    expect(entry).toMatchObject({
      action: 'application_overdue_settled',
      actor: { name: expect.stringMatching(/^clerk/) },
      facts: { answer, amount: expected.ordered.length * EACH },
    });
  },
);

test('the order of a delivery whose day has passed asks for no day', async () => {
  const { body } = await apply();
  await missed(body.code, 14);
  const path = `${pathOf(body.code)}/overdue`;
  await clerk.post(path, { body: { answer: 'make_all', count: 3 }, version: 1 });
  const { history } = await read(body.code);
  const wishes = await Promise.all(
    history.map(async ({ orderNumber }: { orderNumber: string }) => {
      const order = (await clerk.get(`/v1/orders/${orderNumber}`)).body;
      return order.details.destinations[0].requestedDate;
    }),
  );
  expect(wishes).toEqual([today(), null, null]); // the newest first
});

test('of three presses at once one is done, and a different one is told that it came too late', async () => {
  const { body } = await apply();
  await missed(body.code, 14);
  const path = `${pathOf(body.code)}/overdue`;
  const answers = ['make_all', 'make_one', 'skip'].map((answer) =>
    clerk.post(path, { body: { answer, count: 3 }, version: 1 }),
  );
  const codes = (await Promise.all(answers)).map(({ status }) => status).sort();
  expect(codes).toEqual([200, 409, 409]);
  const { ordered, skipped } = await historyOf(body.code);
  expect([...ordered, ...skipped].sort()).toEqual([1, 2, 3]);
});

test('a press is refused with a reason: another number, nothing overdue, no right, safe mode', async () => {
  const { body } = await apply();
  await missed(body.code, 14);
  const path = `${pathOf(body.code)}/overdue`;
  const refused = async (client: Client, wanted: object, version: number) => {
    const { status, body: problem } = await client.post(path, { body: wanted, version });
    return [status, problem.code];
  };
  const all = { answer: 'make_all', count: 3 };
  expect(await refused(clerk, { answer: 'make_all', count: 2 }, 1)).toEqual([
    409,
    'subscription_changed',
  ]);
  expect((await refused(await env.signIn('accountant'), all, 1))[0]).toBe(403);
  expect((await refused(clerk, { answer: 'make_two', count: 3 }, 1))[0]).toBe(422);
  const skipped = await clerk.post(`${pathOf(body.code)}/skip`, { version: 1 });
  expect([skipped.status, skipped.body.code]).toEqual([409, 'deliveries_overdue']);
  await env.db.query(`insert into safe_modes (cause) values ('[]')`);
  expect(await refused(clerk, all, 1)).toEqual([503, 'safe_mode']);
  await releaseSafeMode(env.db, 'the test');
  expect(await historyOf(body.code)).toEqual({ ordered: [], skipped: [] });
  await clerk.post(path, { body: { answer: 'skip', count: 3 }, version: 1 });
  expect(await refused(clerk, { answer: 'skip', count: 1 }, 2)).toEqual([409, 'nothing_overdue']);
});

test('W13: an empty change is none: the end of the month stays, and no version is used', async () => {
  const monthEnd = addDays(`${Number(today().slice(0, 4)) + 1}-02-01`, -1); // 31 January
  const { body } = await apply({
    cycle: { every: 1, unit: 'month' },
    nextDeliveryOn: monthEnd,
  });
  const path = pathOf(body.code);
  const skipped = await clerk.post(`${path}/skip`, { version: 1 });
  const { nextDeliveryOn, cycle } = skipped.body;
  expect(nextDeliveryOn.slice(5, 7)).toBe('02');
  const same = await clerk.send('PATCH', path, {
    body: { nextDeliveryOn, cycle, customerId: 'W-other' },
    version: 2,
  });
  const days = (view: { upcoming: { deliverOn: string }[] }) =>
    view.upcoming.map(({ deliverOn }) => deliverOn.slice(5));
  expect(days(same.body)).toEqual([nextDeliveryOn.slice(5), '03-31', '04-30']);
  const nothing = await clerk.send('PATCH', path, { body: { nextDeliveryOn, cycle }, version: 3 });
  expect([nothing.status, nothing.body.version]).toEqual([200, 3]);
});

test('an outage of five weeks bills nobody until somebody says so', async () => {
  const { body } = await apply();
  await expect.poll(() => historyOf(body.code), POLL).toEqual({ ordered: [1], skipped: [] });
  const before = today();

  await clock.move(36 * DAY_MS);
  await expect.poll(today, POLL).toBe(addDays(before, 36)); // the clock is read now and then
  clerk = await env.signIn('clerk'); // the session has expired meanwhile
  const overdue = async () => (await read(body.code)).overdue?.count ?? 0;
  await expect.poll(overdue, POLL).toBe(4);
  const movedAt = env.renkei.backoffice.now();
  const lookedAt = async () => {
    const { job } = (await clerk.get('/v1/subscriptions?limit=1')).body;
    return Date.parse(job.lookedAt);
  };
  await expect.poll(lookedAt, POLL).toBeGreaterThan(movedAt);
  expect(await historyOf(body.code)).toEqual({ ordered: [1], skipped: [] });
  expect(await askedAtFregi(body.code)).toBe(1);

  const { version } = await read(body.code);
  const settled = await clerk.post(`${pathOf(body.code)}/overdue`, {
    body: { answer: 'make_one', count: 4 },
    version,
  });
  expect(settled.status).toBe(200);
  const expected = { ordered: [1, 5, 6], skipped: [2, 3, 4] };
  await expect.poll(() => historyOf(body.code), POLL).toEqual(expected);
  await expect.poll(() => askedAtFregi(body.code), POLL).toBe(3);
  expect((await read(body.code)).upcoming[0]).toMatchObject({ n: 7 });
}, 900_000);
