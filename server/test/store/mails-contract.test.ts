import type { Order, OrderRef } from '@renkei/core/domain/order/order.ts';
import type { DueMail, MailOutcome, Mails } from '@renkei/core/ports/mails.ts';
import type { Store } from '@renkei/core/ports/store.ts';
import { write } from '@renkei/core/turns/page.ts';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/kit/databases.ts';
import { incoming, openShop, place, SHOP } from '../../../test/kit/orders.ts';
import { MemoryMails } from '../../../test/sim/memory-mails.ts';
import { MemoryStore } from '../../../test/sim/memory-store.ts';
import { composeMail } from '../../src/services/compose-mail.ts';
import { createPgMails } from '../../src/store/mails/pg-mails.ts';
import { loadOrder } from '../../src/store/orders/order-view.ts';
import { createPgStore } from '../../src/store/orders/pg-store.ts';

/** The contract of the mails: PostgreSQL and the simulation's memory do the same. */
const HISTORIES = Math.ceil(Number(process.env.HISTORIES ?? 100) / 2);

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await openShop(database.db);
});

type Side = {
  readonly store: Store;
  readonly mails: Mails;
  /** The taken mails, in order: some of them by senders that are gone. */
  readonly taken: DueMail[];
  timePasses(ms: number): Promise<void>;
  kept(): Promise<unknown>;
};

type Act = { readonly what: string; readonly on: (side: Side, ref: OrderRef) => Promise<unknown> };

test(`memory and PostgreSQL agree in ${HISTORIES} histories of mails`, {
  timeout: 60_000 + HISTORIES * 1_000,
}, async () => {
  const agree = fc.asyncProperty(fc.array(acts(), { minLength: 5, maxLength: 25 }), compare);
  await fc.assert(agree, { numRuns: HISTORIES, seed: 20_261_124 });
});

async function compare(history: readonly Act[]): Promise<void> {
  await database.db.query('delete from mails');
  const ref = { shopId: SHOP, orderNumber: await place(database.db, incoming()) };
  const stored = await loadOrder(database.db, ref);
  if (stored === null) throw new Error('an order that was placed is not there');
  const [real, memory] = [onPostgres(ref), inMemory(stored.order)];
  const played = history.map(({ what }) => what).join('; ');
  for (const { what, on } of history) {
    const [one, other] = [await on(real, ref), await on(memory, ref)];
    expect(one ?? null, `${what} of ${played}`).toEqual(other ?? null);
    expect(await real.kept(), `after ${what} of ${played}`).toEqual(await memory.kept());
  }
}

const OUTCOMES: readonly MailOutcome[] = [
  { state: 'sent' },
  { state: 'failed', error: '550' },
  { state: 'unknown', error: 'time-out' },
  { state: 'withheld', error: 'no_template' },
  { state: 'queued', error: '451', afterMs: 0 },
  { state: 'queued', error: '451', afterMs: 100_000 },
];

function acts(): fc.Arbitrary<Act> {
  const act = (what: string, on: Act['on']): Act => ({ what, on });
  return fc.oneof(
    fc.constant(act('queue', queue)),
    fc.constant(act('give up', ({ mails }) => mails.giveUpLost())),
    fc.constantFrom(1, 20).map((limit) => act(`claim ${limit}`, (side) => claim(side, limit))),
    fc.tuple(fc.nat(3), fc.constantFrom(...OUTCOMES)).map(([n, outcome]) =>
      act(`settle ${n} as ${outcome.state}`, async ({ mails, taken }) => {
        const mail = taken[n];
        if (mail !== undefined) await mails.settle(mail, outcome);
      }),
    ),
    fc
      .constantFrom(120_000, 400_000)
      .map((ms) => act(`${ms} ms pass`, (side) => side.timePasses(ms))),
  );
}

/** Makes an event that asks for a mail. */
async function queue({ store }: Side, ref: OrderRef): Promise<void> {
  const paid = { kind: 'order_marked_paid', paidOn: '2026-11-14', mail: 'auto' } as const;
  await store.turn(ref, (page) => ({ page: write(page, { ...paid, gateway: 'not_told' }) }));
}

async function claim({ mails, taken }: Side, limit: number): Promise<string[]> {
  const claimed = await mails.claim(limit);
  claimed.sort((a, b) => a.id - b.id);
  taken.push(...claimed);
  return claimed.map(({ kind, occasion, tries }) => `${kind} ${occasion} ${tries}`);
}

function onPostgres(ref: OrderRef): Side {
  const { db } = database;
  return {
    store: createPgStore(db),
    mails: createPgMails(db, (ref, wanted) => composeMail(db, ref, wanted)),
    taken: [],
    async timePasses(ms) {
      await db.query(`update mails set due_at = due_at - $1 * interval '1 millisecond'`, [ms]);
    },
    async kept() {
      const { rows } = await db.query<{ occasion: string; state: string; tries: number }>(
        'select occasion, state, tries from mails order by id',
      );
      const order = (await loadOrder(db, ref))?.order;
      return [...rows, order?.version, order?.paymentMail.sentCount];
    },
  };
}

function inMemory(order: Order): Side {
  let now = Date.now();
  const store = new MemoryStore({ now: () => now });
  store.saveShop(SHOP, { linkEnabled: true, inquiry: true });
  store.place(order);
  return {
    store,
    mails: new MemoryMails(store, () => now),
    taken: [],
    async timePasses(ms) {
      now += ms;
    },
    async kept() {
      const rows = store.mails.map(({ occasion, state, tries }) => ({ occasion, state, tries }));
      const kept = store.orders.get(`${SHOP}/${order.orderNumber}`);
      return [...rows, kept?.version, kept?.paymentMail.sentCount];
    },
  };
}
