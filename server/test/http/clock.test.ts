import { addDays } from '@renkei/core/domain/values/jst.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Client } from '../../../test/kit/clients.ts';
import { incoming } from '../../../test/kit/orders.ts';
import { type DevEnv, openDevEnv, SHOPS } from '../../../test/kit/worlds.ts';
import { setClockWrong } from '../../../test/kit/wrong-clock.ts';
import { createPgDeliveries } from '../../src/store/subscriptions/pg-deliveries.ts';
import { deliverDue } from '../../src/workers/deliver.ts';

/** F38: the server's own clock is wrong by a day. Every date and every wait is the database's. */
const DAY_MS = 86_400_000;
const POLL = { timeout: 15_000, interval: 50 };

describe.each([
  ['ahead', DAY_MS],
  ['behind', -DAY_MS],
])('a server whose clock is a day %s', (_, byMs) => {
  let env: DevEnv;
  let owner: Client;
  let today: string;
  let setRight = () => {};

  beforeAll(async () => {
    setRight = setClockWrong(() => byMs);
    env = await openDevEnv();
    owner = await env.signIn('owner');
    today = await value(`(now() at time zone 'Asia/Tokyo')::date`);
  });
  afterAll(async () => {
    await env?.close();
    setRight();
  });

  async function value<T = string>(expression: string, from = ''): Promise<T> {
    const { rows } = await env.db.query<{ value: T }>(`select ${expression} as value ${from}`);
    return rows[0]?.value as T;
  }

  test("C9: a payment without a 入金日 has today's, and one of tomorrow is refused", async () => {
    const [first, second] = [await env.order(), await env.order()];
    const tomorrow = { paidOn: addDays(today, 1) };
    const refused = await owner.post(`/v1/orders/${first}/payment`, { body: tomorrow, version: 1 });
    expect([refused.status, refused.body.code]).toEqual([422, 'paid_on_in_future']);
    for (const [order, body] of [[first, { paidOn: today }] as const, [second, {}] as const]) {
      const paid = await owner.post(`/v1/orders/${order}/payment`, { body, version: 1 });
      expect([paid.status, paid.body.order.paidOn]).toEqual([200, today]);
    }
  });

  test("a bulk run without a 入金日 has today's", async () => {
    const orderNumber = await env.order();
    const started = await owner.post('/v1/runs', { body: { rows: [{ orderNumber, version: 1 }] } });
    expect(started.status).toBe(202);
    const paidOn = async () => (await owner.get(`/v1/orders/${orderNumber}`)).body.paidOn;
    await expect.poll(paidOn, POLL).toBe(today);
  });

  test('B4: a delivery becomes an order on its day, and its 受注日時 is that instant', async () => {
    const { amounts, details, paymentKind, paymentMethod } = incoming();
    const apply = (code: string, orderOn: string) => {
      const body = { code, type: 'subscription', amounts, details, paymentKind, paymentMethod };
      const cycle = { cycle: { every: 1, unit: 'month' }, leadDays: 7, customerId: `C${byMs}` };
      return owner.post('/v1/subscriptions', {
        body: { ...body, ...cycle, nextDeliveryOn: addDays(orderOn, 7) },
      });
    };
    expect((await apply('TODAY', today)).status).toBe(201);
    expect((await apply('TOMORROW', addDays(today, 1))).status).toBe(201);
    const { office, now } = env.renkei.backoffice;
    await deliverDue(createPgDeliveries(env.db), office, now());
    const made = await value<string[]>('array_agg(code)', 'from subscription_deliveries');
    expect(made).toEqual(['TODAY']);
    const age = `extract(epoch from now() - placed_at)::float`;
    const from = `from orders join subscription_deliveries using (shop_id, order_number)`;
    expect(Math.abs(await value<number>(age, from))).toBeLessThan(60);
  });

  test('L2: a payment that F-REGI could not be asked about is soon asked about again', async () => {
    const convenience = {
      paymentKind: 'convenience_fregi',
      paymentMethod: 'コンビニ支払',
    } as const;
    const redirectPayment = { settleno: '00000000000002596001' };
    await env.order(
      { ...convenience, transaction: undefined, redirectPayment },
      SHOPS[1].shopId, // whose F-REGI knows of no such payment
    );
    await expect.poll(() => value('tries', 'from redirect_payments'), POLL).toBeGreaterThan(0);
    const wait = 'extract(epoch from due_at - now())::float';
    const seconds = await value<number>(wait, 'from redirect_payments where tries > 0');
    expect(Math.abs(seconds)).toBeLessThan(3_600);
  });

  test('a metric tells how wrong the clock is', async () => {
    const ahead = /^renkei_clock_ahead_seconds (.*)$/m.exec((await owner.get('/metrics')).body);
    expect(Math.abs(Number(ahead?.[1]) * 1_000 - byMs)).toBeLessThan(60_000);
  });

  test("by the database's time an unused session lasts an hour, and sign-ins are counted", async () => {
    const left = await value<number>(
      'extract(epoch from min("expiresAt") - now())::float / 60',
      'from session',
    );
    expect(left).toBeGreaterThan(58);
    expect(left).toBeLessThanOrEqual(60);
    const age = await value<number>(
      '(extract(epoch from now()) - max("lastRequest") / 1000.0)::float',
      'from "rateLimit"',
    );
    const tried = await value<number>(
      'extract(epoch from now() - max(tried_at))::float',
      'from sign_in_tries',
    );
    expect(Math.abs(tried)).toBeLessThan(60);
    expect(Math.abs(age)).toBeLessThan(60);
    expect((await owner.get('/v1/me')).status).toBe(200);
  });
});
