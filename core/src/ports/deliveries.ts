import type { OrderRef } from '../domain/order/order.ts';

/** The actor of the deliveries that Renkei makes by itself. */
export const SCHEDULE = { kind: 'system', id: 'subscriptions', name: '定期・頒布会' } as const;

/** A subscription application: its shop and 申込コード. */
export type ApplicationRef = { readonly shopId: string; readonly code: string };

/** The port to the stored deliveries. In safe mode all of its lists are empty. */
export type Deliveries = {
  /** Lists the applications with a due delivery (`dueOf`), each once, the oldest first. */
  listDue(now: number, limit: number): Promise<readonly ApplicationRef[]>;
  /**
   * Makes the order of a due delivery; false if none is due any more or another process makes it.
   */
  make(application: ApplicationRef, now: number): Promise<boolean>;
  /** Lists deliveries whose card awaits authorization, the oldest first. */
  listToAuthorize(limit: number): Promise<Delivery[]>;
  /** Notes that the authorization was asked for, or refused for good. */
  noteAuthorized(delivery: Delivery): Promise<void>;
  /** Notes that a round through all applications is complete. */
  noteRound(): Promise<void>;
};

/** The `n`th delivery of an application, once it has become an order. */
export type Delivery = OrderRef & { readonly code: string; readonly n: number };
