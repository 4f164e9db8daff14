import { addDays } from '../../core/src/domain/values/jst.ts';
import { TIMING } from '../../core/src/turns/timing.ts';
import { Client } from '../kit/clients.ts';
import { incoming } from '../kit/orders.ts';
import { QUICK } from '../kit/timing.ts';
import { judge, linesOfEnd, SETTLED_MS, settle } from './judge.ts';
import { setFaults } from './ledger.ts';
import { Operators } from './operators.ts';
import { sleep } from './processes.ts';
import { faultsAt, killAndReplace } from './storm.ts';
import { fact, type Line, line } from './table.ts';
import { EMAIL, PASSWORD, SHOPS, type Town } from './town.ts';

export type ClocksOptions = {
  readonly seconds: number;
  readonly kills: number;
  readonly operators: number;
  readonly ordersPerShop: number;
  /** Uses the deadlines of production. */
  readonly real: boolean;
  readonly say: (line: string) => void;
};

const DAY_MS = 86_400_000;
/** The clock jumps, but always stays wrong by more than this, in hours. */
const WRONG_MIN_H = 12;
/** Renkei makes the order of a delivery so many days before it. */
const LEAD_DAYS = 7;

/**
 * One server's clock runs a day ahead, another's a day behind, and both jump by hours, while people
 * work, F-REGI fails, and servers are killed. Money, dates, waits and sessions must be the same as
 * with right clocks (F38). The servers' clocks stay wrong.
 */
export async function setClocksWrong(town: Town, options: ClocksOptions): Promise<Line[]> {
  const { real, say } = options;
  const timing = real ? TIMING : QUICK;
  town.ailments.splice(0, 2, { clockByMs: DAY_MS }, { clockByMs: -DAY_MS });
  const orders = new Map<string, string[]>();
  for (const shop of SHOPS) {
    orders.set(shop.shopId, await town.placeOrders(shop, options.ordersPerShop));
  }
  await apply(town);
  await Promise.all(town.servers.map((_, slot) => killAndReplace(town, slot)));
  await faultsAt(town, timing.callMs + timing.inFlightMs / 2);
  const operators = await Operators.begin(town, orders, options.operators);
  const watched = await watch(town, options);
  await operators.stop();
  await setFaults(town.sandbox.url, []);
  say('settling');
  const settledMs = await settle(town, SETTLED_MS * 2);
  const { presses } = operators;
  const judged = await judge(town, presses);
  const wrong = [...judged.violations, ...(await strings(town, WRONG_DATES))];
  for (const violation of wrong) say(`VIOLATION ${violation}`);
  const done = presses.filter(({ succeeded }) => succeeded).length;
  const delivered = (await strings(town, DELIVERED)).length;
  return [
    ...watched,
    line('presses, acknowledged', `${presses.length}, ${judged.acknowledged}`, '≥ 1', done > 0),
    line('deliveries made on their day', `${delivered}`, '1', delivered === 1),
    line('violations, wrong dates', `${wrong.length}`, '0', wrong.length === 0),
    ...linesOfEnd(judged, settledMs),
  ];
}

/**
 * Adds two applications. By the database's clock the order of one is due today, and that of the
 * other tomorrow.
 */
async function apply(town: Town): Promise<void> {
  const [shop] = SHOPS;
  const [today = ''] = await strings(town, TODAY);
  const client = await Client.signIn(town.servers[0]?.url ?? '', EMAIL, PASSWORD);
  const { amounts, details, paymentMethod } = incoming();
  for (const inDays of [0, 1]) {
    const nextDeliveryOn = addDays(today, LEAD_DAYS + inDays);
    const body = {
      code: `IN-${inDays}-DAYS`,
      type: 'subscription',
      amounts,
      details,
      paymentKind: 'pay_in_store',
      paymentMethod,
      cycle: { every: 1, unit: 'month' },
      leadDays: LEAD_DAYS,
      nextDeliveryOn,
    };
    const made = await client.post(`/v1/subscriptions?shop=${shop.shopId}`, { body });
    if (made.status !== 201) throw new Error(JSON.stringify(made.body));
  }
}

