import { NO_LIMITS, type TwoPersonRule } from '@renkei/core/domain/limits/limits.ts';
import type { Order, OrderRef } from '@renkei/core/domain/order/order.ts';
import type { Caller, Store } from '@renkei/core/ports/store.ts';
import type { Operation, Page } from '@renkei/core/turns/operation.ts';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/kit/databases.ts';
import { incoming, openShop, place, SHOP } from '../../../test/kit/orders.ts';
import { MemoryStore } from '../../../test/sim/memory-store.ts';
import { loadJournal, loadOperation, loadOrder } from '../../src/store/orders/order-view.ts';
import { createPgStore } from '../../src/store/orders/pg-store.ts';
import { gatheringOn } from './gathering.ts';
import { type Act, keyIn, type Round, rounds } from './histories.ts';

/**
 * The contract of the store: PostgreSQL and the memory of the simulation run the same histories of
 * turns, with two clients at once, and nobody can tell them apart. The later client reads again and
 * decides anew, alone or in a batch, so that two at once act as one after the other, in either order. More of them:
 * `HISTORIES=2000 npm test -- contract`.
 */
const HISTORIES = Number(process.env.HISTORIES ?? 100);
/** F59: one refund is within the limit of a day, a second one is not. */
const LIMITS: TwoPersonRule = {
  ...NO_LIMITS,
  refund: { single: null, daily: 10_000 },
  raise: { single: 100, daily: null },
};
const START_AT = Date.UTC(2026, 10, 20, 3, 0, 0);

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await openShop(database.db);
  await database.db.query('update shops set limits = $1', [LIMITS]);
});

test(`memory and PostgreSQL agree in ${HISTORIES} histories`, {
  timeout: 60_000 + HISTORIES * 1_000,
}, async () => {
  let together = 0;
  const agree = fc.asyncProperty(rounds(), async (played) => {
    together += await compare(played);
  });
  await fc.assert(agree, { numRuns: HISTORIES, seed: 20_261_120 });
  expect(together).toBeGreaterThan(HISTORIES);
});

/** Plays a history on both. Resolves to the number of rounds with two clients. */
async function compare(played: readonly Round[]): Promise<number> {
  const { db } = database;
  const refs = [await placeOne(), await placeOne()] as const;
  const orders = await Promise.all(refs.map(async (ref) => (await load(ref)).order));
  const store = createPgStore(db);
  const serial: Timed[] = [];
  const history = refs[0].orderNumber;
  let now = START_AT;
  for (const round of played) {
    now += round[0].afterMs;
    const timed = round.map((act) => ({ act, ref: refs[act.order], now, history }));
    // Two at once share a batch if they are about different orders.
    const { batches, go } = gatheringOn(store);
    const turns = Promise.all(timed.map((one) => run(batches, one)));
    await go();
    const results = await turns;
    const after = JSON.stringify(await Promise.all(refs.map(load)));
    const fits = (order: readonly Timed[]) => {
      const replayed = replay(orders, [...serial, ...order]);
      const same = order.every((one) => results[timed.indexOf(one)] === replayed.results.get(one));
      return same && JSON.stringify(refs.map(replayed.load)) === after;
    };
    const found = [timed, timed.toReversed()].find(fits);
    if (found === undefined) {
      // Neither order explains it: show what the first one would have been.
      const { load: loadReplayed } = replay(orders, [...serial, ...timed]);
      expect(
        JSON.parse(after),
        played
          .flat()
          .map(({ what }) => what)
          .join('; '),
      ).toEqual(JSON.parse(JSON.stringify(refs.map(loadReplayed))));
      throw new Error(`the results differ: ${results.join(' and ')}`);
    }
    serial.push(...found);
  }
  return played.filter(({ length }) => length === 2).length;
}

type Timed = {
  readonly act: Act;
  readonly ref: OrderRef;
  readonly now: number;
  readonly history: string;
};

async function placeOne(): Promise<OrderRef> {
  return { shopId: SHOP, orderNumber: await place(database.db, incoming()) };
}

/** Runs a turn at an instant of the history; resolves to its outcome, for comparison. */
async function run(store: Pick<Store, 'turn'>, timed: Timed): Promise<string> {
  const { page: _, ...result } = await store.turn(timed.ref, decisionOf(timed), givenBy(timed));
  return JSON.stringify(sorted(result));
}

function decisionOf({ act, now, history }: Timed) {
  return (page: Page, earlier: Operation | null) => act.decide({ ...page, now }, earlier, history);
}

function givenBy({ act, history }: Timed): Caller | undefined {
  const { key, by } = act;
  if (key === undefined || by === undefined) return undefined;
  return { key: keyIn(history, key), actorId: keyIn(history, by) };
}

/** Loads everything stored of an order, in one shape for both stores. */
async function load(ref: OrderRef) {
  const { db } = database;
  const stored = await loadOrder(db, ref);
  if (stored === null) throw new Error('an order that was placed is not there');
  const { rows } = await db.query<{ id: string }>(
    'select id from operations where shop_id = $1 and order_number = $2 order by id',
    [ref.shopId, ref.orderNumber],
  );
  const operations = [];
  for (const { id } of rows) operations.push(await loadOperation(db, ref.shopId, id));
  const journal = (await loadJournal(db, ref)).map(({ event }) => event);
  const mails = await db.query<{ occasion: string }>(
    'select kind, occasion from mails where shop_id = $1 and order_number = $2 order by id',
    [ref.shopId, ref.orderNumber],
  );
  return shapeOf(
    stored.order,
    operations.filter((each) => each !== null),
    journal,
    mails.rows,
  );
}

function shapeOf(
  order: Order,
  operations: readonly object[],
  journal: readonly object[],
  mails: readonly object[],
) {
  return sorted({ order, operations, journal, mails }) as { order: Order };
}

/** Sorts keys, so that equal values are equal texts. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, each]) => each !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, each]) => [key, sorted(each)]),
  );
}

function replay(orders: readonly Order[], serial: readonly Timed[]) {
  const store = new MemoryStore({ now: () => START_AT });
  store.saveShop(SHOP, { linkEnabled: true, inquiry: true, limits: LIMITS });
  for (const order of orders) store.place(order);
  const results = new Map<Timed, string>();
  for (const one of serial) {
    const { page: _, ...result } = store.turnNow(one.ref, decisionOf(one), givenBy(one));
    results.set(one, JSON.stringify(sorted(result)));
  }
  const loadReplayed = (ref: OrderRef) => {
    const order = store.orders.get(`${ref.shopId}/${ref.orderNumber}`);
    if (order === undefined) throw new Error('an order that was placed is not there');
    const operations = store
      .operationsOf(ref)
      .sort((a, b) => (a.id < b.id ? -1 : 1))
      .map((operation) => ({ operation, steps: store.stepsOf(operation) }));
    const journal = store.journals.get(`${ref.shopId}/${ref.orderNumber}`) ?? [];
    const mails = store.mails
      .filter(({ orderNumber }) => orderNumber === ref.orderNumber)
      .map(({ kind, occasion }) => ({ kind, occasion }));
    return shapeOf(order, operations, journal, mails);
  };
  return { results, load: loadReplayed };
}
