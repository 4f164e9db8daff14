import { type Authentication, NOT_TOLD } from '../transaction/authentication.ts';
import type { Order } from './order.ts';

/** What no incoming order has: facts that only its later history makes. */
export const NOTHING_HAPPENED = {
  settlements: [],
  redirects: [],
  paidAtStore: null,
  proposal: null,
  customerErased: false,
} as const satisfies Partial<Order>;

/** An order as it was placed: its first version. Older entries have no `authentication`. */
export type OrderPlaced = Omit<
  Order,
  'changedIn' | 'authentication' | keyof typeof NOTHING_HAPPENED
> & { readonly authentication?: Authentication };

/** Returns the order of the first entry of a journal. */
export function placed(order: OrderPlaced): Order {
  const { version: changedIn, authentication = NOT_TOLD } = order;
  return { ...order, authentication, changedIn, ...NOTHING_HAPPENED };
}

/** Returns the first entry's part of an incoming order. */
export function placedOf(order: Order): OrderPlaced {
  const {
    changedIn: _first,
    settlements: _none,
    redirects: _unseen,
    paidAtStore: _unpaid,
    proposal: _undecided,
    customerErased: _there,
    ...rest
  } = order;
  return rest;
}
