import { compare, strayOf } from '@renkei/core/domain/drift/compare.ts';
import type { ComparisonFacts } from '@renkei/core/domain/drift/comparison.ts';
import type { Drift } from '@renkei/core/domain/drift/drift.ts';
import type { ItemChanges } from '@renkei/core/domain/drift/drift-items.ts';
import type { OrderRef } from '@renkei/core/domain/order/order.ts';
import { DEADLINE_WARNING_DAYS } from '@renkei/core/domain/transaction/deadline.ts';
import { jstDateOf } from '@renkei/core/domain/values/jst.ts';
import { correctedBy, follow } from '@renkei/core/turns/follow.ts';
import {
  changesOf,
  comparing,
  forgetTouched,
  nextTouched,
  touchDeadlines,
  touchUnknown,
  writeChanges,
} from '../store/attention/attention-sync.ts';
import { loadComparisonFacts } from '../store/attention/comparison.ts';
import { listStrays, readClock } from '../store/attention/observations.ts';
import { type Db, isUnavailable, type Queryable } from '../store/db/db.ts';
import { turnOn } from '../store/orders/pg-store.ts';
import { listShops } from '../store/shops/shops.ts';
import type { Office } from './office.ts';
import { Rounds, type Worker } from './rounds.ts';

export type AttendantOptions = {
  readonly db: Db;
  /** Resolves an operation in review if the sightings answer it. */
  readonly resolveReview: Office['resolve'];
  /** After this time in milliseconds an unknown outcome concerns a person (D9). */
  readonly unknownMs: number;
  readonly onError: (error: unknown) => void;
};

const BATCH = 200;
const STRAYS_MAX = 1_000;
const TIME_MS = 60_000;

/**
 * Keeps 要対応 true: compares every order that has changed here or at F-REGI, and opens, updates and
 * closes items by the findings. Comparing never repairs anything, and its findings do not depend on
 * who looks or how often.
 */
export class Attendant implements Worker {
  readonly #db: Db;
  readonly #resolveReview: Office['resolve'];
  readonly #unknownMs: number;
  readonly #onError: (error: unknown) => void;
  readonly #rounds: Rounds;
  #timeNotedAt = Number.NEGATIVE_INFINITY;
  #deadlinesNotedOn = '';

  constructor({ db, resolveReview, unknownMs, onError }: AttendantOptions) {
    this.#db = db;
    this.#resolveReview = resolveReview;
    this.#unknownMs = unknownMs;
    this.#onError = onError;
    this.#rounds = new Rounds(() => this.#round(), onError);
  }

