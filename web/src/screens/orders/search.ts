import type { PaymentKind, Tab, TransactionState } from '@renkei/backoffice/contract';
import type { OrderListWish } from '../../api/queries.ts';
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

/** What the list shows, as the URL says it. What is left out is the default. */
export type OrdersSearch = {
  readonly tab?: Tab | undefined;
  readonly kinds?: string | undefined;
  readonly state?: TransactionState | undefined;
  readonly shipped?: 'true' | undefined;
  /** 承認期限 within so many days. */
  readonly due?: '7' | undefined;
  /** Billed and authorized amounts differ (C2). */
  readonly differs?: 'true' | undefined;
  readonly q?: string | undefined;
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
};

/** Reads the URL; whatever makes no sense is left out, so that no URL is an error. */
export function parseOrdersSearch(search: Record<string, unknown>): OrdersSearch {
  const text = (name: string) => (search[name] ? String(search[name]) : undefined);
  const tab = TABS.find((known) => known === text('tab'));
  const state = text('state');
  const limit = Number(search.limit);
  return {
    tab: tab === 'all' ? undefined : tab,
    kinds: formatKinds(parseKinds(text('kinds'))),
    state: isTransactionState(state) ? state : undefined,
    shipped: text('shipped') === 'true' ? 'true' : undefined,
    due: text('due') === '7' ? '7' : undefined,
    differs: text('differs') === 'true' ? 'true' : undefined,
    q: text('q')?.slice(0, 8_000),
    limit: limit === 100 || limit === 50 ? limit : undefined,
    cursor: text('cursor'),
  };
}

export function parseKinds(kinds: string | undefined): PaymentKind[] {
  return (kinds ?? '').split(',').filter((kind): kind is PaymentKind => {
    return Object.hasOwn(jaWords.kind, kind);
  });
}

export function formatKinds(kinds: readonly PaymentKind[]): string | undefined {
  return kinds.length === 0 ? undefined : kinds.join(',');
}

/** The URL’s search as the API is asked. */
export function wishOf(search: OrdersSearch): OrderListWish {
  const { tab = 'all', kinds, state, shipped, due, differs, q, cursor } = search;
  const { limit = PAGE_SIZES[0] } = search;
  const asked = { transactionState: state, captureWithinDays: due, amountDiffers: differs };
  return { ...asked, tab, kinds, shipped, q, limit, cursor };
}

/** True where more is asked than a tab: an empty list then says that the filter did it. */
export function isFiltered({ kinds, state, shipped, due, differs, q }: OrdersSearch) {
  return [kinds, state, shipped, due, differs, q].some((value) => value !== undefined);
}

function isTransactionState(state: string | undefined): state is TransactionState {
  return state !== undefined && Object.hasOwn(jaWords.transaction, state);
}
