import type { OrderEvent } from '@renkei/core/domain/order/events.ts';
import type { Order } from '@renkei/core/domain/order/order.ts';
import type { ChainEntry, EntryTexts, Hash, Head, Seal } from './chain.ts';
import type { RecordDiffers } from './findings.ts';

/** A journal entry of an order, parsed from its text. `at`: UTC microseconds since 1970. */
export type JournalParts = readonly [
  shopId: string,
  orderNumber: string,
  version: number,
  at: number,
  actor: unknown,
  operationId: string | null,
  event: StoredEvent,
];

/** An event as the journal stores it (decision 26). */
export type StoredEvent = OrderEvent & {
  /** The hash of its texts, which stand beside the journal until the customer is erased. */
  readonly textsHash?: Hash;
  /** Of an erasure: older entries that it took texts out of, and the hash of what is left. */
  readonly redacted?: readonly (readonly [version: number, hash: Hash])[];
};

/** An entry of a shop's own log (settings, people, sign-ins), parsed from its text. */
export type LogParts = readonly [
  shopId: string,
  n: number,
  at: number,
  actor: unknown,
  area: string,
  subject: string,
  before: unknown,
  after: unknown,
];

/** The records to check, in one snapshot. */
export type AuditBook = {
  shopIds(): Promise<readonly string[]>;
  /** Yields a shop's orders with their journals from the first entry, in batches. */
  histories(shopId: string): AsyncIterable<readonly History[]>;
  /** Yields the shop's own log in sequence, in batches. */
  logged(shopId: string): AsyncIterable<readonly ChainEntry[]>;
  /** Yields a shop's seals in sequence, in batches. */
  seals(shopId: string): AsyncIterable<readonly Seal[]>;
  /** Finds the first of these heads that does not exist with this hash. */
  findUnknown(shopId: string, heads: readonly Head[]): Promise<Head | null>;
  /** Finds the first row that is not as the shop's log says it was written. */
  findRecordDiffering(shopId: string): Promise<RecordDiffers | null>;
  /** Finds the first order with an operation that names another person than its journal. */
  findOtherActor(shopId: string): Promise<string | null>;
};

export type History = {
  readonly orderNumber: string;
  /** Null if an order has entries but no row. */
  readonly order: Order | null;
  readonly entries: readonly ToldEntry[];
};

type ToldEntry = ChainEntry & {
  /** Null if it never had texts, or has them no more. */
  readonly told: EntryTexts | null;
};
