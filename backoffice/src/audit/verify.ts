import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { type OrderEvent, replay } from '../domain/events.ts';
import type { Order } from '../domain/order.ts';
import type { Mark } from './anchor.ts';
import {
  type ChainedEntry,
  type Hash,
  type Head,
  hashEntry,
  hashSeal,
  type Seal,
} from './chain.ts';

/** An entry of the journal as it stands, with the hash that was written with it. */
export type Entry = ChainedEntry & { readonly event: OrderEvent; readonly hash: Hash };

/** All that is checked, as it stands at one instant. */
export type AuditBook = {
  shopIds(): Promise<readonly string[]>;
  /** A shop's orders with their journals from the first entry, some at a time. */
  histories(shopId: string): AsyncIterable<readonly History[]>;
  /** A shop's seals in their order, some at a time. */
  seals(shopId: string): AsyncIterable<readonly Seal[]>;
  /** The first of these heads that the journal does not have with this hash. */
  findUnknown(shopId: string, heads: readonly Head[]): Promise<Head | null>;
};

export type History = {
  readonly orderNumber: string;
  /** Null where there are entries of an order that is not there. */
  readonly order: Order | null;
  readonly entries: readonly Entry[];
};

/** What was checked, and the first thing that is wrong; null: nothing is. */
export type Verdict = {
  readonly orders: number;
  readonly entries: number;
  readonly seals: number;
  readonly wrong: string | null;
};

/**
 * Checks the whole book: every journal is an unbroken chain and replays to its order (promise 5),
 * the seals of every shop are an unbroken chain over heads that the journals have, and the marks
 * outside of the database are the seals' own. Stops at the first thing that is wrong.
 */
export async function verify(book: AuditBook, marks: readonly Mark[]): Promise<Verdict> {
  const counts = { orders: 0, entries: 0, seals: 0 };
  for (const shopId of await book.shopIds()) {
    for await (const histories of book.histories(shopId)) {
      for (const history of histories) {
        counts.orders += 1;
        counts.entries += history.entries.length;
        const wrong = checkHistory(history);
        if (wrong !== null) return { ...counts, wrong: `shop ${shopId}: ${wrong}` };
      }
    }
    const mark = marks.find((known) => known.shopId === shopId) ?? null;
    const checked = await checkSeals(book, shopId, mark);
    counts.seals += checked.seals;
    if (checked.wrong !== null) return { ...counts, wrong: `shop ${shopId}: ${checked.wrong}` };
  }
  return { ...counts, wrong: null };
}

/** What is wrong with an order and its journal; null if nothing is. */
function checkHistory({ orderNumber, order, entries }: History): string | null {
  if (order === null) return `the journal is of order ${orderNumber}, which is not there`;
  if (entries.length === 0) return `order ${orderNumber} has no journal`;
  let earlier: Hash | null = null;
  for (const [index, entry] of entries.entries()) {
    const what = `entry ${entry.version} of order ${orderNumber}`;
    if (entry.version !== index + 1) return `entry ${index + 1} of order ${orderNumber} is missing`;
    if (hashEntry(earlier, entry) !== entry.hash) return `${what} is not as it was written`;
    earlier = entry.hash;
  }
  return checkReplay(order, entries);
}

function checkReplay(order: Order, entries: readonly Entry[]): string | null {
  try {
    const replayed = replay(entries.map(({ event }) => event));
    if (isDeepStrictEqual(replayed, order)) return null;
    return `order ${order.orderNumber} is not what its journal says`;
  } catch (error) {
    return `the journal of order ${order.orderNumber} cannot be replayed: ${String(error)}`;
  }
}

const headsSchema = z.array(z.tuple([z.string(), z.int(), z.string()]));

async function checkSeals(
  book: AuditBook,
  shopId: string,
  mark: Mark | null,
): Promise<{ seals: number; wrong: string | null }> {
  let last: Seal | null = null;
  let marked = mark === null || mark.n === 0;
  for await (const seals of book.seals(shopId)) {
    const heads: Head[] = [];
    for (const seal of seals) {
      const n: number = last === null ? 1 : last.n + 1;
      if (seal.n !== n) return { seals: n - 1, wrong: `seal ${n} is missing` };
      if (hashSeal(last?.hash ?? null, seal) !== seal.hash) {
        return { seals: n - 1, wrong: `seal ${n} is not as it was made` };
      }
      if (mark?.n === n && mark.hash !== seal.hash) {
        return { seals: n, wrong: `seal ${n} is not the one that was written outside` };
      }
      marked ||= mark?.n === n;
      heads.push(...headsSchema.parse(JSON.parse(seal.heads)));
      last = seal;
    }
    const unknown = await book.findUnknown(shopId, heads);
    if (unknown !== null) {
      const [orderNumber, version] = unknown;
      const wrong = `entry ${version} of order ${orderNumber} was sealed, and is not there`;
      return { seals: last?.n ?? 0, wrong };
    }
  }
  const wrong = marked ? null : `seal ${mark?.n} was written outside, and is not there`;
  return { seals: last?.n ?? 0, wrong };
}
