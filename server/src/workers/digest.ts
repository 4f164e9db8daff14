import { jstDateOf, startOfJstDate } from '@renkei/core/domain/jst.ts';
import type { Instant } from '@renkei/core/domain/order.ts';
import { countAttention, listAttention } from '../store/attention/attention.ts';
import { listReaders, queueDigest, wasDigested } from '../store/attention/digests.ts';
import { readClock } from '../store/attention/observations.ts';
import type { Db } from '../store/db/db.ts';
import { sumDeadlines } from '../store/lists/deadlines.ts';
import { listShops, type Shop } from '../store/shops/shops.ts';
import { type DigestFacts, writeDigest } from './digest-text.ts';
import { createRounds } from './rounds.ts';

/**
 * The daily mail of what waits: once a day, in the morning of Japan, to everybody who sees to
 * 要対応, and only if something does. It goes out through the outbox.
 */
export type Digest = {
  /** Writes today's, where it is time and it is not written yet; resolves to how many mails. */
  sweep(): Promise<number>;
  open(everyMs?: number): void;
  close(): Promise<void>;
};

export type DigestOptions = {
  readonly db: Db;
  readonly publicUrl: string;
  /** The hour in Japan from which it goes out. */
  readonly hour: number;
  readonly onError: (error: unknown) => void;
};

const ITEMS_MAX = 20;
const HOUR_MS = 3_600_000;

export function createDigest({ db, publicUrl, hour, onError }: DigestOptions): Digest {
  async function sweep(): Promise<number> {
    const now = await readClock(db);
    const today = jstDateOf(now);
    if (now < startOfJstDate(today) + hour * HOUR_MS) return 0;
    let written = 0;
    for (const shop of await listShops(db)) {
      if (!shop.digest) continue;
      if (await wasDigested(db, shop.shopId, today)) continue;
      const facts = await factsOf(shop, now);
      if (facts === null) continue;
      const { subject, body } = writeDigest(facts, publicUrl);
      for (const { id, email } of await listReaders(db, shop.shopId)) {
        await queueDigest(db, shop.shopId, { occasion: `${today} ${id}`, email, subject, body });
        written += 1;
      }
    }
    return written;
  }

  async function factsOf(shop: Shop, now: Instant): Promise<DigestFacts | null> {
    const query = { state: 'open', limit: ITEMS_MAX } as const;
    const [counts, page, deadlines] = await Promise.all([
      countAttention(db, shop.shopId, ''),
      listAttention(db, shop.shopId, '', query),
      sumDeadlines(db, shop.shopId),
    ]);
    if (counts.open === 0) return null;
    return { shopName: shop.name, counts, items: page.items, deadlines, now };
  }

  const rounds = createRounds(sweep, onError);
  return { sweep, open: (everyMs = 5 * 60_000) => rounds.open(everyMs), close: rounds.close };
}
