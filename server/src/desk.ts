import type { World } from '@renkei/core/perform.ts';
import type { Gateway } from '@renkei/core/ports/gateway.ts';
import type { Marks } from '@renkei/core/ports/marks.ts';
import type { Store } from '@renkei/core/ports/store.ts';
import { isOpen } from '@renkei/core/turns/operation.ts';
import type { Timing } from '@renkei/core/turns/timing.ts';
import type { Metrics } from './http/metrics.ts';
import { observing } from './services/observing.ts';
import type { Db } from './store/db/db.ts';
import { createPgStore } from './store/orders/pg-store.ts';
import { Attendant } from './workers/attendant.ts';
import { Lookout } from './workers/lookout.ts';
import { Office, type OfficeOptions } from './workers/office.ts';

/**
 * All that works on orders, over one pool of connections. A server has two: what people ask for
 * never waits for a connection that work in the background holds. They are to each other as two
 * servers on one database are: what is written decides who does what.
 */
export type Desk = {
  readonly world: World;
  readonly office: Office;
  readonly attendant: Attendant;
  readonly lookout: Lookout;
};

type DeskOptions = {
  readonly db: Db;
  readonly client: Gateway;
  readonly marks: Marks;
  readonly timing: Timing;
  readonly metrics: Metrics;
  readonly now: OfficeOptions['now'];
  readonly stopwatch: () => number;
  readonly onError: (error: unknown) => void;
  readonly onOfficeError: OfficeOptions['onError'];
};

export function createDesk(options: DeskOptions): Desk {
  const { db, client, marks, timing, metrics, now, stopwatch, onError, onOfficeError } = options;
  const gateway = observing(client, db, onError);
  const store = counted(createPgStore(db), metrics);
  const world = { store, gateway, marks, timing, stopwatch };
  const office = new Office({ world, now, onError: onOfficeError });
  const attendant = new Attendant({
    db,
    resolveReview: (ref, evidence) => office.resolve(ref, evidence),
    unknownMs: timing.unknownMs,
    onError,
  });
  const lookout = new Lookout({ gateway, db, attendant, onError });
  return { world, office, attendant, lookout };
}

/** The store, telling the metrics of every operation that comes to rest. */
function counted(store: Store, metrics: Metrics): Store {
  return {
    ...store,
    async turn(ref, decide, key) {
      const result = await store.turn(ref, decide, key);
      const { operation, entries } = result.page;
      if (operation !== null && entries.length > 0 && !isOpen(operation)) {
        metrics.operations.inc({ outcome: operation.state });
      }
      return result;
    },
  };
}
