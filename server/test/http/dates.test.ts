import { DateRangeError, jstDateOf } from '@renkei/core/domain/values/jst.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applicationOf } from '../../../test/kit/applications.ts';
import type { Client, Reply } from '../../../test/kit/clients.ts';
import { type TextPlace, textPlaces } from '../../../test/kit/openapi.ts';
import { type DevEnv, openDevEnv } from '../../../test/kit/worlds.ts';
import { createPgDeliveries } from '../../src/store/subscriptions/pg-deliveries.ts';
import { deliverDue } from '../../src/workers/deliver.ts';

let env: DevEnv;
let owner: Client;
let places: TextPlace[];
beforeAll(async () => {
  env = await openDevEnv();
  owner = await env.signIn('owner');
  places = textPlaces(env.renkei.app).filter(({ schema }) => FORMATS.includes(schema.format ?? ''));
});
afterAll(() => env?.close());

const FORMATS = ['date', 'date-time', 'month'];
const ASKED_BEYOND = ['0000-01-01', '0001-01-01', '1999-12-31', '2101-01-01', '9999-12-31'];
const NO_DATES = ['10000-01-01', '2026-02-30', '2026-13-01', 'infinity', '-0001-01-01', ''];
const WITHIN = ['2000-01-01', '2100-12-31'];

/**
 * Writes a date as a place wants it: as it is, as an instant of that day in Japan, or as its month.
 */
function written(on: string, { schema }: TextPlace): string {
  if (schema.format === 'month') return on.replace(/-\d\d$/, '');
  return schema.format === 'date' ? on : `${on}T00:00:00.000Z`;
}

function send({ method, request }: TextPlace, value: string): Promise<Reply> {
  const { path, body } = request(value);
  return owner.send(method, path, { version: 1, ...(body === undefined ? {} : { body }) });
}

const told = ({ method, url, steps }: TextPlace, value: string, { status, body }: Reply) =>
  `${method} ${url} ${steps.join('.')} ${value}: ${status} ${body.code ?? ''}`;

describe('S1: every date that the API’s own description names', () => {
  test("the API's own description names its dates: in queries and in bodies, days, months and instants", () => {
    expect(places.length).toBeGreaterThan(30);
    expect(new Set(places.map(({ schema }) => schema.format))).toEqual(new Set(FORMATS));
    expect(new Set(places.map(({ where }) => where))).toEqual(new Set(['query', 'body']));
  });

  test('ASVS 1.4.2: a date beyond 2000 to 2100, or no date at all, is refused with a pointer to it', async () => {
    for (const place of places) {
      // A month has no 30th of February.
      const isMonth = place.schema.format === 'month';
      const wrong = [...ASKED_BEYOND, ...NO_DATES].filter((on) => !isMonth || on !== '2026-02-30');
      const values = wrong.map((on) => written(on, place));
      const replies: Reply[] = []; // one after another: a shop sends one file at a time
      for (const value of values) replies.push(await send(place, value));
      for (const [n, reply] of replies.entries()) {
        const value = values[n] ?? '';
        expect(told(place, value, reply)).toBe(told(place, value, REFUSED));
        const [{ pointer }] = reply.body.errors;
        const inUnion = pointer === '/' || pointer.split('/').length - 1 < place.steps.length;
        if (!inUnion) expect(pointer).toBe(`/${place.steps.join('/')}`);
      }
    }
  }, 300_000);

  test('the first and the last day are accepted, and nothing breaks', async () => {
    for (const place of places) {
      for (const on of WITHIN) {
        const value = written(on, place);
        const reply = await send(place, value);
        expect(reply.status, told(place, value, reply)).toBeLessThan(500);
        const errors: { message: string }[] = reply.body.errors ?? [];
        for (const { message } of errors) expect(message).not.toMatch('2100-12-31');
      }
    }
    expect(env.errors).toEqual([]);
  }, 300_000);
});

const REFUSED = { status: 422, body: { code: 'invalid_request' } } as Reply;

describe('S1: a month of the reconciliation', () => {
  test('the last year is told day by day, and the year after it is refused at once', async () => {
    const last = await owner.get('/v1/reconciliation/days?month=2100-12');
    expect(last.body.days).toHaveLength(31);
    for (const query of ['month=9999-12', 'day=9999-12-31', 'month=2101-01']) {
      expect((await owner.get(`/v1/reconciliation/days?${query}`)).status).toBe(422);
    }
  });
});

