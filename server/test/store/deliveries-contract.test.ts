import { randomUUID } from 'node:crypto';
import { subscriptionInputSchema } from '@renkei/contract/shop/subscriptions.ts';
import { billedOf, type Order } from '@renkei/core/domain/order/order.ts';
import {
  dueOf,
  OVERDUE_ANSWERS,
  type OverdueAnswer,
} from '@renkei/core/domain/subscriptions/due.ts';
import { addDays, jstDateOf } from '@renkei/core/domain/values/jst.ts';
import type { Deliveries, Delivery } from '@renkei/core/ports/deliveries.ts';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/kit/databases.ts';
import { incoming, openShop, TANAKA } from '../../../test/kit/orders.ts';
import { Ledger } from '../../../test/sim/ledger.ts';
import { MemoryDeliveries } from '../../../test/sim/memory-deliveries.ts';
import { MemoryMails } from '../../../test/sim/memory-mails.ts';
import { MemorySafeModes } from '../../../test/sim/memory-safe-modes.ts';
import { MemoryStore } from '../../../test/sim/memory-store.ts';
import { enterSafeMode, releaseSafeMode } from '../../src/store/audit/safe-mode.ts';
import { loadOrder } from '../../src/store/orders/order-view.ts';
import { createPgDeliveries } from '../../src/store/subscriptions/pg-deliveries.ts';
import { settleOverdue } from '../../src/store/subscriptions/subscription-changes.ts';
import {
  insertSubscription,
  loadSubscription,
} from '../../src/store/subscriptions/subscriptions.ts';

/** The contract of the deliveries: PostgreSQL and the simulation's memory make the same orders. */
const HISTORIES = Math.ceil(Number(process.env.HISTORIES ?? 100) / 2);
/** The shop of the simulation's application. */
const SHOP = 'minato';
const DAY_MS = 86_400_000;
/** The first instant of 20 November in Japan. */
const FIRST_AT = Date.UTC(2026, 10, 19, 15, 0, 0);
const LEAD_DAYS = 3;

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await openShop(database.db, SHOP);
});

type Side = {
  readonly deliveries: Deliveries;
  setSafeMode(on: boolean): Promise<unknown>;
  /**
   * A person settles the overdue deliveries; the screen showed `more` more than there are. Resolves
   * to the reason of a refusal, or null.
   */
  settle(answer: OverdueAnswer, now: number, more: number): Promise<string | null>;
  /** The made deliveries, and their orders. */
  kept(): Promise<unknown>;
};

type Application = { readonly code: string; readonly times: number; readonly everyDays: number };
type Act = { readonly what: string; readonly on: (side: Side, now: number) => Promise<unknown> };
type Passing = { readonly what: string; readonly ms: number };

test(`memory and PostgreSQL agree in ${HISTORIES} histories of deliveries`, {
  timeout: 60_000 + HISTORIES * 1_000,
}, async () => {
  const terms = fc.record({
    times: fc.constantFrom(1, 2, 3, 9),
    everyDays: fc.constantFrom(1, 2, 14),
  });
  const history = fc.array(acts(), { minLength: 5, maxLength: 25 });
  await fc.assert(fc.asyncProperty(terms, history, compare), {
    numRuns: HISTORIES,
    seed: 20_261_125,
  });
});

/** Starts at the last instant before the first delivery is due. */
async function compare(
  terms: Omit<Application, 'code'>,
  history: readonly (Act | Passing)[],
): Promise<void> {
  const application = { ...terms, code: randomUUID().slice(0, 20) };
  let now = FIRST_AT - 1;
  const sides = [await onPostgres(application), inMemory(application, () => now)] as const;
  const played = history.map(({ what }) => what).join('; ');
  for (const act of history) {
    if ('ms' in act) {
      now += act.ms;
      continue;
    }
    const [one, other] = [await act.on(sides[0], now), await act.on(sides[1], now)];
    expect(one ?? null, `${act.what} of ${played}`).toEqual(other ?? null);
    const [real, memory] = [await sides[0].kept(), await sides[1].kept()];
    expect(real, `after ${act.what} of ${played}`).toEqual(memory);
  }
}

function acts(): fc.Arbitrary<Act | Passing> {
  const act = (what: string, on: Act['on']): Act => ({ what, on });
  return fc.oneof(
    fc
      .constantFrom(1, DAY_MS - 1, DAY_MS, 14 * DAY_MS)
      .map((ms) => ({ what: `${ms} ms pass`, ms })),
    fc.constant(act('make', make)),
    fc.constant(act('make', make)),
    fc
      .record({ answer: fc.constantFrom(...OVERDUE_ANSWERS), more: fc.constantFrom(0, 0, 0, 1) })
      .map(({ answer, more }) =>
        act(`${answer} + ${more}`, (side, now) => side.settle(answer, now, more)),
      ),
    fc.constantFrom(1, 200).map((limit) => act(`list ${limit}`, (side) => list(side, limit))),
    fc.nat(2).map((at) => act(`note ${at}`, (side) => note(side, at))),
    fc.constant(act('look', ({ deliveries }) => deliveries.noteRound())),
    fc
      .constantFrom(true, false, false)
      .map((on) => act(`safe mode: ${on}`, (side) => side.setSafeMode(on))),
  );
}

