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
   * has drawn (F59). Resolves after the commit; a
   * rejection does not tell whether the turn was committed. Throws {@link OrderNotFound}.
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

export class OrderNotFound extends Error {
  constructor({ shopId, orderNumber }: OrderRef) {
    super(`no order ${orderNumber} in shop ${shopId}`);
    this.name = 'OrderNotFound';
  }
}
