import {
  ORDER_FILTERS,
  ORDER_SORTS,
  type OrderFilterName,
  type OrderSort,
  type OrderTab,
  type PaymentKind,
  TABS,
  type Tab,
} from '@renkei/contract';
import type { OrderListWish } from '../../api/queries.ts';
import { type FilterTexts, filterTexts } from '../../app/read-filters.ts';
import { urlText } from '../../app/url-text.ts';

/** L2: the payment kinds that filter the unpaid list, in the manual’s order. */
export const FILTER_KINDS = [
  'bank_transfer',
  'postal_transfer',
  'convenience_fregi',
  'card_fregi',
  'mobile_edy_fregi',
  'cyber_edy_fregi',
  'rakuten_bank',
  'pay_in_store',
  'np_deferred',
  'optional_1',
  'optional_2',
  'optional_3',
] as const satisfies readonly PaymentKind[];

export const PAGE_SIZES = [200, 100, 50] as const;

export const FILTER_NAMES = Object.keys(ORDER_FILTERS) as OrderFilterName[];
export type OrderFilterTexts = FilterTexts<typeof ORDER_FILTERS>;

/** The content of the list in the URL. A missing value means the default. */
export type OrdersSearch = OrderFilterTexts & {
  readonly tab?: Tab | undefined;
  readonly sort?: OrderSort | undefined;
  readonly direction?: 'asc' | 'desc' | undefined;
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
};

/** Reads the URL and leaves out values that make no sense: so no URL is an error. */
export function parseOrdersSearch(search: Record<string, unknown>): OrdersSearch {
  const text = (name: string) => urlText(search, name);
  const tab = TABS.find((known) => known === text('tab'));
  const limit = Number(text('limit'));
  return {
    ...filterTexts(ORDER_FILTERS, search),
    ...sortOf(text('sort'), text('direction')),
    tab: tab === 'all' ? undefined : tab,
    limit: limit === 100 || limit === 50 ? limit : undefined,
    cursor: text('cursor'),
  };
}

/** Newest first is the default, and left out. */
export function sortOf(sort: string | undefined, direction: string | undefined) {
  const known = ORDER_SORTS.find((one) => one === sort) ?? 'placedAt';
  const way = direction === 'asc' ? 'asc' : 'desc';
  const isDefault = known === 'placedAt' && way === 'desc';
  return isDefault
    ? { sort: undefined, direction: undefined }
    : { sort: known, direction: way as 'asc' | 'desc' };
}

/**
 * The URL’s search in the API's names, without the shop and other values that the list does not
 * take.
 */
export function wishOf(search: OrdersSearch): OrderListWish {
  const { limit = PAGE_SIZES[0], sort, direction, cursor } = search;
  const tab = orderTabOf(search);
  const filters = FILTER_NAMES.map((name) => [name, search[name]] as const);
  return { ...Object.fromEntries(filters), sort, direction, cursor, tab, limit };
}

/** The shown tab of orders; the router has sent 定期・頒布会申込 to the applications (router.tsx). */
export function orderTabOf({ tab = 'all' }: OrdersSearch): OrderTab {
  return tab === 'subscription' ? 'all' : tab;
}

/** True if a filter is on besides the tab: an empty list then blames the filter. */
export function isFiltered(search: OrdersSearch): boolean {
  return FILTER_NAMES.some((name) => search[name] !== undefined);
}

/** True if two searches have the same result, whatever page they show. */
export function findsSame(a: OrdersSearch, b: OrdersSearch): boolean {
  const names = [...FILTER_NAMES, 'tab', 'sort', 'direction'] as const;
  return names.every((name) => a[name] === b[name]);
}
