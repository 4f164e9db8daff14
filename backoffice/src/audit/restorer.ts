import { setTimeout as sleep } from 'node:timers/promises';
import type { Instant, OrderRef } from '../domain/order.ts';
import { park } from '../operations/park.ts';
import type { Store } from '../operations/store.ts';
import type { Timing } from '../operations/timing.ts';
import type { Lookout } from '../reconcile/lookout.ts';
import type { Db } from '../store/db.ts';
import { readClock } from '../store/observations.ts';
import { listOpen, loadSafeMode, type RestoreReport, saveComparison } from '../store/safe-mode.ts';
import { listShops } from '../store/shops.ts';
import { endSweepsBefore, loadSweep, type Sweep } from '../store/sweeps.ts';

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
    const shops = await compareAll();
    if (shops !== null) await saveComparison(db, { parked, shops });
  }

  /** Null where some order could not be looked at: then the next round tries all again. */
  async function compareAll(): Promise<RestoreReport['shops'] | null> {
    const since = await readClock(db);
    const shops = (await listShops(db)).filter(({ inquiry }) => inquiry);
    const report: RestoreReport['shops'][number][] = [];
    for (const { shopId } of shops) {
      const sweep = await sweepSince(shopId, since);
      if (sweep === null || sweep.failed > 0) return null;
      report.push({ shopId, sweep: sweep.id });
    }
    return report;
  }

  /** A whole sweep that began after an instant; one from before may have seen what was then. */
  async function sweepSince(shopId: string, since: Instant): Promise<Sweep | null> {
    await endSweepsBefore(db, shopId, since);
    while (!closed) {
      // Joins the one that goes on, and begins another where its process must be gone.
      const { id } = await lookout.beginSweep(shopId);
      await sleep(200);
      const sweep = await loadSweep(db, shopId, id);
      if (sweep !== null && sweep.finishedAt !== null) return sweep;
    }
    return null;
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
