import { createHash } from 'node:crypto';

/** SHA-256 in lower-case hex. */
export type Hash = string;

/** An entry of a chain as it stands, with the hash that was written with it. */
export type ChainEntry = {
  /** The entry as PostgreSQL prints it: a JSON array of all that was written. */
  readonly text: string;
  readonly hash: Hash;
};

/**
 * The hash of an entry: SHA-256 over the hash before it in the same chain (nothing for the first)
 * and the entry's text. The database computes the same when an entry is written (triggers
 * journal_is_chained and shop_log_is_chained); this is what it is checked by.
 */
export function hashEntry(earlier: Hash | null, text: string): Hash {
  const hash = createHash('sha256');
  if (earlier !== null) hash.update(earlier, 'hex');
  return hash.update(text, 'utf8').digest('hex');
}

/**
 * The last entry of a chain at some time, which vouches for all before it: of an order by its
 * number, of the shop's own log by {@link SHOP_LOG}.
 */
export type Head = readonly [chain: string, n: number, hash: Hash];

/** What the shop's own log is called among the heads of a seal. No order has such a number. */
export const SHOP_LOG = 'shop';

/** One seal of a shop: the orders written to since the seal before it, and that seal's hash. */
export type Seal = {
  readonly shopId: string;
  /** Counts a shop's seals from 1. */
  readonly n: number;
  /** UTC, milliseconds since 1970. */
  readonly at: number;
  /** {@link Head}s as JSON, exactly as hashed. */
  readonly heads: string;
  readonly hash: Hash;
};

/** Makes the seal that follows another one of its shop; null for the first. */
export function sealAfter(
  earlier: Pick<Seal, 'n' | 'hash'> | null,
  next: { readonly shopId: string; readonly at: number; readonly heads: readonly Head[] },
): Seal {
  const heads = JSON.stringify(next.heads);
  const n = (earlier?.n ?? 0) + 1;
  const hash = hashSeal(earlier?.hash ?? null, { ...next, n, heads });
  return { shopId: next.shopId, n, at: next.at, heads, hash };
}

export function hashSeal(earlier: Hash | null, seal: Omit<Seal, 'hash'>): Hash {
  const { shopId, n, at, heads } = seal;
  return createHash('sha256')
    .update(JSON.stringify([earlier, shopId, n, at]))
    .update(heads)
    .digest('hex');
}
