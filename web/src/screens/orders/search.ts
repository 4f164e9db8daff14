import type { OrderSort, OrderTab, PaymentKind, Tab } from '@renkei/contract';
import type { OrderListWish } from '../../api/queries.ts';
import { urlText } from '../../app/url-text.ts';
import { jaWords } from '../../locale/ja-words.ts';

/** The tabs of the manual, in its order (L1). */
export const TABS = Object.keys(jaWords.tab) as Tab[];

/** L2: the payment kinds that the unpaid list is filtered by, in the manual’s order. */
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
export const SEARCH_MAX = 8_000;
const YEN_MAX = 99_999_999;
const DAYS_MAX = 365;

/** Reads what the URL says of a filter; what makes no sense is left out. */
type Read = (text: string) => string | undefined;

const someOf =
  (words: object): Read =>
  (text) => {
    const known = text.split(',').filter((word) => Object.hasOwn(words, word));
    return known.join(',') || undefined;
  };
const flag: Read = (text) => (text === 'true' || text === 'false' ? text : undefined);
const readNumber =
  (max: number): Read =>
  (text) =>
    /^\d{1,8}$/.test(text) && Number(text) <= max ? String(Number(text)) : undefined;
export const readDate: Read = (text) => {
  const at = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text) ? text : undefined;
};
export const readYen = readNumber(YEN_MAX);
export const readDays = readNumber(DAYS_MAX);

/** Every filter of the list, by the name that the API and the URL have for it. */
const FILTERS = {
  kinds: someOf(jaWords.kind),
  statuses: someOf(jaWords.status),
  types: someOf(jaWords.type),
  channels: someOf(jaWords.channel),
  transactionState: someOf(jaWords.transaction),
  paid: flag,
  shipped: flag,
  placedFrom: readDate,
  placedTo: readDate,
  paidFrom: readDate,
  paidTo: readDate,
  shippedFrom: readDate,
  shippedTo: readDate,
  requestedFrom: readDate,
  requestedTo: readDate,
  tracked: flag,
  multipleDestinations: flag,
  billedMin: readYen,
  billedMax: readYen,
  amountDiffers: flag,
  openAmount: flag,
  captureWithinDays: readDays,
  paymentMailSent: flag,
  inDoubt: flag,
  q: (text) => text.slice(0, SEARCH_MAX),
} satisfies Record<string, Read>;

export type FilterName = keyof typeof FILTERS;
export const FILTER_NAMES = Object.keys(FILTERS) as FilterName[];
export type OrderFilters = { readonly [Name in FilterName]?: string | undefined };

/** What the list shows, as the URL says it. What is left out is the default. */
export type OrdersSearch = OrderFilters & {
  readonly tab?: Tab | undefined;
  readonly sort?: OrderSort | undefined;
  readonly direction?: 'asc' | 'desc' | undefined;
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
};

const SORTS: readonly OrderSort[] = [
  'placedAt',
  'orderNumber',
  'customer',
  'billed',
  'authorizedAt',
];

/** Reads the URL; whatever makes no sense is left out, so that no URL is an error. */
export function parseOrdersSearch(search: Record<string, unknown>): OrdersSearch {
  const text = (name: string) => urlText(search, name);
  const filters: { [Name in FilterName]?: string | undefined } = {};
  for (const name of FILTER_NAMES) {
    const given = text(name);
    filters[name] = given === undefined ? undefined : FILTERS[name](given);
  }
  const tab = TABS.find((known) => known === text('tab'));
  const limit = Number(text('limit'));
  return {
    ...filters,
    ...sortOf(text('sort'), text('direction')),
    tab: tab === 'all' ? undefined : tab,
    limit: limit === 100 || limit === 50 ? limit : undefined,
    cursor: text('cursor'),
  };
}

/** Newest first is the default, and left out. */
export function sortOf(sort: string | undefined, direction: string | undefined) {
  const known = SORTS.find((one) => one === sort) ?? 'placedAt';
  const way = direction === 'asc' ? 'asc' : 'desc';
  const isDefault = known === 'placedAt' && way === 'desc';
  return isDefault
    ? { sort: undefined, direction: undefined }
    : { sort: known, direction: way as 'asc' | 'desc' };
}

export function wordsIn<Word extends string>(text: string | undefined): Word[] {
  return (text ?? '').split(',').filter((word) => word !== '') as Word[];
}

export function textOf(words: readonly string[]): string | undefined {
  return words.join(',') || undefined;
}

/** The URL’s search as the API is asked; what else stands in the URL, as the shop, is none of it. */
export function wishOf(search: OrdersSearch): OrderListWish {
  const { limit = PAGE_SIZES[0], sort, direction, cursor } = search;
  const tab = orderTabOf(search);
  const filters = FILTER_NAMES.map((name) => [name, search[name]] as const);
  return { ...Object.fromEntries(filters), sort, direction, cursor, tab, limit };
}

/** The tab of orders that is shown; who asked for applications was led to them (router.tsx). */
export function orderTabOf({ tab = 'all' }: OrdersSearch): OrderTab {
  return tab === 'subscription' ? 'all' : tab;
}

/** True where more is asked than a tab: an empty list then says that the filter did it. */
export function isFiltered(search: OrdersSearch): boolean {
  return FILTER_NAMES.some((name) => search[name] !== undefined);
}

/** True where two searches find the same, whatever page of it is shown. */
export function findsSame(a: OrdersSearch, b: OrdersSearch): boolean {
  const names = [...FILTER_NAMES, 'tab', 'sort', 'direction'] as const;
  return names.every((name) => a[name] === b[name]);
}
