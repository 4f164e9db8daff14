import type { OrderRef } from '../domain/order.ts';
import { park } from '../operations/park.ts';
import type { Store } from '../operations/store.ts';
import type { Timing } from '../operations/timing.ts';
import type { Lookout } from '../reconcile/lookout.ts';
import type { Db } from '../store/db.ts';
import {
  isSwept,
  listOpen,
  loadSafeMode,
  type RestoreReport,
  saveComparison,
} from '../store/safe-mode.ts';
import { listShops } from '../store/shops.ts';

/**
 * What safe mode waits for. Every open operation is parked, for it may have been carried out after
 * the backup was made. Once no call from before can be under way any more, everything is looked up
 * where a gateway answers inquiries: what differs is brought up to date, and what was parked is
 * resolved by what is seen. What is left is a person's. Then it is written down that all was done.
 */
export type Restorer = {
  open(everyMs: number): void;
  close(): Promise<void>;
};

export type RestorerOptions = {
  readonly db: Db;
  readonly store: Store;
  readonly lookout: Pick<Lookout, 'beginSweep'>;
  readonly timing: Timing;
  readonly onError: (error: unknown, ref: OrderRef | null) => void;
};

export function createRestorer(options: RestorerOptions): Restorer {
  const { db, store, lookout, timing, onError } = options;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  let underway: Promise<void> = Promise.resolve();
  let parked = 0;
  let parkedAt: number | null = null;

  async function round(): Promise<void> {
    const safeMode = await loadSafeMode(db);
    if (safeMode === null || safeMode.comparedAt !== null) {
      parkedAt = null;
      return;
    }
    for (const ref of await listOpen(db)) {
      await store.turn(ref, (page) => park(page, timing));
      parked += 1;
    }
    parkedAt ??= performance.now();
    if (performance.now() < parkedAt + timing.quarantineMs) return;
    await saveComparison(db, { parked, shops: await compareAll() });
  }

  async function compareAll(): Promise<RestoreReport['shops']> {
    const shops = (await listShops(db)).filter(({ inquiry }) => inquiry);
    const report: RestoreReport['shops'][number][] = [];
    for (const { shopId } of shops) {
      const { id } = await lookout.beginSweep(shopId);
      while (!closed && !(await isSwept(db, shopId, id))) {
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
      report.push({ shopId, sweep: id });
    }
    return report;
  }

  return {
    open(everyMs) {
      const again = () => {
        underway = round()
          .catch((error: unknown) => onError(error, null))
          .finally(() => {
            if (!closed) timer = setTimeout(again, everyMs);
          });
      };
      again();
    },
    async close() {
      closed = true;
      clearTimeout(timer);
      await underway;
    },
  };
}
