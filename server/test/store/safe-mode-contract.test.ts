import { randomUUID } from 'node:crypto';
import type { Order, OrderRef } from '@renkei/core/domain/order/order.ts';
import type { SafeModes } from '@renkei/core/ports/safe-mode.ts';
import type { Store } from '@renkei/core/ports/store.ts';
import { accept } from '@renkei/core/turns/accept.ts';
import type { Answer } from '@renkei/core/turns/asks.ts';
import { write } from '@renkei/core/turns/page.ts';
import { park } from '@renkei/core/turns/park.ts';
import { hear } from '@renkei/core/turns/protocol.ts';
import { TIMING } from '@renkei/core/turns/timing.ts';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/kit/databases.ts';
import { incoming, MARK_PAID, openShop, place, SHOP, wanted } from '../../../test/kit/orders.ts';
import { MemoryMails } from '../../../test/sim/memory-mails.ts';
import { MemorySafeModes } from '../../../test/sim/memory-safe-modes.ts';
import { MemoryStore } from '../../../test/sim/memory-store.ts';
import {
  createPgSafeModes,
  enterSafeMode,
  releaseSafeMode,
} from '../../src/store/audit/safe-mode.ts';
import { loadOrder } from '../../src/store/orders/order-view.ts';
import { createPgStore } from '../../src/store/orders/pg-store.ts';

/** The contract of safe mode: PostgreSQL and the simulation's memory do the same. */
const HISTORIES = Math.ceil(Number(process.env.HISTORIES ?? 100) / 2);

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await openShop(database.db);
});

type Side = {
  readonly store: Store;
  readonly safeModes: SafeModes;
  /** Finds a mark that the database lacks; each time another. */
  enter(): Promise<unknown>;
  release(): Promise<boolean>;
  /** Returns the states of an order's mails. */
  mails(): Promise<string[]>;
};

type Act = { readonly what: string; readonly on: (side: Side, ref: OrderRef) => Promise<unknown> };

test(`memory and PostgreSQL agree in ${HISTORIES} histories of safe mode`, {
  timeout: 60_000 + HISTORIES * 1_000,
}, async () => {
  const agree = fc.asyncProperty(fc.array(acts(), { minLength: 5, maxLength: 25 }), compare);
  await fc.assert(agree, { numRuns: HISTORIES, seed: 20_261_125 });
});

async function compare(history: readonly Act[]): Promise<void> {
  await database.db.query('delete from mails');
  await releaseSafeMode(database.db, 'the test');
  const ref = { shopId: SHOP, orderNumber: await place(database.db, incoming()) };
  const stored = await loadOrder(database.db, ref);
  if (stored === null) throw new Error('an order that was placed is not there');
  const [real, memory] = [onPostgres(ref), inMemory(stored.order)];
  const played = history.map(({ what }) => what).join('; ');
  for (const { what, on } of history) {
    const [one, other] = [await on(real, ref), await on(memory, ref)];
    expect(one ?? null, `${what} of ${played}`).toEqual(other ?? null);
    const [kept, twin] = [await keptOf(real, ref), await keptOf(memory, ref)];
    expect(kept, `after ${what} of ${played}`).toEqual(twin);
  }
}

/** Returns safe mode as its port shows it, and its effect on the order and its mails. */
async function keptOf({ safeModes, store, mails }: Side, ref: OrderRef): Promise<unknown> {
  const mode = await safeModes.load();
  const open = (await safeModes.listOpen()).filter((one) => one.orderNumber === ref.orderNumber);
  const { page } = await store.turn(ref, (read) => ({ page: read }));
  return {
    open,
    hold: page.settings.hold,
    operation: page.operation?.state,
    mails: await mails(),
    mode: mode && { compared: mode.comparedAt !== null, report: mode.report },
  };
}

const DONE: Answer = { kind: 'done', seqno: null, authCode: null };
const UNKNOWN: Answer = { kind: 'unknown', cause: 'time-out' };

function acts(): fc.Arbitrary<Act> {
  const act = (what: string, on: Act['on']): Act => ({ what, on });
  const report = (parked: number) => ({ parked, shops: [{ shopId: SHOP, sweep: 'sweep' }] });
  return fc.oneof(
    fc.constant(act('enter', (side) => side.enter())),
    fc.constant(act('release', (side) => side.release())),
    fc.nat(3).map((n) =>
      act(`compared ${n}`, async ({ safeModes }) => {
        const mode = await safeModes.load();
        await safeModes.saveComparison(mode?.id ?? 0, report(n));
      }),
    ),
    fc.constant(
      act('compared before', async ({ safeModes }) => {
        const mode = await safeModes.load();
        await safeModes.saveComparison((mode?.id ?? 0) - 1, report(0));
      }),
    ),
    fc.constant(act('press', press)),
    fc
      .constantFrom(DONE, UNKNOWN)
      .map((answer) => act(answer.kind, (side, ref) => told(side, ref, answer))),
    fc.constant(
      act('park', async ({ store }, ref) => {
        await store.turn(ref, (page) => park(page, TIMING));
      }),
    ),
    fc.constant(act('mail', queue)),
  );
}

async function press({ store }: Side, ref: OrderRef): Promise<string> {
  const request = { ...wanted(MARK_PAID), operationId: randomUUID() };
  const { acceptance } = await store.turn(
    ref,
    (page, earlier) => accept(page, earlier, request, TIMING),
    { key: request.key, actorId: request.actor.id },
  );
  return acceptance.kind === 'refused' ? acceptance.reason : acceptance.kind;
}

/** Lets an answer to the last ask come in. */
async function told({ store }: Side, ref: OrderRef, answer: Answer): Promise<void> {
  await store.turn(ref, (page) =>
    page.step === null ? { page } : hear(page, page.step, answer, TIMING),
  );
}

/** Makes an event that asks for a mail. */
async function queue({ store }: Side, ref: OrderRef): Promise<void> {
  const paid = { kind: 'order_marked_paid', paidOn: '2026-11-14', mail: 'auto' } as const;
  await store.turn(ref, (page) => ({ page: write(page, { ...paid, gateway: 'not_told' }) }));
}

let lacks = 0;

function onPostgres(ref: OrderRef): Side {
  const { db } = database;
  return {
    store: createPgStore(db),
    safeModes: createPgSafeModes(db),
    async enter() {
      lacks += 1;
      const mark = { shopId: SHOP, n: lacks, hash: `hash ${lacks}`, at: 0 };
      await enterSafeMode(db, [{ kind: 'behind', ...mark }]);
    },
    release: () => releaseSafeMode(db, 'the test'),
    async mails() {
      const { rows } = await db.query<{ state: string }>(
        'select state from mails where order_number = $1 order by id',
        [ref.orderNumber],
      );
      return rows.map(({ state }) => state);
    },
  };
}

function inMemory(order: Order): Side {
  const store = new MemoryStore({ now: Date.now });
  store.saveShop(SHOP, { linkEnabled: true, inquiry: true });
  store.place(order);
  const safeModes = new MemorySafeModes(store, new MemoryMails(store, Date.now), Date.now);
  return {
    store,
    safeModes,
    enter: async () => safeModes.enter(),
    release: async () => safeModes.release(),
    mails: async () => store.mails.map(({ state }) => state),
  };
}