describe('S9: an application', () => {
  const open = (code: string, changes = {}) =>
    owner.post('/v1/subscriptions', { body: applicationOf(code, changes) });

  test('an application on the last day of all is shown with that delivery, and none after it', async () => {
    const made = await open('T-LAST', { nextDeliveryOn: '2100-12-31' });
    expect(made.status).toBe(201);
    expect(made.body.upcoming).toEqual([{ n: 1, deliverOn: '2100-12-31', orderOn: '2100-12-24' }]);
    const skipped = await owner.post('/v1/subscriptions/T-LAST/skip', { version: 1 });
    expect([skipped.status, skipped.body.status]).toEqual([200, 'finished']);
  });

  test('an application stays as it was after a refused day', async () => {
    expect((await open('T-KEPT')).status).toBe(201);
    const url = '/v1/subscriptions/T-KEPT';
    const body = { nextDeliveryOn: '9999-12-31' };
    const refused = await owner.send('PATCH', url, { version: 1, body });
    expect([refused.status, refused.body.errors[0].pointer]).toEqual([422, '/nextDeliveryOn']);
    expect((await owner.get(url)).body).toMatchObject({ version: 1 });
  });

  test('an application whose stored day is beyond all dates is shown, mended, and harms no other', async () => {
    for (const on of ['9999-12-31', 'infinity', '0001-01-01']) {
      const code = `T-${on}`;
      expect((await open(code.slice(0, 20))).status).toBe(201);
      await env.db.query('update subscriptions set next_delivery_on = $2 where code = $1', [
        code,
        on,
      ]);
    }
    const { status, body } = await owner.get('/v1/subscriptions');
    expect(status).toBe(200);
    const shown = Object.fromEntries(
      body.items.map((one: Record<string, unknown>) => [one.code, one.upcoming]),
    );
    expect(shown['T-9999-12-31']).toEqual([]);
    expect(shown['T-infinity']).toEqual([]);
    expect(shown['T-KEPT']).toHaveLength(3);
    const url = '/v1/subscriptions/T-9999-12-31';
    const skip = await owner.post(`${url}/skip`, { version: 1 });
    expect([skip.status, skip.body.code]).toEqual([409, 'date_unusable']);
    const day = { nextDeliveryOn: '2030-01-01' };
    const mended = await owner.send('PATCH', url, { version: 1, body: day });
    expect([mended.status, mended.body.upcoming[0].deliverOn]).toEqual([200, '2030-01-01']);
  });

  test('an application that cannot be shown is named in the list, beside the others', async () => {
    await open('T-POISON');
    await env.db.query(`update subscriptions set created_at = 'infinity' where code = 'T-POISON'`);
    const { status, body } = await owner.get('/v1/subscriptions', { locale: 'en' });
    expect(status).toBe(200);
    expect(body.items.length).toBeGreaterThan(2);
    expect(body.unshown).toEqual([
      { id: 'T-POISON', reason: expect.stringMatching(/cannot handle/) },
    ]);
    expect((await owner.get('/v1/subscriptions/T-POISON')).status).toBe(409);
  });

  test('an application whose day lies before all dates does not keep the job from the others', async () => {
    const { db, office } = env.renkei.backoffice;
    await open('T-DUE', { nextDeliveryOn: jstDateOf(Date.now()) });
    await deliverDue(createPgDeliveries(db), office, Date.now());
    expect((await owner.get('/v1/subscriptions/T-DUE')).body.history).toHaveLength(1);
    const { rows } = await env.db.query(
      `select count(*)::int as made from subscription_deliveries where code = 'T-0001-01-01'`,
    );
    expect(rows[0].made).toBe(0);
    const beyond = env.errors.filter((error) => !(error instanceof DateRangeError));
    expect(beyond).toEqual([]);
  });
});

describe('an order', () => {
  test('an order whose stored instants are beyond all dates is named in the list, beside the others', async () => {
    const [good, bad, far] = [await env.order(), await env.order(), await env.order()];
    await env.db.query(`update orders set placed_at = 'infinity' where order_number = $1`, [bad]);
    await env.db.query(
      `update orders set paid_on = '9999-12-31', authorized_at = '9999-12-31' where order_number = $1`,
      [far],
    );
    const { status, body } = await owner.get('/v1/orders');
    expect(status).toBe(200);
    const numbers = body.items.map((one: { orderNumber: string }) => one.orderNumber);
    expect(numbers).toEqual(expect.arrayContaining([good, far]));
    expect(body.unshown.map(({ id }: { id: string }) => id)).toEqual([bad]);
    for (const url of ['/v1/deadlines', '/v1/attention', '/v1/home', `/v1/orders/${far}`]) {
      expect((await owner.get(url)).status, url).toBe(200);
    }
    expect((await owner.get(`/v1/orders/${bad}`)).status).toBe(409);
  });
});
