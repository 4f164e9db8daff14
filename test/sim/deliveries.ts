import { nameOf } from '../../backoffice/src/domain/order.ts';
import {
  type Deliveries,
  type Delivery,
  deliverDue,
} from '../../backoffice/src/subscriptions/deliver.ts';
import type { Checks } from './invariants.ts';
import { count } from './labels.ts';
import type { MemoryStore } from './memory-store.ts';
import { placeOrder, plainAmounts } from './orders.ts';
import type { OpenService } from './process.ts';
import type { Scene } from './scene.ts';

/** 定期・頒布会: an application whose deliveries become orders, each authorized once. */
export type KeptDelivery = Delivery & { readonly toAuthorize: boolean };

/** Where deliveries are made: the books, the gateway’s ledger, and a clock. */
type Place = Pick<Scene, 'store' | 'ledger'> & { readonly kernel: Pick<Scene['kernel'], 'now'> };

/**
 * The deliveries in memory: one application, with a delivery every few minutes. That they do what
 * PostgreSQL does is proven by their contract (backoffice/test/store/deliveries-contract.test.ts),
 * which runs on both.
 */
export class MemoryDeliveries implements Deliveries {
  readonly kept: KeptDelivery[] = [];
  readonly #scene: Place;
  #next: { n: number; at: number; left: number; cycleMs: number } | null = null;

  constructor(scene: Place) {
    this.#scene = scene;
  }

  apply(firstAt: number, deliveries: number, cycleMs = CYCLE_MS): void {
    this.#next = { n: 1, at: firstAt, left: deliveries, cycleMs };
  }

  /** When there is something to be done; infinity where there is nothing. */
  dueAt(): number {
    if (this.kept.some(({ toAuthorize }) => toAuthorize)) return this.#scene.kernel.now;
    return this.#next?.at ?? Number.POSITIVE_INFINITY;
  }

  async makeNext(now: number): Promise<boolean> {
    const { store, ledger } = this.#scene;
    const next = this.#next;
    if (next === null || next.at > now || store.safeMode !== null) return false;
    const ref = { shopId: 'minato', orderNumber: `80000000${next.n}000` };
    const order = placeOrder(store, ledger, ref, plainAmounts(3_000), null);
    store.place({ ...order, type: 'subscription' });
    this.kept.push({ ...ref, code: 'S-1', n: next.n, toAuthorize: true });
    const left = next.left - 1;
    this.#next = left === 0 ? null : { ...next, n: next.n + 1, at: next.at + next.cycleMs, left };
    return true;
  }

  async listToAuthorize(limit: number): Promise<Delivery[]> {
    if (this.#scene.store.safeMode !== null) return [];
    return this.kept.filter(({ toAuthorize }) => toAuthorize).slice(0, limit);
  }

  async noteAuthorized({ n }: Delivery): Promise<void> {
    const at = this.kept.findIndex((one) => one.n === n);
    const found = this.kept[at];
    if (found !== undefined) this.kept[at] = { ...found, toAuthorize: false };
  }

  async noteLook(): Promise<void> {}

  /** A backup of all that is kept. Returns how to put it back. */
  backUp(): () => void {
    const [kept, next] = [[...this.kept], this.#next];
    return () => {
      this.kept.splice(0, this.kept.length, ...kept);
      this.#next = next;
    };
  }
}

const CYCLE_MS = 100_000;

export function applyForDeliveries({ kernel, deliveries }: Scene): void {
  deliveries.apply(kernel.now + kernel.random.int(1_000, 120_000), kernel.random.int(1, 3));
}

export function deliveryService({ kernel, deliveries }: Scene): OpenService {
  return ({ office, reach }) => {
    const ported = reach('deliveries', deliveries);
    const isDue = () => deliveries.dueAt() <= kernel.now;
    return { sweep: async () => (isDue() ? deliverDue(ported, office, kernel.now) : 0) };
  };
}

export const DELIVERIES_AT_REST: Checks<[]> = {
  'INV-19: each delivery is one order': ({ deliveries, store }) => {
    const numbers = deliveries.kept.map(({ n }) => n);
    if (new Set(numbers).size < numbers.length) return `deliveries ${numbers} are made twice`;
    const lost = deliveries.kept.find((one) => !store.orders.has(nameOf(one)));
    return lost === undefined ? null : `delivery ${lost.n} has no order`;
  },
  'INV-19: each delivery is authorized once, or told why it is not': ({ deliveries, store }) => {
    for (const delivery of deliveries.kept) {
      const asked = askedFor(store, delivery);
      const order = store.orders.get(nameOf(delivery));
      const byOthers = store.operationsOf(delivery).length > 0;
      const isTold = asked || byOthers || order?.status !== 'processing';
      if (delivery.toAuthorize || !isTold) return `delivery ${delivery.n} was never authorized`;
    }
    return null;
  },
};

function askedFor(store: MemoryStore, { shopId, code, n }: Delivery): boolean {
  return store.operationWith(shopId, `delivery:${code}:${n}:authorize`) !== undefined;
}

/** At every committed turn. */
export const DELIVERIES_AT_COMMIT: Checks<[]> = {
  'INV-19: the schedule authorizes a delivery by one operation at the most': ({
    deliveries,
    store,
  }) => {
    for (const delivery of deliveries.kept) {
      const own = store
        .operationsOf(delivery)
        .filter(({ actor, goal }) => actor.id === 'subscriptions' && goal === 'authorized');
      if (own.length > 1) return `delivery ${delivery.n} is authorized by ${own.length}`;
    }
    return null;
  },
};

export function countDeliveries({ deliveries, store, labels }: Scene): void {
  for (const delivery of deliveries.kept) {
    const { transaction } = store.orders.get(nameOf(delivery)) ?? { transaction: null };
    count(labels, `delivery: ${transaction?.state}`);
  }
}