  /** Compares an order with F-REGI now; null if it has no transaction. */
  async find({ shopId, orderNumber }: OrderRef): Promise<Comparison | null> {
    const [facts] = await loadComparisonFacts(this.#db, shopId, [orderNumber]);
    if (facts === undefined) return null;
    return { facts, drifts: compare(facts, await readClock(this.#db), this.#unknownMs) };
  }

  /** Compares some orders of a shop now. */
  async attend(shopId: string, orderNumbers: readonly string[]): Promise<void> {
    if (orderNumbers.length === 0) return;
    const waiting = await this.#compareAll(shopId, orderNumbers, mayChange);
    for (const found of waiting) await this.#catchUp(found).catch(this.#onError);
    if (waiting.length > 0) await this.#compareAll(shopId, orderNumbers, () => false);
  }

  /** Looks for transactions without a known order (D12). */
  async attendStrays(shopId: string): Promise<void> {
    await comparing(this.#db, shopId, async (client) => {
      const strays = await listStrays(client, shopId, STRAYS_MAX);
      const drifts = strays.flatMap((sighted) => strayOf(sighted) ?? []);
      const changes = await changesOf(client, shopId, [{ orderNumber: null, drifts }]);
      if (changes !== null) await writeChanges(client, shopId, changes);
    });
  }

  /** Compares all queued orders; resolves to their number. */
  async round(): Promise<number> {
    const touched = await nextTouched(this.#db, BATCH);
    for (const [shopId, orders] of Map.groupBy(touched, ({ shopId }) => shopId)) {
      await this.#attendAll(shopId, [...new Set(orders.map(({ orderNumber }) => orderNumber))]);
    }
    await forgetTouched(this.#db, touched);
    return touched.length;
  }

  /** Queues changes that only time makes: deadlines (C10), outcomes unknown for long. */
  async noteTime(): Promise<void> {
    const now = await readClock(this.#db);
    await touchUnknown(this.#db, now - this.#unknownMs);
    const today = jstDateOf(now);
    if (today !== this.#deadlinesNotedOn) await touchDeadlines(this.#db, DEADLINE_WARNING_DAYS);
    this.#deadlinesNotedOn = today;
    for (const { shopId } of await listShops(this.#db)) await this.attendStrays(shopId);
  }

  open(everyMs = 1_000): void {
    this.#rounds.open(everyMs);
  }

  /** Compares queued orders now instead of in the next round, because a person waits. */
  soon(): void {
    this.#rounds.soon();
  }

  close(): Promise<void> {
    return this.#rounds.close();
  }

  async #round(): Promise<'more' | undefined> {
    if (performance.now() - this.#timeNotedAt > TIME_MS) {
      this.#timeNotedAt = performance.now();
      await this.noteTime();
    }
    return (await this.round()) >= BATCH ? 'more' : undefined;
  }

  /**
   * Writes the findings, unless some orders must first catch up with sightings: then resolves to
   * those.
   */
  async #compareAll(
    shopId: string,
    orderNumbers: readonly string[],
    comesFirst: (facts: ComparisonFacts) => boolean,
  ): Promise<ComparisonFacts[]> {
    const compared = await this.#findAll(this.#db, shopId, orderNumbers, comesFirst);
    if (compared.changes === null) return compared.waiting; // nothing new to write
    return comparing(this.#db, shopId, async (client) => {
      const { waiting, changes } = await this.#findAll(client, shopId, orderNumbers, comesFirst);
      if (changes !== null) await writeChanges(client, shopId, changes);
      return waiting;
    });
  }

  /** Resolves to the orders that must catch up first, or to the changes of items. */
  async #findAll(
    client: Queryable,
    shopId: string,
    orderNumbers: readonly string[],
    comesFirst: (facts: ComparisonFacts) => boolean,
  ): Promise<{ readonly waiting: ComparisonFacts[]; readonly changes: ItemChanges | null }> {
    const facts = await loadComparisonFacts(client, shopId, orderNumbers);
    const waiting = facts.filter(comesFirst);
    if (waiting.length > 0) return { waiting, changes: null };
    const now = await readClock(client);
    const findings = facts.map((found) => ({
      orderNumber: found.order.orderNumber,
      drifts: compare(found, now, this.#unknownMs),
    }));
    return { waiting, changes: await changesOf(client, shopId, findings) };
  }

  /** Applies sightings at F-REGI to the order, or to its operation in review. */
  async #catchUp(facts: ComparisonFacts): Promise<void> {
    const { sighted, vouchedAt = null } = facts;
    if (isInReview(facts)) {
      return this.#resolveReview(refOf(facts), { sighted, lookedAt: vouchedAt });
    }
    await turnOn(this.#db, refOf(facts), (page) => follow(page, sighted));
  }

  /** An order that cannot be compared does not stop the others. */
  async #attendAll(shopId: string, orderNumbers: readonly string[]): Promise<void> {
    const work = this.attend(shopId, orderNumbers);
    await work.catch(async () => {
      for (const orderNumber of orderNumbers) {
        await this.attend(shopId, [orderNumber]).catch((error: unknown) => {
          if (isUnavailable(error)) throw error; // retries all of them
          this.#onError(error);
        });
      }
    });
  }
}

type Comparison = { readonly facts: ComparisonFacts; readonly drifts: readonly Drift[] };

function refOf({ order }: ComparisonFacts): OrderRef {
  return { shopId: order.shopId, orderNumber: order.orderNumber };
}

function isInReview({ open }: ComparisonFacts): boolean {
  return open?.state === 'review';
}

/** True if sightings may change the order before it is compared. */
function mayChange(facts: ComparisonFacts): boolean {
  return isInReview(facts) || isBehind(facts);
}

function isBehind({ order, sighted, open }: ComparisonFacts): boolean {
  const { transaction } = order;
  return open === null && transaction !== null && correctedBy(transaction, sighted) !== null;
}
