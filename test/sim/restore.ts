import type { Sighted, SightingSource } from '../../core/src/domain/drift/sighted.ts';
import { nameOf, type OrderRef } from '../../core/src/domain/order/order.ts';
import type { RestoreReport } from '../../core/src/ports/safe-mode.ts';
import type { Ask, Seen } from '../../core/src/turns/asks.ts';
import { follow } from '../../core/src/turns/follow.ts';
import { isOpen } from '../../core/src/turns/operation.ts';
import { Restorer } from '../../server/src/workers/restorer.ts';
import type { Checks } from './checks.ts';
import { count } from './labels.ts';
import { isLive, seenOf } from './ledger.ts';
import { MemorySafeModes } from './memory-safe-modes.ts';
import { SHOPS } from './orders.ts';
import type { OpenService } from './process.ts';
import { wakeRuns } from './runs.ts';
import type { Stage } from './stage.ts';

/**
 * Restores the database to the past: F-REGI knows what we have forgotten. The servers stop, and an
 * older database replaces the newer one. If the older database lacks an ask, safe mode holds until
 * everything is compared and a person releases it; before, this person puts in order at the console
 * what our database does not know. If it lacks none, all goes on as after a crash.
 */
export function planRestore(scene: Stage): void {
  const { kernel } = scene;
  const { random } = kernel;
  kernel.after(random.int(10_000, 4 * 60_000), () => {
    const restore = backUpNow(scene);
    kernel.after(random.int(1_000, random.pick([20_000, 3 * 60_000])), () => {
      restore();
      kernel.after(random.int(1_000, 60_000), () => wakeRuns(scene));
    });
  });
}

/** Replaces the database at one instant with its backup of another; both count from now. */
export function restoreAfter(scene: Stage, backUpMs: number, restoreMs: number): void {
  const { kernel } = scene;
  kernel.after(backUpMs, () => {
    const restore = backUpNow(scene);
    kernel.after(restoreMs - backUpMs, restore);
  });
}

/** Takes a backup; returns the function that puts it back. */
function backUpNow(scene: Stage): () => void {
  const putBack = scene.backUp();
  const before = entriesOf(scene);
  return () => {
    const lost = entriesOf(scene) - before;
    scene.kernel.note('operator', `restores the database; ${lost} entries are lost`);
    scene.restore(putBack);
    const entries = lost > 0 ? 'only entries are lost' : 'nothing is lost';
    const isForgotten = scene.marks.lacking.length > 0;
    count(scene.labels, `restore: ${isForgotten ? 'what was asked is forgotten' : entries}`);
  };
}

function entriesOf({ store }: Stage): number {
  return [...store.journals.values()].reduce((sum, journal) => sum + journal.length, 0);
}

/** The first deed of a process: checks whether the database knows every noted ask. */
export function lookAtMarks(scene: Stage): void {
  const { marks, store, mails, kernel } = scene;
  const { lacking } = marks;
  if (lacking.length === 0 || store.safeMode !== null) return;
  kernel.note('database', `does not know of ${lacking.length} that were asked`);
  new MemorySafeModes(store, mails, () => kernel.now).enter();
  new Releaser(scene).lookRoundAfter(0);
}

export function restorerService(scene: Stage): OpenService {
  const safeModes = new MemorySafeModes(scene.store, scene.mails, () => scene.kernel.now);
  return ({ office, world, reach, as, onError }) => {
    const compareAll = async () => {
      const shops = SHOPS.filter(({ shopId }) => scene.inquiryOf(shopId) !== 'none');
      const report: RestoreReport['shops'][number][] = [];
      for (const { shopId } of shops) {
        for (const order of ordersOf(scene, shopId)) {
          if (!(await lookAt(order))) return null;
        }
        report.push({ shopId, sweep: shopId });
      }
      return report;
    };
    const lookAt = async (order: OrderRef) => {
      const slipId = slipOf(scene, order);
      const seenAt = scene.kernel.now;
      const sighting = await world.gateway.inquire({ shopId: order.shopId, slipId });
      if (sighting.kind !== 'seen') return sighting.kind === 'unsupported';
      const sighted = sightedOf(sighting.transactions, slipId, seenAt, 'inquiry');
      await as('follow').turn(order, (page) => follow(page, sighted));
      await office.resolve(order, { sighted, lookedAt: sighting.complete ? seenAt : null });
      return true;
    };
    const ported = reach('safeModes', safeModes);
    const parking = { ...world, store: as('park') };
    const restorer = new Restorer({ safeModes: ported, world: parking, compareAll, onError });
    return { round: async () => (scene.store.safeMode === null ? undefined : restorer.round()) };
  };
}

