import type { OrdersSearch } from '../screens/orders/search.ts';

type LastList = {
  readonly shop: string;
  readonly search: OrdersSearch;
  /** Its index in the browser's history. */
  readonly index: number;
};

let last: LastList | null = null;

/** Remembers the list that is shown, so that the way back from an order leads to the same rows. */
export function rememberList(shop: string, search: OrdersSearch): void {
  last = { shop, search, index: historyIndex() };
}

/** The last list that the shop showed; all orders if it has shown none yet. */
export function lastList(shop: string): OrdersSearch {
  return last?.shop === shop ? last.search : {};
}

/** True if one step back in the browser's history leads to that list. */
export function isListBehind(shop: string): boolean {
  return last?.shop === shop && last.index === historyIndex() - 1;
}

/** The router counts its entries. */
function historyIndex(): number {
  const { __TSR_index: index } = (window.history.state ?? {}) as { __TSR_index?: number };
  return index ?? 0;
}
