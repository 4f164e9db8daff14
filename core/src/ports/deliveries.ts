import type { OrderRef } from '../domain/order.ts';

/** The deliveries of subscriptions, as Renkei itself makes them. */
export const SCHEDULE = { kind: 'system', id: 'subscriptions', name: '定期・頒布会' } as const;

/** An application, by its shop and 申込コード. */
export type ApplicationRef = { readonly shopId: string; readonly code: string };

/** The port to the deliveries that are written down. In safe mode nothing is to be done. */
export type Deliveries = {
  /** The applications of which a delivery is due (`dueOf`), each once, the oldest first. */
  listDue(now: number, limit: number): Promise<readonly ApplicationRef[]>;
  /** Makes the order of what is due; false where nothing is any more, or others are at it. */
  make(application: ApplicationRef, now: number): Promise<boolean>;
  /** Deliveries whose card is to be authorized, the oldest first. */
  listToAuthorize(limit: number): Promise<Delivery[]>;
  /** Notes that the authorization was asked for, or refused for good. */
  noteAuthorized(delivery: Delivery): Promise<void>;
  /** Notes that all was looked through. */
  noteLook(): Promise<void>;
};

/** A delivery of an application, the `n`th, which has become an order. */
export type Delivery = OrderRef & { readonly code: string; readonly n: number };