/** The person in charge: reconciles every order by the console and releases safe mode. */
class Releaser {
  readonly #scene: Stage;

  constructor(scene: Stage) {
    this.#scene = scene;
  }

  lookRoundAfter(waitMs: number): void {
    const { kernel, store } = this.#scene;
    kernel.after(waitMs, () => {
      if (store.safeMode === null) return;
      if (store.safeMode.comparedAt !== null) this.#release();
      else this.lookRoundAfter(kernel.random.int(20_000, 60_000));
    });
  }

  #release(): void {
    const { kernel, store, marks, labels } = this.#scene;
    for (const order of store.orders.values()) this.#reconcile(order);
    this.#cancelStrays();
    store.safeMode = null;
    marks.accept();
    count(labels, 'restore: released');
    kernel.note('operator', 'releases safe mode');
  }

  /** Cancels at the console what is live for an order that we no longer have (D12). */
  #cancelStrays(): void {
    const { store, ledger } = this.#scene;
    const how = { by: 'reviewer', call: null } as const;
    for (const held of [...ledger.held.values()].filter(isLive)) {
      const { shopId, slipId, orderNumber, seqno, state } = held;
      if (store.orders.has(nameOf({ shopId, orderNumber: orderNumber ?? slipId }))) continue;
      ledger.move(seqno, state === 'authorized' ? 'voided' : 'refunded_untransmitted', how);
    }
  }

  /**
   * Cancels at the console what our books do not know, and takes over the rest. If a person is
   * still asked about an operation of the order, the answer comes first.
   */
  #reconcile(order: OrderRef): void {
    const { kernel, store, ledger } = this.#scene;
    if (store.operationsOf(order).some(isOpen)) {
      kernel.after(kernel.random.int(20_000, 60_000), () => this.#reconcile(order));
      return;
    }
    const stored = store.orders.get(nameOf(order));
    if (stored === undefined) return;
    const slipId = slipOf(this.#scene, order);
    const known = stored.transaction?.seqno;
    const how = { by: 'reviewer', call: null } as const;
    for (const { seqno, state } of ledger.liveOf(stored)) {
      if (seqno === known) continue;
      ledger.move(seqno, state === 'authorized' ? 'voided' : 'refunded_untransmitted', how);
    }
    const seen = ledger.ofSlip(order.shopId, slipId).map(seenOf);
    const sighted = sightedOf(seen, slipId, kernel.now, 'console_csv');
    store.turnNow(order, (page) => follow(page, sighted));
  }
}

function ordersOf({ store }: Stage, shopId: string): OrderRef[] {
  return [...store.orders.values()].filter((order) => order.shopId === shopId);
}

function slipOf({ store }: Stage, order: OrderRef): string {
  return store.orders.get(nameOf(order))?.transaction?.slipId ?? order.orderNumber;
}

function sightedOf(
  seen: readonly Seen[],
  slipId: string,
  seenAt: number,
  source: SightingSource,
): Sighted[] {
  return seen.map((one) => ({ ...one, slipId, authorizedAt: null, seenAt, source }));
}

/** At every request that leaves for the gateway. */
export const RESTORE_AT_ASK: Checks<[ask: Ask, call: number]> = {
  'INV-16: after a restore nothing is asked until it is released': ({ store }, ask) =>
    store.safeMode === null ? null : `${ask.verb} ${ask.slipId} left in safe mode`,
};

export const RESTORE_AT_REST: Checks<[]> = {
  'INV-16: after a restore all is compared, and released': ({ store }) =>
    store.safeMode === null ? null : 'safe mode still holds',
};
