import { isDeepStrictEqual } from 'node:util';
import { type OrderEvent, replay } from '@renkei/core/domain/order/events.ts';
import type { Order } from '@renkei/core/domain/order/order.ts';
import type { Mark } from '@renkei/core/ports/marks.ts';
import { z } from 'zod';
import type { AuditBook, History, JournalParts, LogParts, StoredEvent } from './book.ts';
import {
  type EntryTexts,
  type Hash,
  type Head,
  hashEntry,
  hashSeal,
  hashTexts,
  OPERATION_CHAIN,
  type Seal,
  SHOP_LOG,
} from './chain.ts';
import type { AuditFinding } from './findings.ts';

/** The checked records, and the first error; null if there is none. */
export type AuditVerdict = {
  readonly orders: number;
  /** Entries of the journals, and of the shops' own logs. */
  readonly entries: number;
  readonly logged: number;
  readonly seals: number;
  readonly wrong: AuditFinding | null;
};

/**
 * Checks the whole book: every journal is an unbroken chain and replays to its order (promise 5);
 * every shop's own log is an unbroken chain, and each row that it vouches for is as it says; the
 * seals of every shop are an unbroken chain over existing heads; and the marks outside of the
 * database equal the seals. Stops at the first error.
 */
export async function verify(book: AuditBook, marks: readonly Mark[]): Promise<AuditVerdict> {
  const counts = { orders: 0, entries: 0, logged: 0, seals: 0 };
  for (const shopId of await book.shopIds()) {
    const wrong =
      (await checkHistories(book, shopId, counts)) ??
      (await checkLog(book, shopId, counts)) ??
      (await checkRecords(book, shopId)) ??
      (await checkSeals(book, shopId, marks, counts));
    if (wrong !== null) return { ...counts, wrong };
  }
  return { ...counts, wrong: null };
}

type Counts = { -readonly [Name in Exclude<keyof AuditVerdict, 'wrong'>]: number };

async function checkHistories(
  book: AuditBook,
  shopId: string,
  counts: Counts,
): Promise<AuditFinding | null> {
  for await (const histories of book.histories(shopId)) {
    for (const history of histories) {
      counts.orders += 1;
      counts.entries += history.entries.length;
      const wrong = checkHistory(shopId, history);
      if (wrong !== null) return wrong;
    }
  }
  return null;
}

/** Returns the error of an order and its journal; null if there is none. */
function checkHistory(
  shopId: string,
  { orderNumber, order, entries }: History,
): AuditFinding | null {
  if (order === null) return { shopId, kind: 'order_missing', orderNumber };
  if (entries.length === 0) return { shopId, kind: 'journal_missing', orderNumber };
  const events: StoredEvent[] = entries.map(({ text }) => (JSON.parse(text) as JournalParts)[6]);
  const erasure = events.findLast(({ kind }) => kind === 'customer_erased');
  const redacted = new Map(erasure?.redacted ?? []);
  let earlier: Hash | null = null;
  for (const [index, { text, hash, told }] of entries.entries()) {
    const [, , version, , , , event]: JournalParts = JSON.parse(text);
    const at = { shopId, chain: orderNumber, n: index + 1 };
    if (version !== at.n) return { ...at, kind: 'entry_missing' };
    const isWhole = hashEntry(earlier, text) === hash;
    const isRedacted = redacted.get(version) === hashEntry(null, text) && isEmptied(event);
    if (!isWhole && !isRedacted) {
      return { ...at, kind: 'entry_changed' };
    }
    const wrong = textsFinding(event, told, erasure !== undefined);
    if (wrong !== null) return { ...at, kind: wrong };
    earlier = hash;
  }
  return checkReplay(shopId, order, events);
}

/** An erasure takes nothing out of an entry but texts: no other kind of entry may differ. */
function isEmptied(event: StoredEvent): boolean {
  if (event.kind === 'cancel_requested') return event.message === '';
  if (event.kind !== 'order_shipped') return false;
  return event.shipments.every(({ trackingNumber = '' }) => trackingNumber === '');
}

