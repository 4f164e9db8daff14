import type { World } from '@renkei/core/perform.ts';
import type { Gateway } from '@renkei/core/ports/gateway.ts';
import type { BatchStore, Store } from '@renkei/core/ports/store.ts';
import { TurnBatches } from '@renkei/core/turn-batches.ts';
import { isOpen } from '@renkei/core/turns/operation.ts';
import type { Metrics } from '../http/metrics.ts';
import { observing } from '../services/observing.ts';
import type { Db } from '../store/db/db.ts';
import { patience } from '../store/db/gather.ts';
import { createPgStore } from '../store/orders/pg-store.ts';
import { Attendant } from '../workers/attendant.ts';
import { Lookout } from '../workers/lookout.ts';
import { Office } from '../workers/office.ts';
import type { Ground } from './ground.ts';

/**
 * The parts that work on orders, over one pool of connections. A server has two desks, so that
 * people's requests never wait for a connection of the background work. The desks relate like two
 * servers on one database: the stored state decides who does what.
 */
export type DeskParts = {
  readonly world: World;
  readonly office: Office;
  readonly attendant: Attendant;
  readonly lookout: Lookout;
};

export function createDesk(ground: Ground, client: Gateway, db: Db): DeskParts {
  const { sealer, timing, metrics, clock, stopwatch, log, onError } = ground;
  const gateway = observing(client, db, onError);
  const store = counted(inBatches(createPgStore(db), ground.batchesWithinShop), metrics);
  const world = { store, gateway, marks: sealer, timing, stopwatch };
  const office = new Office({
    world,
    now: clock.now,
    onError: (error, ref) => log.error({ at: 'office', ...ref }, error),
  });
  const attendant = new Attendant({
    db,
    resolveReview: (ref, evidence) => office.resolve(ref, evidence),
    unknownMs: timing.unknownMs,
    onError,
  });
  const lookout = new Lookout({ gateway, db, attendant, onError });
  return { world, office, attendant, lookout };
}

/** The most turns of a batch: with more, a batch grows longer than the wait for it is worth. */
const BATCH_MAX = 32;

function inBatches(store: BatchStore, withinShop: boolean): Store {
  const batches = new TurnBatches(store, { size: BATCH_MAX, withinShop, patience });
  return { due: store.due, turn: (ref, decide, given) => batches.turn(ref, decide, given) };
}

/** Wraps the store: counts every ended operation in the metrics. */
function counted(store: Store, metrics: Metrics): Store {
  return {
    ...store,
    async turn(ref, decide, given) {
      const result = await store.turn(ref, decide, given);
      const { operation, entries } = result.page;
      if (operation !== null && entries.length > 0 && !isOpen(operation)) {
        metrics.operations.inc({ outcome: operation.state });
      }
      return result;
    },
  };
}