/** Does a look's work for the due application. Resolves to the number of orders made. */
async function make({ deliveries }: Side, now: number): Promise<number> {
  const due = await deliveries.listDue(now, 200);
  const made = await Promise.all(due.map((one) => deliveries.make(one, now)));
  return made.filter(Boolean).length;
}

async function list({ deliveries }: Side, limit: number): Promise<number[]> {
  return (await deliveries.listToAuthorize(limit)).map(({ n }) => n);
}

/** Notes that a waiting delivery was asked for, or refused for good. */
async function note({ deliveries }: Side, at: number): Promise<void> {
  const delivery = (await deliveries.listToAuthorize(200))[at];
  if (delivery !== undefined) await deliveries.noteAuthorized(delivery);
}

/** Returns the parts of a delivery that both must have in common. */
function made({ n, toAuthorize }: { n: number; toAuthorize: boolean }, order: Order | null) {
  if (order === null) return { n, toAuthorize, order };
  const { type, status, transaction, amounts, version } = order;
  const { state, amount, seqno } = transaction ?? {};
  const held = { state, amount, seqno };
  return { n, toAuthorize, order: { type, status, version, billed: billedOf(amounts), held } };
}

let lacks = 0;

async function onPostgres({ code, times, everyDays }: Application): Promise<Side> {
  const { db } = database;
  await releaseSafeMode(db, 'the test');
  // Ends the applications that another history has left.
  await db.query(`update subscriptions set status = 'cancelled', next_delivery_on = null`);
  await db.query('update subscription_deliveries set to_authorize = false');
  const { amounts, details, paymentKind, paymentMethod } = incoming();
  const application = subscriptionInputSchema.parse({
    code,
    type: 'subscription',
    details,
    paymentKind,
    paymentMethod,
    customerId: 'C-1',
    cycle: { every: everyDays, unit: 'day' },
    leadDays: LEAD_DAYS,
    deliveries: times,
    nextDeliveryOn: addDays(jstDateOf(FIRST_AT), LEAD_DAYS),
    amounts: { ...amounts, items: 3_000, pointsUsed: 0 },
  });
  await insertSubscription(db, SHOP, application, { actor: TANAKA, today: jstDateOf(FIRST_AT) });
  return {
    deliveries: createPgDeliveries(db),
    async settle(answer, now, more) {
      const found = await loadSubscription(db, SHOP, code);
      if (found === null) throw new Error('the application is gone');
      const today = jstDateOf(now);
      const due = dueOf(found, today);
      const seen = (due.kind === 'overdue' ? due.overdue.length : 0) + more;
      const change = { shopId: SHOP, code, version: found.version, actor: TANAKA, today };
      const outcome = await settleOverdue(db, change, { answer, seen }, now);
      return typeof outcome === 'string' ? outcome : null;
    },
    async setSafeMode(on) {
      lacks += 1;
      const mark = { shopId: SHOP, n: lacks, hash: `hash ${lacks}`, at: 0 };
      await (on
        ? enterSafeMode(db, [{ kind: 'behind', ...mark }])
        : releaseSafeMode(db, 'the test'));
    },
    async kept() {
      const { rows } = await db.query<Delivery & { toAuthorize: boolean }>(
        `select shop_id as "shopId", code, n, order_number as "orderNumber",
            to_authorize as "toAuthorize"
           from subscription_deliveries where code = $1 order by n`,
        [code],
      );
      return Promise.all(
        rows.map(async (row) => made(row, (await loadOrder(db, row))?.order ?? null)),
      );
    },
  };
}

function inMemory({ times, everyDays }: Application, now: () => number): Side {
  const store = new MemoryStore({ now });
  const kernel = {
    get now() {
      return now();
    },
  };
  const deliveries = new MemoryDeliveries({ store, ledger: new Ledger(() => {}), kernel });
  deliveries.apply({ firstAt: FIRST_AT, deliveries: times, everyDays, dayMs: DAY_MS });
  const safeModes = new MemorySafeModes(store, new MemoryMails(store, now), now);
  return {
    deliveries,
    settle(answer, _now, more) {
      const seen = deliveries.countOverdue() + more;
      return deliveries.settle({ answer, seen, version: deliveries.version });
    },
    setSafeMode: async (on) => {
      if (on) safeModes.enter();
      else safeModes.release();
    },
    async kept() {
      const orders = deliveries.kept.map((one) => {
        return made(one, store.orders.get(`${one.shopId}/${one.orderNumber}`) ?? null);
      });
      const skipped = deliveries.skipped.map((n) => made({ n, toAuthorize: false }, null));
      return [...orders, ...skipped].sort((one, other) => one.n - other.n);
    },
  };
}
