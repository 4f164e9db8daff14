import type { Order } from '@renkei/core/domain/order/order.ts';
import { REDIRECT_STATUS, type RedirectStatus } from '@renkei/core/domain/transaction/redirect.ts';
import { yen } from '@renkei/core/domain/values/yen.ts';
import {
  CLAIM_MS,
  type ClaimedPayment,
  type RedirectPayments,
} from '@renkei/core/ports/redirect-payments.ts';
import { TIMING } from '@renkei/core/turns/timing.ts';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/kit/databases.ts';
import { incoming, openShop, place, SHOP } from '../../../test/kit/orders.ts';
import { MemoryPayments } from '../../../test/sim/memory-payments.ts';
import { MemoryStore } from '../../../test/sim/memory-store.ts';
import { loadOrder } from '../../src/store/orders/order-view.ts';
import { createPgRedirectPayments } from '../../src/store/payments/pg-redirect-payments.ts';
import { ringAtNotice } from '../../src/store/payments/redirect-payments.ts';
import { type HeldClock, holdClock } from './held-clock.ts';

/** The contract of the redirect payments: PostgreSQL and the simulation's memory do the same. */
const HISTORIES = Math.ceil(Number(process.env.HISTORIES ?? 100) / 2);
const START_AT = Date.UTC(2026, 10, 20, 3, 0, 0);

let database: TestDatabase;
let clock: HeldClock;
let order: Order;
beforeAll(async () => {
  database = await createTestDatabase();
  clock = await holdClock(database.url, START_AT);
  await openShop(database.db);
  const ref = { shopId: SHOP, orderNumber: await place(database.db, incoming()) };
  const stored = await loadOrder(database.db, ref);
  if (stored === null) throw new Error('an order that was placed is not there');
  order = stored.order;
});

type Side = {
  readonly payments: RedirectPayments;
  /** The taken payments, in order: some of them by processes that have slept since. */
  readonly taken: ClaimedPayment[];
  issue(settleno: string): Promise<void>;
  /** A notice of the payment comes in. */
  ring(settleno: string): Promise<void>;
  kept(): Promise<unknown>;
};

type Act = { readonly what: string; readonly on: (side: Side) => Promise<unknown> };

test(`memory and PostgreSQL agree in ${HISTORIES} histories of redirect payments`, {
  timeout: 60_000 + HISTORIES * 1_000,
}, async () => {
  const agree = fc.asyncProperty(fc.array(acts(), { minLength: 5, maxLength: 25 }), compare);
  await fc.assert(agree, { numRuns: HISTORIES, seed: 20_261_124 });
});

/** Compares a history of two payments of one order, the second issued a moment after the first. */
async function compare(history: readonly (Act | Passing)[]): Promise<void> {
  await clock.db.query('delete from redirect_payments');
  const sides = [onPostgres(), inMemory()] as const;
  const played = history.map(({ what }) => what).join('; ');
  for (const act of [issue(FIRST), pass(10), issue(SECOND), ...history]) {
    if ('ms' in act) {
      await clock.timePasses(act.ms);
      continue;
    }
    const [one, other] = [await act.on(sides[0]), await act.on(sides[1])];
    expect(one ?? null, `${act.what} of ${played}`).toEqual(other ?? null);
    const [real, memory] = [await sides[0].kept(), await sides[1].kept()];
    expect(real, `after ${act.what} of ${played}`).toEqual(memory);
  }
}

const FIRST = '9'.padStart(20, '0');
const SECOND = '10'.padStart(20, '0');

type Passing = { readonly what: string; readonly ms: number };
const pass = (ms: number): Passing => ({ what: `${ms} ms pass`, ms });
const issue = (settleno: string): Act => ({
  what: `issue ${Number(settleno)}`,
  on: (side) => side.issue(settleno),
});

