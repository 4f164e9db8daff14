import { nameOf } from '../../core/src/domain/order/order.ts';
import { OVERDUE_ANSWERS } from '../../core/src/domain/subscriptions/due.ts';
import type { Delivery } from '../../core/src/ports/deliveries.ts';
import { deliverDue } from '../../server/src/workers/deliver.ts';
import type { Checks } from './checks.ts';
import { count } from './labels.ts';
import type { MemoryDeliveries } from './memory-deliveries.ts';
import type { MemoryStore } from './memory-store.ts';
import type { OpenService } from './process.ts';
import type { Stage } from './stage.ts';

/** 定期・頒布会: an application becomes orders, one for each delivery; each is authorized once. */
const CYCLE_MS = 100_000;

export function applyForDeliveries({ kernel, deliveries }: Stage): void {
  const firstAt = kernel.now + kernel.random.int(1_000, 120_000);
  const times = kernel.random.int(1, 3);
  deliveries.apply({ firstAt, deliveries: times, everyDays: 1, dayMs: CYCLE_MS });
}

/** The length of a day in the histories where deliveries pause for weeks. */
const DAY_MS = 2_000;
const WEEK_MS = 7 * DAY_MS;

/**
 * A weekly application and an outage of about five weeks in which no deliveries are made.
 * Afterwards two people settle the overdue deliveries by their screens, which may be out of date.
 */
export function planDeliveryOutage(scene: Stage): void {
  const { kernel, deliveries } = scene;
  const { random } = kernel;
  const firstAt = kernel.now + random.int(1_000, 20_000);
  const times = random.int(4, 12);
  deliveries.apply({ firstAt, deliveries: times, everyDays: 7, dayMs: DAY_MS });
  const downMs = random.int(4 * WEEK_MS, 6 * WEEK_MS);
  kernel.after(random.int(1_000, 2 * WEEK_MS), () => goAway(scene, downMs));
  const days = (least: number, most: number) => random.int(least * DAY_MS, most * DAY_MS);
  for (const _person of [1, 2]) {
    settleAfter(scene, { seenAfterMs: days(28, 90), pressAfterMs: days(0, 9) });
  }
}

/** No process looks for deliveries for `ms` milliseconds. */
export function goAway({ kernel, deliveries }: Stage, ms: number): void {
  kernel.note('outage', `no deliveries are looked for during ${ms} ms`);
  deliveries.awayUntil = kernel.now + ms;
}

/** An operator sees the overdue deliveries and settles them a while later. */
export function settleAfter(
  scene: Stage,
  wait: { readonly seenAfterMs: number; readonly pressAfterMs: number },
  answer = scene.kernel.random.pick(OVERDUE_ANSWERS),
): void {
  const { kernel, deliveries } = scene;
  kernel.after(wait.seenAfterMs, () => {
    const { version } = deliveries;
    const seen = deliveries.countOverdue();
    if (seen === 0) return;
    kernel.after(wait.pressAfterMs, async () => {
      const promised = { make_one: 1, make_all: seen, skip: 0 }[answer];
      const refused = await deliveries.settle({ answer, seen, version });
      count(scene.labels, `overdue: ${refused ?? answer}`);
      kernel.note('operator', `${answer} of ${seen}: ${refused ?? 'done'}`);
      if (refused === null) deliveries.promised += promised;
    });
  });
}

export function deliveryService({ kernel, deliveries }: Stage): OpenService {
  return ({ office, reach }) => {
    const ported = reach('deliveries', deliveries);
    const isDue = () => deliveries.dueAt() <= kernel.now && deliveries.awayUntil <= kernel.now;
    return { round: async () => (isDue() ? deliverDue(ported, office, kernel.now) : 0) };
  };
}

/** The orders that Renkei made without a person's word: these should be few. */
const madeByThemselves = ({ kept }: MemoryDeliveries) =>
  kept.flatMap(({ n, madeIn }) => (madeIn === null ? [] : { n, madeIn }));

export const DELIVERIES_AT_REST: Checks<[]> = {
  'INV-22: a delivery whose turn was a cycle ago is not made by itself': ({ deliveries }) => {
    const { terms } = deliveries;
    if (terms === null) return null;
    const cycleMs = terms.everyDays * terms.dayMs;
    const turnAt = (n: number) => terms.firstAt + (n - 1) * cycleMs;
    const late = madeByThemselves(deliveries).find(
      ({ n, madeIn }) => madeIn >= turnAt(n) + cycleMs,
    );
    return late === undefined ? null : `delivery ${late.n} was made by itself, and overdue`;
  },
  'INV-22: a round makes one delivery of an application at the most': ({ deliveries }) => {
    const rounds = madeByThemselves(deliveries).map(({ madeIn }) => madeIn);
    return new Set(rounds).size === rounds.length ? null : `a round made more than one delivery`;
  },
  'INV-22: a person who settles what is overdue makes as many orders as were shown': ({
    deliveries,
  }) => {
    const made = deliveries.kept.filter(({ madeIn }) => madeIn === null).length;
    const { promised } = deliveries;
    return made === promised ? null : `${made} orders were made, and ${promised} promised`;
  },
  'INV-22: each delivery that was counted became an order or was skipped, once': ({
    deliveries,
  }) => {
    const told = [...deliveries.kept.map(({ n }) => n), ...deliveries.skipped];
    const counted = Array.from({ length: deliveries.schedule.lastDelivery }, (_, at) => at + 1);
    const isSame = `${told.sort((one, other) => one - other)}` === `${counted}`;
    return isSame ? null : `of ${counted.length} deliveries ${told} are told of`;
  },
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

export function countDeliveries({ deliveries, store, labels }: Stage): void {
  for (const delivery of deliveries.kept) {
    const { transaction } = store.orders.get(nameOf(delivery)) ?? { transaction: null };
    count(labels, `delivery: ${transaction?.state}`);
  }
}
