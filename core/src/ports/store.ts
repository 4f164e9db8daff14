import type { OrderRef } from '../domain/order.ts';
import type { Operation, Page } from '../turns/operation.ts';

/**
 * The port to what is durable. A turn is one database transaction: it locks the order, reads its
 * page, calls the pure function, and writes what came back. There is no other way to write money.
 */
export type Store = {
  /**
   * Runs one turn. `key` also fetches the operation that was accepted under it. Resolves once
   * committed; a rejection says nothing about whether it was. Throws {@link OrderNotFound}.
   */
  turn<T extends { readonly page: Page }>(
    ref: OrderRef,
    decide: (page: Page, earlier: Operation | null) => T,
    key?: string,
  ): Promise<T>;
  /** Orders with an operation that is due to be taken up, longest due first. */
  due(limit: number): Promise<OrderRef[]>;
};

export class OrderNotFound extends Error {
  constructor({ shopId, orderNumber }: OrderRef) {
    super(`no order ${orderNumber} in shop ${shopId}`);
    this.name = 'OrderNotFound';
  }
}
