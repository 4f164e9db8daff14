import { setTimeout as sleep } from 'node:timers/promises';
import type { OrderRef } from '@renkei/core/domain/order/order.ts';
import type { World } from '@renkei/core/perform.ts';
import type { RestoreReport, SafeModes } from '@renkei/core/ports/safe-mode.ts';
import { park } from '@renkei/core/turns/park.ts';
import { readClock } from '../store/attention/observations.ts';
import { endSweepsBefore, loadSweep, type Sweep } from '../store/attention/sweeps.ts';
import type { Db } from '../store/db/db.ts';
import { listShops } from '../store/shops/shops.ts';
import type { Lookout } from './lookout.ts';
import { Rounds, type Worker } from './rounds.ts';

export type RestorerOptions = {
  readonly safeModes: SafeModes;
  readonly world: Pick<World, 'store' | 'timing' | 'stopwatch'>;
  /** Looks up everything anew; null if some orders could not be looked at. */
  readonly compareAll: (isOver: () => boolean) => Promise<RestoreReport['shops'] | null>;
  readonly onError: (error: unknown, ref: OrderRef | null) => void;
};

/**
 * The work of safe mode. First it waits until no earlier call can be under way any more. Then it
 * parks every open operation, which may have been carried out after the backup; earlier a person
 * would answer for a call still to arrive. Then it looks up everything at gateways that answer
 * inquiries: it updates differing orders, and sightings resolve parked operations. The rest is left
 * to people. Last it records that the comparison is complete.
 */
export class Restorer implements Worker {
  readonly #options: RestorerOptions;
  readonly #rounds: Rounds;
  #parked = 0;
  #held: { readonly id: number; readonly since: number } | null = null;

  constructor(options: RestorerOptions) {
    this.#options = options;
    this.#rounds = new Rounds(
      () => this.round(),
      (error) => options.onError(error, null),
    );
  }

  /** Continues the work of safe mode, if there is one; a clock calls it. */
  async round(): Promise<void> {
    const { safeModes, world, compareAll } = this.#options;
    const { store, timing, stopwatch } = world;
    const safeMode = await safeModes.load();
    if (safeMode === null || safeMode.comparedAt !== null) return;
    if (this.#held?.id !== safeMode.id) {
      this.#held = { id: safeMode.id, since: stopwatch() };
      this.#parked = 0;
    }
    if (stopwatch() < this.#held.since + timing.quarantineMs) return;
    for (const ref of await safeModes.listOpen()) {
      await store.turn(ref, (page) => park(page, timing));
      this.#parked += 1;
    }
    const shops = await compareAll(() => this.#rounds.closed);
    if (shops !== null) {
      await safeModes.saveComparison(safeMode.id, { parked: this.#parked, shops });
    }
  }

  open(everyMs = this.#options.world.timing.lookMs): void {
    this.#rounds.open(everyMs);
  }

  close(): Promise<void> {
    return this.#rounds.close();
  }
}

/**
 * Sweeps every shop whose gateway answers inquiries, one after the other. Null if some order could
 * not be looked at, or if it had to end early: then the next round tries all again.
 */
export async function sweepShops(
  db: Db,
  lookout: Pick<Lookout, 'beginSweep'>,
  isOver: () => boolean,
): Promise<RestoreReport['shops'] | null> {
  const since = await readClock(db);
  const shops = (await listShops(db)).filter(({ inquiry }) => inquiry);
  const report: RestoreReport['shops'][number][] = [];
  for (const { shopId } of shops) {
    // Needs a whole sweep from after this instant; an earlier one may have seen a former state.
    await endSweepsBefore(db, shopId, since);
    const sweep = await sweepWhole(db, shopId, lookout, isOver);
    if (sweep === null || sweep.failed > 0) return null;
    report.push({ shopId, sweep: sweep.id });
  }
  return report;
}

async function sweepWhole(
  db: Db,
  shopId: string,
  lookout: Pick<Lookout, 'beginSweep'>,
  isOver: () => boolean,
): Promise<Sweep | null> {
  while (!isOver()) {
    // Joins a sweep in progress, and begins another if its process must be gone.
    const { id } = await lookout.beginSweep(shopId);
    await sleep(200);
    const sweep = await loadSweep(db, shopId, id);
    if (sweep !== null && sweep.finishedAt !== null) return sweep;
  }
  return null;
}
