import { createHash } from 'node:crypto';

/** SHA-256 in lower-case hex. */
export type Hash = string;

/** An entry of a chain, with the hash written with it. */
export type ChainEntry = {
  /** The entry as PostgreSQL prints it: a JSON array of all its facts. */
  readonly text: string;
  readonly hash: Hash;
};

/** The texts of a person in an entry, kept beside the journal so that they can be erased. */
export type EntryTexts = { readonly salt: string; readonly texts: string };

/**
 * Returns the hash of an entry's texts, which the entry itself holds (trigger journal_has_no_texts).
 * Nobody can guess a text by it once the salt is gone.
 */
export function hashTexts({ salt, texts }: EntryTexts): Hash {
  return createHash('sha256').update(salt).update(texts, 'utf8').digest('hex');
}

/**
 * Returns the hash of an entry: SHA-256 over the previous hash in its chain (nothing for the first)
 * and the entry's text. The database computes the same when it writes an entry (triggers
 * journal_is_chained and shop_log_is_chained); this function checks it.
 */
export function hashEntry(earlier: Hash | null, text: string): Hash {
  const hash = createHash('sha256');
  if (earlier !== null) hash.update(earlier, 'hex');
  return hash.update(text, 'utf8').digest('hex');
}

/**
 * The last entry of a chain at some time, which vouches for all entries before it. An order's
 * number names its chain, {@link SHOP_LOG} the shop's own log. An operation that has ended is a chain
 * of one entry.
 */
export type Head = readonly [chain: string, n: number, hash: Hash];

/** The name of the shop's own log among the heads of a seal. No order has such a number. */
export const SHOP_LOG = 'shop';

/** What the name of an ended operation begins with among the heads of a seal; its id follows. */
export const OPERATION_CHAIN = 'operation:';

/** One seal of a shop: the orders written since the previous seal, and that seal's hash. */
export type Seal = {
  readonly shopId: string;
  /** Counts a shop's seals from 1. */
  readonly n: number;
  /** A UTC instant, in milliseconds since 1970. */
  readonly at: number;
  /** {@link Head}s as JSON, exactly as hashed. */
  readonly heads: string;
  readonly hash: Hash;
};

/** Makes the next seal of a shop; `earlier` is null for the first. */
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
