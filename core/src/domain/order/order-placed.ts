import { type Authentication, NOT_TOLD } from '../transaction/authentication.ts';
import type { Order } from './order.ts';

/** What an order has only later, as every order begins: its first entry does not tell it. */
export const AT_FIRST: Pick<Order, 'settlements' | 'redirects' | 'paidAtStore' | 'customerErased'> =
  { settlements: [], redirects: [], paidAtStore: null, customerErased: false };

type Untold = 'changedIn' | keyof typeof AT_FIRST;

/** An order as it was placed: its first version. Older entries have no `authentication`. */
export type OrderPlaced = Omit<Order, Untold | 'authentication'> & {
  readonly authentication?: Authentication;
};

/** Returns what the first entry of an order's journal tells. */
export function toldAtFirst(order: Order): OrderPlaced {
  const {
    changedIn: _first,
    settlements: _none,
    redirects: _unseen,
    paidAtStore: _unpaid,
    customerErased: _there,
    ...placed
  } = order;
  return placed;
}

/** Returns the order of a first entry. */
export function placed(order: OrderPlaced): Order {
  const { version: changedIn, authentication = NOT_TOLD } = order;
  return { ...order, authentication, changedIn, ...AT_FIRST };
}