function acts(): fc.Arbitrary<Act | Passing> {
  const claim = (limit: number): Act => ({
    what: `claim ${limit}`,
    on: (side) => take(side, limit),
  });
  const ring = (settleno: string): Act => ({
    what: `notice of ${Number(settleno)}`,
    on: (side) => side.ring(settleno),
  });
  return fc.oneof(
    fc.constantFrom(FIRST, SECOND).map(ring),
    fc.constantFrom(1, 20, 20).map(claim),
    fc.tuple(fc.nat(3), looks()).map(([n, look]) => note(n, look)),
    // Up to the length of a claim and past it; up to the shortest pause between rings.
    fc.constantFrom(1, 2_999, 5_000, CLAIM_MS - 1, CLAIM_MS, 6 * 3_600_000).map(pass),
    fc.constant<Act>({
      what: 'load',
      on: async ({ payments }) => (await payments.loadOrder(order))?.orderNumber,
    }),
  );
}

/** The result of a look: `afterMs` until the next, or null for never; `tries`: it failed. */
type Look = {
  readonly status: RedirectStatus;
  readonly tries: number;
  readonly afterMs: number | null;
};

function looks(): fc.Arbitrary<Look> {
  return fc.record({
    status: fc.constantFrom(...(Object.keys(REDIRECT_STATUS) as RedirectStatus[])),
    tries: fc.constantFrom(0, 1),
    afterMs: fc.constantFrom(null, 0, 5_000, CLAIM_MS, 6 * 3_600_000),
  });
}

/** Notes the result of a taken payment; too late if another process has taken it since. */
function note(n: number, { status, tries, afterMs }: Look): Act {
  const what = `note ${n}: ${status}, ${tries} tries, again after ${afterMs}`;
  const obstacle = status === 'completed' ? ('redirect_amount_differs' as const) : null;
  const words = { payType: 'CVS', seqno: null, obstacle };
  return {
    what,
    async on({ payments, taken }) {
      const dueAt = afterMs === null ? null : clock.now() + afterMs;
      const payment = taken[n];
      if (payment) await payments.note(payment, { status, tries, dueAt, ...words });
    },
  };
}

async function take({ payments, taken }: Side, limit: number): Promise<ClaimedPayment[]> {
  const claimed = await payments.claim(limit);
  claimed.sort((a, b) => a.settleno.localeCompare(b.settleno));
  taken.push(...claimed);
  return claimed.map(({ shopId, settleno, claimedUntil, status, tries, ...rest }) => {
    const { orderNumber, amount, payType, seqno, obstacle, ...times } = rest;
    const { noticedAt, checkedAt, completedAt } = times;
    const told = { payType, seqno, obstacle, noticedAt, checkedAt, completedAt };
    return { shopId, orderNumber, settleno, amount, status, tries, claimedUntil, ...told };
  });
}

const AMOUNT = yen(9_115);

function onPostgres(): Side {
  const { db } = clock;
  return {
    payments: createPgRedirectPayments(db, TIMING),
    taken: [],
    async issue(settleno) {
      await db.query(
        `insert into redirect_payments (shop_id, settleno, order_number, slip_id, amount, due_at)
         values ($1, $2, $3, $3, $4, now())`,
        [order.shopId, settleno, order.orderNumber, AMOUNT],
      );
    },
    async ring(settleno) {
      await ringAtNotice(db, order.shopId, settleno);
    },
    async kept() {
      const { rows } = await db.query(
        `select settleno, status, pay_type as "payType", obstacle, tries,
            noticed_at as "noticedAt", checked_at as "checkedAt", due_at as "dueAt",
            completed_at as "completedAt"
           from redirect_payments order by settleno`,
      );
      return rows;
    },
  };
}

function inMemory(): Side {
  const store = new MemoryStore({ now: clock.now });
  store.place(order);
  const payments = new MemoryPayments(store, clock.now);
  return {
    payments,
    taken: [],
    async issue(settleno) {
      payments.issue(order, settleno, AMOUNT);
    },
    async ring(settleno) {
      payments.ring(settleno);
    },
    async kept() {
      const kept = [...payments.kept.values()];
      kept.sort((a, b) => a.settleno.localeCompare(b.settleno));
      return kept.map(({ settleno, status, payType, obstacle, tries, ...times }) => {
        const { noticedAt, checkedAt, dueAt, completedAt } = times;
        const instants = { noticedAt, checkedAt, dueAt, completedAt };
        return { settleno, status, payType, obstacle, tries, ...instants };
      });
    },
  };
}
