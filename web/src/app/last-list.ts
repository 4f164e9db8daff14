import type { OrdersSearch } from '../screens/orders/search.ts';

let last: { readonly shop: string; readonly search: OrdersSearch } | null = null;

/** The list keeps here what it shows, so that the way back from an order leads to the same rows. */
export function rememberList(shop: string, search: OrdersSearch): void {
  last = { shop, search };
}

/** What the list of a shop showed last; all orders, where it has not been seen yet. */
export function lastList(shop: string): OrdersSearch {
  return last?.shop === shop ? last.search : {};
}
