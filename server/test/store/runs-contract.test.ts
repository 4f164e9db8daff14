import { randomUUID } from 'node:crypto';
import type { Command } from '@renkei/core/domain/commands/decide.ts';
import type { Order } from '@renkei/core/domain/order/order.ts';
import { type HeldRun, LEASE_MS, type RunRef, type Runs, rowKey } from '@renkei/core/ports/runs.ts';
import type { Store } from '@renkei/core/ports/store.ts';
import { accept } from '@renkei/core/turns/accept.ts';
import { write } from '@renkei/core/turns/page.ts';
import { TIMING } from '@renkei/core/turns/timing.ts';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/kit/databases.ts';
import { incoming, openShop, place, SHOP, TANAKA } from '../../../test/kit/orders.ts';
import { MemoryRuns } from '../../../test/sim/memory-runs.ts';
import { MemoryStore } from '../../../test/sim/memory-store.ts';
import { loadOrder } from '../../src/store/orders/order-view.ts';
import { createPgStore } from '../../src/store/orders/pg-store.ts';
import { createPgRuns } from '../../src/store/runs/pg-runs.ts';
import { loadRunRows } from '../../src/store/runs/run-rows.ts';
import { controlRun, insertRun, loadRun, type NewRun } from '../../src/store/runs/runs.ts';

/** The contract of the runs: PostgreSQL and the simulation's memory give the same answers. */
const HISTORIES = Math.ceil(Number(process.env.HISTORIES ?? 100) / 2);

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await openShop(database.db);
});

/**
 * One side of the contract, the same view for both: two processes, the starter of runs, and the
 * kept rows.
 */
type Side = {
  readonly store: Store;
  readonly ports: readonly [Runs, Runs];
  /** The run that each process believes to hold: another may have taken it over. */
  readonly holds: (HeldRun | null)[];
  /** The lease of a run is over. */
  lapse(run: RunRef): Promise<void>;
  create(run: NewRun): Promise<string>;
  control(run: RunRef, action: 'pause' | 'resume' | 'stop'): Promise<boolean>;
  kept(run: RunRef): Promise<unknown>;
};

type Act = {
  readonly what: string;
  readonly on: (side: Side, run: NewRun) => Promise<unknown>;
};

test(`memory and PostgreSQL agree in ${HISTORIES} histories of runs`, {
  timeout: 60_000 + HISTORIES * 1_000,
}, async () => {
  const agree = fc.asyncProperty(fc.array(acts(), { minLength: 5, maxLength: 25 }), compare);
  await fc.assert(agree, { numRuns: HISTORIES, seed: 20_261_124 });
});

test('at a stop each row has begun, or is stopped and never begins', async () => {
  const [port] = onPostgres().ports;
  const kept = (run: RunRef) => loadRunRows(database.db, run);
  for (let round = 0; round < 10; round += 1) {
    const run = runOf(Array.from({ length: 40 }, (_, n) => ({ orderNumber: `${n}`, version: 1 })));
    await insertRun(database.db, run);
    const held = (await port.hold(run)) ?? expect.fail('nobody else has it');
    const begins = run.rows.map((_, index) => port.begin(held, index + 1));
    const stopped = controlRun(database.db, { ...run, actor: TANAKA }, 'stop');
    const later = run.rows.map((_, index) => port.begin(held, index + 1));
    const versions = await Promise.all(begins);
    await Promise.all([stopped, ...later]);
    const states = (await kept(run)).map(({ state }) => state);
    expect(states).toEqual(versions.map((one) => (one === null ? 'stopped' : 'begun')));
  }
});

async function compare(history: readonly Act[]): Promise<void> {
  const orders = await Promise.all([1, 2, 3].map(placeOne));
  const rows = orders.map(({ orderNumber, version }) => ({ orderNumber, version }));
  const run = runOf(rows);
  const [real, memory] = [onPostgres(), inMemory(orders)];
  const played = history.map(({ what }) => what).join('; ');
  for (const act of [CREATE, HOLD, ...history]) {
    const [one, other] = [await act.on(real, run), await act.on(memory, run)];
    expect(one ?? null, `${act.what} of ${played}`).toEqual(other ?? null);
    expect(await real.kept(run), `after ${act.what} of ${played}`).toEqual(await memory.kept(run));
  }
}

function runOf(rows: NewRun['rows']): NewRun {
  const common = { shopId: SHOP, actor: TANAKA, paidOn: '2026-11-14', mail: 'auto' } as const;
  const shipped = { kind: 'ship', shippedOn: '2026-11-14', shippingMail: 'manual' } as const;
  const named = { id: randomUUID(), key: randomUUID(), inputHash: 'one' };
  const plan = { ...shipped, andPay: true };
  return { ...common, ...named, plan, mailUnpaid: false, rows };
}

const CREATE: Act = { what: 'create', on: (side, run) => side.create(run) };
const HOLD: Act = { what: 'hold 0', on: (side, run) => take(side, 0, run) };