/**
 * While people work, kills servers, signs in at one server and asks the other for the session, and
 * reads how wrong the clocks are.
 */
async function watch(town: Town, { seconds, kills, say }: ClocksOptions): Promise<Line[]> {
  const began = performance.now();
  const aheadH: number[][] = [[], []];
  let signedIn = 0;
  let known = 0;
  let killed = 0;
  for (let second = 1; second <= seconds; second += 1) {
    await sleep(Math.max(0, began + second * 1_000 - performance.now()));
    if (killed < Math.floor((second * (kills + 1)) / (seconds + 1))) {
      await killAndReplace(town, killed % town.servers.length);
      killed += 1;
    }
    for (const [slot, server] of town.servers.entries()) {
      aheadH[slot]?.push(await hoursAhead(server.url));
      const other = town.servers[(slot + 1) % town.servers.length]?.url ?? '';
      const { cookie } = await Client.signIn(server.url, EMAIL, PASSWORD);
      const me = await new Client(other, cookie).get('/v1/me');
      signedIn += 1;
      known += me.status === 200 ? 1 : 0;
    }
    if (second % 30 === 0) say(`${second} s`);
  }
  const range = (hours: readonly number[] = []) =>
    `${Math.min(...hours).toFixed(0)} to ${Math.max(...hours).toFixed(0)}`;
  const [ahead = [], behind = []] = aheadH;
  const isWrong =
    ahead.every((hours) => hours > WRONG_MIN_H) && behind.every((hours) => hours < -WRONG_MIN_H);
  const sessions = `${known} of ${signedIn}`;
  const wrong = `±${WRONG_MIN_H} and more, all the time`;
  return [
    line('clocks ahead by hours', `${range(ahead)}, ${range(behind)}`, wrong, isWrong),
    fact('SIGKILL of a server', `${killed}`),
    line('signed in here, known there', sessions, 'all', known === signedIn && known > 0),
  ];
}

async function hoursAhead(url: string): Promise<number> {
  const metrics = await fetch(`${url}/metrics`).then((answer) => answer.text());
  const ahead = /^renkei_clock_ahead_seconds (\S+)$/m.exec(metrics)?.[1];
  if (ahead === undefined) throw new Error('the server does not tell how wrong its clock is');
  return Number(ahead) / 3_600;
}

async function strings(town: Town, sql: string): Promise<string[]> {
  const { rows } = await town.db.query<{ value: string }>(sql);
  return rows.map(({ value }) => value);
}

const TODAY = `select (now() at time zone 'Asia/Tokyo')::date::text as value`;

/** {@link WRONG_DATES} proves that no delivery was made too early. */
const DELIVERED = `select code as value from subscription_deliveries where code = 'IN-0-DAYS'`;

/**
 * By the database's clock, with some seconds for requests under way at midnight. better-auth
 * computes the end of a session and writes it a moment later: a jump in between, of six hours at
 * most, moves the end by as much.
 */
const WRONG_DATES = `
  select format('%s: pressed at %s, 入金日 %s', order_number, created_at,
      afterwards ->> 'paidOn') as value
    from operations
   where afterwards ->> 'kind' = 'order_marked_paid' and (afterwards ->> 'paidOn')::date not in (
     (created_at at time zone 'Asia/Tokyo')::date,
     ((created_at - interval '10 seconds') at time zone 'Asia/Tokyo')::date)
  union all
  select format('%s: asked at %s, and due at %s', order_number, created_at, due_at)
    from operations where due_at not between created_at and created_at + interval '2 hours'
  union all
  select format('%s: for %s, placed at %s, made at %s', order_number, deliver_on, placed_at, at)
    from orders join subscription_deliveries using (shop_id, order_number)
   where abs(extract(epoch from placed_at - at)) > 60
      or deliver_on - ${LEAD_DAYS} > (at at time zone 'Asia/Tokyo')::date
  union all
  select format('a session until %s', "expiresAt") from session
   where "expiresAt" not between now() and now() + interval '18 hours'`;
