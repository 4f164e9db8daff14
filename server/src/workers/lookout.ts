import { randomUUID } from 'node:crypto';
import type { OrderRef } from '@renkei/core/domain/order/order.ts';
import type { Instant } from '@renkei/core/domain/values/jst.ts';
import type { Gateway } from '@renkei/core/ports/gateway.ts';
import {
  beginSweep,
  finishSweep,
  listShopsToSweep,
  nextToLook,
  readLook,
  type Sweep,
} from '../store/attention/sweeps.ts';
import type { Db } from '../store/db/db.ts';
import type { Attendant } from './attendant.ts';
import { inParallel } from './in-parallel.ts';
import { Rounds, type Worker } from './rounds.ts';

/**
 * `no_inquiry`: F-REGI cannot be asked here; the console's CSV takes its place (protocol §14.1).
 */
type Look = 'fresh' | 'looked' | 'failed' | 'no_inquiry' | 'no_transaction';

export type LookoutOptions = {
  /** The observing gateway, which records each sighting. */
  readonly gateway: Gateway;
  readonly db: Db;
  readonly attendant: Attendant;
  readonly onError: (error: unknown) => void;
  /** The pause between two sweeps of a shop, in milliseconds. */
  readonly sweepEveryMs?: number;
  /** The most inquiries of one sweep at a time. */
  readonly width?: number;
};

export const SWEEP_EVERY_MS = 30 * 60_000;
const BATCH = 100;
const WIDTH = 4;

/**
 * Looks at F-REGI if the shop's gateway answers inquiries: before a person sees one order or
 * presses for it (decision 20), and in sweeps over all live transactions, so that an order that
 * nobody opens is seen, too.
 */
export class Lookout implements Worker {
  readonly #gateway: Gateway;
  readonly #db: Db;
  readonly #attendant: Attendant;
  readonly #onError: (error: unknown) => void;
  readonly #sweepEveryMs: number;
  readonly #width: number;
  readonly #rounds: Rounds;
  readonly #sweeping = new Map<string, Promise<void>>();

  constructor(options: LookoutOptions) {
    this.#gateway = options.gateway;
    this.#db = options.db;
    this.#attendant = options.attendant;
    this.#onError = options.onError;
    this.#sweepEveryMs = options.sweepEveryMs ?? SWEEP_EVERY_MS;
    this.#width = options.width ?? WIDTH;
    this.#rounds = new Rounds(() => this.#beginDueSweeps(), options.onError);
  }

  /**
   * Looks at an order's transactions, unless the last look or move of ours is less than `maxAgeMs`
   * ago. Updates the order by the sightings, and compares it.
   */
  async look(ref: OrderRef, maxAgeMs: number): Promise<Look> {
    const last = await readLook(this.#db, ref);
    if (last === null || last.slipId === null) return 'no_transaction';
    if (!last.inquiry) return 'no_inquiry';
    // Zero demands a look in any case, even if the last one has a time from a clock ahead of ours.
    if (maxAgeMs > 0 && last.now - (last.knownAt ?? 0) < maxAgeMs) return 'fresh';
    const sighting = await this.#gateway.inquire({ shopId: ref.shopId, slipId: last.slipId });
    if (sighting.kind === 'unsupported') return 'no_inquiry';
    if (sighting.kind === 'failed') return 'failed';
    await this.#attendant.attend(ref.shopId, [ref.orderNumber]);
    return 'looked';
  }

  /**
   * Looks at every live transaction of a shop, in the background; resolves once the sweep has
   * begun.
   */
  async beginSweep(shopId: string): Promise<Sweep> {
    const { sweep, isNew, before } = await beginSweep(this.#db, shopId, randomUUID());
    if (isNew) {
      const work = this.#carryOut(sweep, before)
        .catch(this.#onError)
        .finally(() => this.#sweeping.delete(sweep.id));
      this.#sweeping.set(sweep.id, work);
    }
    return sweep;
  }

  open(everyMs = 30_000): void {
    this.#rounds.open(everyMs);
  }

  async close(): Promise<void> {
    await this.#rounds.close();
    await Promise.all(this.#sweeping.values());
  }

  async #beginDueSweeps(): Promise<void> {
    const due = await listShopsToSweep(this.#db, this.#sweepEveryMs);
    for (const shopId of due) await this.beginSweep(shopId);
  }

  async #carryOut(sweep: Sweep, before: Instant): Promise<void> {
    let after = '';
    for (;;) {
      const orderNumbers = await nextToLook(this.#db, sweep.shopId, before, after, BATCH);
      if (orderNumbers.length === 0 || this.#rounds.closed) break;
      after = orderNumbers.at(-1) ?? after;
      const looks = await this.#lookAtAll(sweep.shopId, orderNumbers);
      const looked = looks.filter((one) => one === 'looked').length;
      const failed = looks.filter((one) => one === 'failed').length;
      await finishSweep(this.#db, sweep, { looked, failed, done: false });
    }
    if (this.#rounds.closed) return;
    await finishSweep(this.#db, sweep, { looked: 0, failed: 0, done: true });
  }

  async #lookAtAll(shopId: string, orderNumbers: readonly string[]): Promise<Look[]> {
    const looks: Look[] = [];
    await inParallel(
      orderNumbers,
      this.#width,
      async (orderNumber) => {
        looks.push(await this.look({ shopId, orderNumber }, 0));
      },
      () => this.#rounds.closed,
    );
    return looks;
  }
}
