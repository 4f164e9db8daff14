import { randomUUID } from 'node:crypto';
import type { Instant, OrderRef } from '@renkei/core/domain/order.ts';
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
import { createRounds } from './rounds.ts';

/**
 * Looks at F-REGI, where the shop's gateway can be asked: before one order is shown or pressed, and
 * in rounds over everything that is live, so that what nobody opens is seen, too.
 */
export type Lookout = {
  /**
   * Looks at an order's transactions unless they were looked at, or moved by us, less than
   * `maxAgeMs` ago. Brings the order up to what was seen, and compares it.
   */
  look(ref: OrderRef, maxAgeMs: number): Promise<Look>;
  /** Looks at every live transaction of a shop, in the background; resolves once it has begun. */
  beginSweep(shopId: string): Promise<Sweep>;
  open(everyMs?: number): void;
  close(): Promise<void>;
};

/** `no_inquiry`: F-REGI cannot be asked here; the console's CSV is the way (protocol §14.1). */
type Look = 'fresh' | 'looked' | 'failed' | 'no_inquiry' | 'no_transaction';

export type LookoutOptions = {
  /** The observing gateway: what it sees is written down. */
  readonly gateway: Gateway;
  readonly db: Db;
  readonly attendant: Attendant;
  readonly onError: (error: unknown) => void;
  /** How often a shop is looked through. */
  readonly sweepEveryMs?: number;
  /** Inquiries of one sweep that are underway at a time. */
  readonly width?: number;
};

export const SWEEP_EVERY_MS = 30 * 60_000;
const BATCH = 100;

export function createLookout(options: LookoutOptions): Lookout {
  const { gateway, db, attendant, onError } = options;
  const { sweepEveryMs = SWEEP_EVERY_MS, width = 4 } = options;
  const sweeping = new Map<string, Promise<void>>();
  const rounds = createRounds(async () => {
    for (const shopId of await listShopsToSweep(db, sweepEveryMs)) await begin(shopId);
  }, onError);

  async function look(ref: OrderRef, maxAgeMs: number): Promise<Look> {
    const last = await readLook(db, ref);
    if (last === null || last.slipId === null) return 'no_transaction';
    if (!last.inquiry) return 'no_inquiry';
    // Zero asks for a look whatever is known, be it by a clock that is ahead of ours.
    if (maxAgeMs > 0 && last.now - (last.knownAt ?? 0) < maxAgeMs) return 'fresh';
    const sighting = await gateway.inquire({ shopId: ref.shopId, slipId: last.slipId });
    if (sighting.kind === 'unsupported') return 'no_inquiry';
    if (sighting.kind === 'failed') return 'failed';
    await attendant.attend(ref.shopId, [ref.orderNumber]);
    return 'looked';
  }

  async function carryOut(sweep: Sweep, before: Instant): Promise<void> {
    let after = '';
    for (;;) {
      const orderNumbers = await nextToLook(db, sweep.shopId, before, after, BATCH);
      if (orderNumbers.length === 0 || rounds.closed) break;
      after = orderNumbers.at(-1) ?? after;
      const looks = await lookAtAll(sweep.shopId, orderNumbers);
      const looked = looks.filter((one) => one === 'looked').length;
      const failed = looks.filter((one) => one === 'failed').length;
      await finishSweep(db, sweep, { looked, failed, done: false });
    }
    if (!rounds.closed) await finishSweep(db, sweep, { looked: 0, failed: 0, done: true });
  }

  async function lookAtAll(shopId: string, orderNumbers: readonly string[]): Promise<Look[]> {
    const waiting = [...orderNumbers];
    const looks: Look[] = [];
    const hand = async () => {
      for (
        let next = waiting.shift();
        next !== undefined && !rounds.closed;
        next = waiting.shift()
      ) {
        looks.push(await look({ shopId, orderNumber: next }, 0));
      }
    };
    await Promise.all(Array.from({ length: width }, hand));
    return looks;
  }

  async function begin(shopId: string): Promise<Sweep> {
    const { sweep, isNew, before } = await beginSweep(db, shopId, randomUUID());
    if (isNew) {
      const work = carryOut(sweep, before)
        .catch(onError)
        .finally(() => sweeping.delete(sweep.id));
      sweeping.set(sweep.id, work);
    }
    return sweep;
  }

  return {
    look,
    beginSweep: begin,
    open: (everyMs = 30_000) => rounds.open(everyMs),
    async close() {
      await rounds.close();
      await Promise.all(sweeping.values());
    },
  };
}
