import { createHash } from 'node:crypto';

/** An entry of the journal as it is hashed. */
export type ChainedEntry = {
  readonly shopId: string;
  readonly orderNumber: string;
  readonly version: number;
  /** Microseconds since 1970 UTC: as exact as the database keeps it. */
  readonly atMicros: number;
  readonly actor: unknown;
  readonly operationId: string | null;
  readonly event: unknown;
};

/** SHA-256 in lower-case hex. */
export type Hash = string;

/**
 * The hash of an entry: SHA-256 over the hash before it in the same order (nothing for the first)
 * and the entry's text. The database computes the same when an entry is written (trigger
 * journal_is_chained); this is the second, independent writing that it is checked by.
 */
export function hashEntry(earlier: Hash | null, entry: ChainedEntry): Hash {
  const { shopId, orderNumber, version, atMicros, actor, operationId, event } = entry;
  return chain(earlier, [shopId, orderNumber, version, atMicros, actor, operationId, event]);
}

/** An entry of a shop's own log, as it is hashed: settings, people, who came in. */
export type LoggedEntry = {
  readonly shopId: string;
  /** Counts a shop's entries from 1. */
  readonly n: number;
  readonly atMicros: number;
  readonly actor: unknown;
  readonly area: string;
  readonly subject: string;
  readonly before: unknown;
  readonly after: unknown;
};

/** The hash of an entry of the shop's log, over the one before it (trigger shop_log_is_chained). */
export function hashLogged(earlier: Hash | null, entry: LoggedEntry): Hash {
  const { shopId, n, atMicros, actor, area, subject, before, after } = entry;
  return chain(earlier, [shopId, n, atMicros, actor, area, subject, before, after]);
}

function chain(earlier: Hash | null, values: readonly unknown[]): Hash {
  const hash = createHash('sha256');
  if (earlier !== null) hash.update(earlier, 'hex');
  return hash.update(jsonbText(values), 'utf8').digest('hex');
}

/** JSON as PostgreSQL prints a jsonb: shorter names first, then by bytes; a space after , and : */
export function jsonbText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(jsonbText).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).filter(([, inner]) => inner !== undefined);
  members.sort(([a], [b]) => compareNames(a, b));
  const said = members.map(([name, inner]) => `${JSON.stringify(name)}: ${jsonbText(inner)}`);
  return `{${said.join(', ')}}`;
}

function compareNames(a: string, b: string): number {
  const longer = Buffer.byteLength(a) - Buffer.byteLength(b);
  return longer === 0 ? Buffer.compare(Buffer.from(a), Buffer.from(b)) : longer;
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
