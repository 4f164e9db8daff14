import type { OrdersSearch } from '../screens/orders/search.ts';

type Shown = {
  readonly shop: string;
  readonly search: OrdersSearch;
  /** Its place in the browser's history. */
  readonly index: number;
};

let last: Shown | null = null;

/** The list keeps here what it shows, so that the way back from an order leads to the same rows. */
export function rememberList(shop: string, search: OrdersSearch): void {
  last = { shop, search, index: historyIndex() };
}

/** What the list of a shop showed last; all orders, where it has not been seen yet. */
export function lastList(shop: string): OrdersSearch {
  return last?.shop === shop ? last.search : {};
}

/** True where one step back in the browser's history leads to that list. */
export function isListBehind(shop: string): boolean {
  return last?.shop === shop && last.index === historyIndex() - 1;
}

/** The router counts its entries. */
function historyIndex(): number {
  const { __TSR_index: index } = (window.history.state ?? {}) as { __TSR_index?: number };
  return index ?? 0;
}
