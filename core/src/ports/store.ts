import type { OrderRef } from '../domain/order/order.ts';
import type { Operation, Page } from '../turns/operation.ts';

/**
 * The port to durable state. A turn is one database transaction: the store reads the order's page,
 * calls the pure function, and writes the result if nobody has written the order since; otherwise
 * it reads and decides again. Money is written in no other way.
 */
export type Store = {
  /**
   * Runs one turn. `given` also fetches the operation accepted under its key, and what its actor
   * has drawn (F59). Resolves after the commit; a rejection does not tell whether the turn was
   * committed. Throws {@link OrderNotFound}.
   */
  turn<T extends { readonly page: Page }>(
    ref: OrderRef,
    decide: (page: Page, earlier: Operation | null) => T,
    given?: Caller,
  ): Promise<T>;
  /** Lists orders with an operation that is due, the longest due first. */
  due(limit: number): Promise<OrderRef[]>;
};

/** A command's Idempotency-Key, and the id of whoever gives it. */
export type Caller = { readonly key: string; readonly actorId: string };

/** What is read for a turn. */
export type PageRequest = { readonly ref: OrderRef; readonly given?: Caller | undefined };
export type PageRead = {
  readonly page: Page;
  /** The operation accepted under the caller's key; null if there is none. */
  readonly earlier: Operation | null;
  /** Counts the turns of the order: a turn is written only if it is still the same. */
  readonly turn: number;
};
export type PageWrite = { readonly read: PageRead; readonly after: Page };

/** A store that reads and writes the turns of several orders at once. */
export type BatchStore = Store & {
  /** Reads the pages of different orders. An error in place of a page concerns its order only. */
  readPages(asked: readonly PageRequest[]): Promise<readonly (PageRead | Error)[]>;
  /**
   * Writes turns of different orders in one commit. Resolves to true for each turn that stands.
   * Where it is false, nothing of the turn is written, and it is made by {@link Store.turn}. A
   * rejection does not tell whether the turns were committed.
   */
  writePages(decided: readonly PageWrite[]): Promise<readonly boolean[]>;
};

export class OrderNotFound extends Error {
  constructor({ shopId, orderNumber }: OrderRef) {
    super(`no order ${orderNumber} in shop ${shopId}`);
    this.name = 'OrderNotFound';
  }
}
