import type { World } from '@renkei/core/perform.ts';
import type { Gateway } from '@renkei/core/ports/gateway.ts';
import type { Store } from '@renkei/core/ports/store.ts';
import { isOpen } from '@renkei/core/turns/operation.ts';
import type { Metrics } from '../http/metrics.ts';
import { observing } from '../services/observing.ts';
import type { Db } from '../store/db/db.ts';
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
  const store = counted(createPgStore(db), metrics);
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