/** Texts must be as they were hashed, until an erasure takes all of them. */
function textsFinding(
  { textsHash }: StoredEvent,
  told: EntryTexts | null,
  isErased: boolean,
): 'texts_changed' | 'texts_missing' | 'texts_left' | null {
  if (told === null) return textsHash === undefined || isErased ? null : 'texts_missing';
  if (isErased) return 'texts_left';
  return textsHash === hashTexts(told) ? null : 'texts_changed';
}

function checkReplay(
  shopId: string,
  order: Order,
  events: readonly OrderEvent[],
): AuditFinding | null {
  const { orderNumber } = order;
  try {
    const replayed = replay(events);
    if (isDeepStrictEqual(replayed, order)) return null;
    return { shopId, kind: 'replay_differs', orderNumber };
  } catch (error) {
    return { shopId, kind: 'replay_failed', orderNumber, error: String(error) };
  }
}

async function checkLog(
  book: AuditBook,
  shopId: string,
  counts: Counts,
): Promise<AuditFinding | null> {
  let last = { n: 0, hash: null as Hash | null };
  for await (const some of book.logged(shopId)) {
    for (const { text, hash } of some) {
      const [, n]: LogParts = JSON.parse(text);
      const at = { shopId, chain: SHOP_LOG, n: last.n + 1 };
      if (n !== at.n) return { ...at, kind: 'entry_missing' };
      if (hashEntry(last.hash, text) !== hash) return { ...at, kind: 'entry_changed' };
      counts.logged += 1;
      last = { n, hash };
    }
  }
  return null;
}

async function checkRecords(book: AuditBook, shopId: string): Promise<AuditFinding | null> {
  const record = await book.findRecordDiffering(shopId);
  if (record !== null) return { shopId, kind: 'record_differs', ...record };
  const orderNumber = await book.findOtherActor(shopId);
  return orderNumber === null ? null : { shopId, kind: 'actor_differs', orderNumber };
}

const headsSchema = z.array(z.tuple([z.string(), z.int(), z.string()]));

async function checkSeals(
  book: AuditBook,
  shopId: string,
  marks: readonly Mark[],
  counts: Counts,
): Promise<AuditFinding | null> {
  const mark = marks.find((known) => known.shopId === shopId) ?? null;
  let last: Seal | null = null;
  for await (const seals of book.seals(shopId)) {
    const heads: Head[] = [];
    for (const seal of seals) {
      const n: number = (last?.n ?? 0) + 1;
      if (seal.n !== n) return { shopId, kind: 'seal_missing', n };
      if (hashSeal(last?.hash ?? null, seal) !== seal.hash) {
        return { shopId, kind: 'seal_changed', n };
      }
      if (mark?.n === n && mark.hash !== seal.hash) return { shopId, kind: 'seal_other', n };
      heads.push(...headsSchema.parse(JSON.parse(seal.heads)));
      counts.seals += 1;
      last = seal;
    }
    const unknown = await book.findUnknown(shopId, heads);
    if (unknown !== null) {
      return findingOf(shopId, unknown);
    }
  }
  const marked = mark === null || mark.n <= (last?.n ?? 0);
  return marked ? null : { shopId, kind: 'mark_missing', n: mark.n };
}

function findingOf(shopId: string, [chain, n]: Head): AuditFinding {
  if (!chain.startsWith(OPERATION_CHAIN)) return { shopId, kind: 'sealed_missing', chain, n };
  const operationId = chain.slice(OPERATION_CHAIN.length);
  return { shopId, kind: 'operation_changed', operationId };
}

/** The result of a verification. */
export type Verified = {
  readonly verdict: AuditVerdict;
  /** The last seal read, which vouches for all records before it; null if there was none. */
  readonly head: Omit<Seal, 'shopId' | 'heads'> | null;
  /** The last seal outside of the database when the verification began. */
  readonly outside: Pick<Mark, 'n' | 'at'> | null;
};
