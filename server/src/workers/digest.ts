import { type Instant, jstDateOf, startOfJstDate } from '@renkei/core/domain/values/jst.ts';
import { countAttention, listAttention } from '../store/attention/attention.ts';
import { listReaders, queueDigest, wasDigested } from '../store/attention/digests.ts';
import { readClock } from '../store/attention/observations.ts';
import type { Db } from '../store/db/db.ts';
import { sumDeadlines } from '../store/lists/deadlines.ts';
import { listShops, type Shop } from '../store/shops/shops.ts';
import { type DigestFacts, writeDigest } from './digest-text.ts';
import { Rounds, type Worker } from './rounds.ts';

export type DigestOptions = {
  readonly db: Db;
  readonly publicUrl: string;
  /** The hour in Japan from which it goes out. */
  readonly hour: number;
  readonly onError: (error: unknown) => void;
};

const ITEMS_MAX = 20;
const HOUR_MS = 3_600_000;

/**
 * The daily mail of open items: once a day, in the morning of Japan, to everybody who handles 要対応,
 * and only if there are any. It goes out through the outbox.
 */
export class Digest implements Worker {
  readonly #db: Db;
  readonly #publicUrl: string;
  readonly #hour: number;
  readonly #rounds: Rounds;

  constructor({ db, publicUrl, hour, onError }: DigestOptions) {
    this.#db = db;
    this.#publicUrl = publicUrl;
    this.#hour = hour;
    this.#rounds = new Rounds(() => this.round(), onError);
  }

  /** Writes today's digests if it is time and they are missing; resolves to their number. */
  async round(): Promise<number> {
    const now = await readClock(this.#db);
    const today = jstDateOf(now);
    if (now < startOfJstDate(today) + this.#hour * HOUR_MS) return 0;
    let written = 0;
    for (const shop of await listShops(this.#db)) {
      if (!shop.digest) continue;
      if (await wasDigested(this.#db, shop.shopId, today)) continue;
      written += await this.#writeTo(shop, now);
    }
    return written;
  }

  open(everyMs = 5 * 60_000): void {
    this.#rounds.open(everyMs);
  }

  close(): Promise<void> {
    return this.#rounds.close();
  }

  async #writeTo(shop: Shop, now: Instant): Promise<number> {
    const facts = await this.#factsOf(shop, now);
    if (facts === null) return 0;
    const { subject, body } = writeDigest(facts, this.#publicUrl);
    const readers = await listReaders(this.#db, shop.shopId);
    for (const { id, email } of readers) {
      const occasion = `${jstDateOf(now)} ${id}`;
      await queueDigest(this.#db, shop.shopId, { occasion, email, subject, body });
    }
    return readers.length;
  }

  async #factsOf(shop: Shop, now: Instant): Promise<DigestFacts | null> {
    const query = { state: 'open', limit: ITEMS_MAX } as const;
    const [counts, page, deadlines] = await Promise.all([
      countAttention(this.#db, shop.shopId, ''),
      listAttention(this.#db, shop.shopId, '', query),
      sumDeadlines(this.#db, shop.shopId),
    ]);
    if (counts.open === 0) return null;
    return { shopName: shop.name, counts, items: page.items, deadlines, now };
  }
}