function acts(): fc.Arbitrary<Act> {
  const row = fc.constantFrom(1, 2, 3);
  // The first is at work more often than the other.
  const process = fc.constantFrom(0, 0, 1) as fc.Arbitrary<0 | 1>;
  const onRow = (what: string, work: (port: Runs, held: HeldRun, n: number) => Promise<unknown>) =>
    fc
      .tuple(process, row)
      .map(([p, n]) =>
        act(`${what} ${n} by ${p}`, (side, run) => work(side.ports[p], heldBy(side, p, run), n)),
      );
  const act = (what: string, on: Act['on']): Act => ({ what, on });
  return fc.oneof(
    fc.constant(CREATE),
    fc.constant(act('create other', (side, run) => side.create({ ...run, inputHash: 'other' }))),
    fc
      .constantFrom('pause', 'resume', 'resume', 'stop' as const)
      .map((action) => act(action, (side, run) => side.control(run, action))),
    process.map((p) => act(`list ${p}`, (side, run) => isListed(side.ports[p], run))),
    process.map((p) => act(`hold ${p}`, (side, run) => take(side, p, run))),
    process.map((p) => act(`let go ${p}`, (side) => letGo(side, p))),
    process.map((p) =>
      act(`renew ${p}`, (side, run) => side.ports[p].renew([heldBy(side, p, run)])),
    ),
    fc.constant(act('lapse', (side, run) => side.lapse(run))),
    fc
      .tuple(process, fc.constantFrom(1, 2, 10))
      .map(([p, limit]) =>
        act(`next ${limit} for ${p}`, (side, run) =>
          side.ports[p].nextRows(heldBy(side, p, run), limit),
        ),
      ),
    onRow('begin', (port, held, n) => port.begin(held, n)),
    onRow('accepted', (port, held, n) => port.noteRow(held, n, null)),
    onRow('refused', (port, held, n) => port.noteRow(held, n, 'not_paid')),
    process.map((p) =>
      act(`finish by ${p}`, (side, run) => side.ports[p].finish(heldBy(side, p, run))),
    ),
    row.map((n) => act(`ship ${n}`, ({ store }, run) => ship(store, run, n, rowKey(run.id, n)))),
    row.map((n) => act(`other ships ${n}`, ({ store }, run) => ship(store, run, n, run.id))),
    row.map((n) => act(`mail ${n}`, ({ store }, run) => mail(store, run, n))),
  );
}

async function isListed(port: Runs, { id }: RunRef): Promise<boolean> {
  return (await port.listRunning()).some((run) => run.id === id);
}

async function take({ ports, holds }: Side, p: 0 | 1, run: RunRef): Promise<string> {
  const held = await ports[p].hold(run);
  holds[p] = held ?? holds[p] ?? null;
  return held === null ? 'another has it' : 'held';
}

async function letGo({ ports, holds }: Side, p: 0 | 1): Promise<void> {
  const held = holds[p];
  if (held) await ports[p].letGo(held);
  holds[p] = null;
}

/** Returns the run under which a process writes; a process without one writes as nobody. */
function heldBy({ holds }: Side, p: 0 | 1, { shopId, id }: RunRef): HeldRun {
  return holds[p] ?? { shopId, id, holder: randomUUID() };
}

/** Makes the row's own first command, or another person's change of its order. */
async function ship(store: Store, run: NewRun, n: number, name: string): Promise<string> {
  const shipments = [{ destination: 0, shippedOn: '2026-11-14' }];
  const command: Command = { kind: 'ship', shipments, complete: true, mail: 'manual' };
  const key = `${name}:0`;
  const wanted = { key, inputHash: key, actor: TANAKA, command, expectedVersion: null };
  const decide = (page: Parameters<typeof accept>[0], earlier: Parameters<typeof accept>[1]) =>
    accept(page, earlier, { ...wanted, operationId: randomUUID() }, TIMING);
  const { acceptance } = await store.turn(refOf(run, n), decide, { key, actorId: TANAKA.id });
  return acceptance.kind;
}

async function mail(store: Store, run: NewRun, n: number): Promise<void> {
  await store.turn(refOf(run, n), (page) => ({
    page: write(page, { kind: 'mail_sent', mail: 'order_confirmation', at: page.now }),
  }));
}

function refOf({ shopId, rows }: NewRun, n: number) {
  return { shopId, orderNumber: rows[n - 1]?.orderNumber ?? '' };
}

async function placeOne(): Promise<Order> {
  const ref = { shopId: SHOP, orderNumber: await place(database.db, incoming()) };
  const stored = await loadOrder(database.db, ref);
  if (stored === null) throw new Error('an order that was placed is not there');
  return stored.order;
}

function onPostgres(): Side {
  const { db } = database;
  return {
    store: createPgStore(db),
    ports: [createPgRuns(db), createPgRuns(db)],
    holds: [null, null],
    async lapse({ id }) {
      await db.query('update runs set held_until = now() where id = $1', [id]);
    },
    create: async (run) => (await insertRun(db, run)).kind,
    control: async ({ shopId, id }, action) =>
      (await controlRun(db, { shopId, id, actor: TANAKA }, action)) !== null,
    async kept(ref) {
      const run = await loadRun(db, ref.shopId, ref.id);
      const rows = await loadRunRows(db, ref);
      return [run?.state, ...rows.map(({ state, reason }) => [state, reason])];
    },
  };
}

function inMemory(orders: readonly Order[]): Side {
  const store = new MemoryStore({ now: Date.now });
  store.saveShop(SHOP, { linkEnabled: true, inquiry: true });
  for (const order of orders) store.place(order);
  let later = 0;
  const runs = new MemoryRuns(store, () => Date.now() + later);
  return {
    store,
    ports: [runs.connect(), runs.connect()],
    holds: [null, null],
    async lapse() {
      later += LEASE_MS;
    },
    create: async (run) => runs.create(run),
    control: async (run, action) => runs.control(run, action),
    async kept({ id }) {
      const rows = runs.rows.get(id) ?? [];
      return [runs.runs.get(id)?.state, ...rows.map(({ state, reason }) => [state, reason])];
    },
  };
}
