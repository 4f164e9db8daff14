import {
  CHANNEL,
  keysOf,
  ORDER_STATUS,
  ORDER_TYPE,
  PAYMENT_KIND,
  TRANSACTION_STATE,
} from '@renkei/core/domain/order/states.ts';
import { AUTHENTICATION } from '@renkei/core/domain/transaction/authentication.ts';
import { YEN_MAX } from '@renkei/core/domain/values/yen.ts';
import { DAYS_MAX, SEARCH_MAX } from '../limits.ts';
import type { FiltersOf, FilterTable, FilterValue } from './filters.ts';

/** The tabs of the list, in the manual's order (L1); キャンセル依頼 is the last one. */
export const TABS = [
  'all',
  'preorder',
  'unpaid',
  'unshipped',
  'on_hold',
  'completed',
  'subscription',
  'cancel_requests',
] as const;
export type Tab = (typeof TABS)[number];

/** 定期・頒布会申込 are no orders: `/v1/subscriptions` lists them. */
export type OrderTab = Exclude<Tab, 'subscription'>;
export const ORDER_TABS = TABS.filter((tab) => tab !== 'subscription');

/** The sort keys of the list; 受注コード breaks every tie. */
export const ORDER_SORTS = [
  'placedAt',
  'orderNumber',
  'customer',
  'billed',
  'authorizedAt',
] as const;
export type OrderSort = (typeof ORDER_SORTS)[number];

/**
 * The filters of the order list, in the sequence of 詳細検索. They are joined by “and”; an absent one
 * filters nothing. A new filter needs a row here, its clause in SQL, and its words in Japanese and
 * English: the code does not compile without them.
 */
export const ORDER_FILTERS = {
  /** 受注コード (several, with any separators), name, kana, phone, mail or 取引番号 */
  q: { kind: 'text', max: SEARCH_MAX },
  /** 受注日, 入金日, 発送日, お届け希望日: JST dates, both ends included. */
  placedFrom: { kind: 'date', from: 'placedOn' },
  placedTo: { kind: 'date', to: 'placedOn' },
  paidFrom: { kind: 'date', from: 'paidOn' },
  paidTo: { kind: 'date', to: 'paidOn' },
  /** One shipped destination within the range is enough. */
  shippedFrom: { kind: 'date', from: 'shippedOn' },
  shippedTo: { kind: 'date', to: 'shippedOn' },
  /** The first destination's date counts. */
  requestedFrom: { kind: 'date', from: 'requestedOn' },
  requestedTo: { kind: 'date', to: 'requestedOn' },
  billedMin: { kind: 'yen', max: YEN_MAX, from: 'billed' },
  billedMax: { kind: 'yen', max: YEN_MAX, to: 'billed' },
  /** 承認期限 within so many days from today, or passed (C10). */
  captureWithinDays: { kind: 'days', max: DAYS_MAX },
  paid: { kind: 'flag' },
  shipped: { kind: 'flag' },
  /** 送り状番号: only orders with a tracking number, or only those without. */
  tracked: { kind: 'flag' },
  multipleDestinations: { kind: 'flag' },
  /** 通信事項: only orders with a message from the customer, or only those without. */
  withMessage: { kind: 'flag' },
  /** Billed and authorized amounts differ: the capture will change the amount (C2). */
  amountDiffers: { kind: 'flag' },
  /** O3: paid, with an amount still to receive or to give back. */
  openAmount: { kind: 'flag' },
  /** 入金確認メール: 送信済, or 未送信. */
  paymentMailSent: { kind: 'flag' },
  /** 結果確認中・要確認: an operation has an unknown outcome or waits for a person. */
  inDoubt: { kind: 'flag' },
  /** 決済種別 */
  kinds: { kind: 'words', of: 'kind', words: keysOf(PAYMENT_KIND) },
  statuses: { kind: 'words', of: 'status', words: keysOf(ORDER_STATUS) },
  /** F-REGIステータス */
  transactionState: { kind: 'words', of: 'transaction', words: keysOf(TRANSACTION_STATE) },
  /** 本人認証 of the cardholder, of orders with a transaction (Y1). */
  authentication: { kind: 'words', of: 'authentication', words: keysOf(AUTHENTICATION) },
  types: { kind: 'words', of: 'type', words: keysOf(ORDER_TYPE) },
  channels: { kind: 'words', of: 'channel', words: keysOf(CHANNEL) },
} as const satisfies FilterTable;

type Rows = typeof ORDER_FILTERS;
export type OrderFilterName = keyof Rows;
export type OrderFilterValue<Name extends OrderFilterName> = FilterValue<Rows[Name]>;
export type OrderFilters = FiltersOf<Rows>;

/** The names of the filters of one kind. */
export type OrderFiltersOf<Kind extends Rows[OrderFilterName]['kind']> = {
  [Name in OrderFilterName]: Rows[Name] extends { readonly kind: Kind } ? Name : never;
}[OrderFilterName];

type EndsOf<End extends 'from' | 'to'> = {
  [Name in OrderFilterName]: Rows[Name] extends { readonly [_ in End]: infer Range }
    ? Range
    : never;
}[OrderFilterName];

/** Pairs of filters that form one range: `placedFrom` and `placedTo` form 受注日. */
export type OrderFilterRange = EndsOf<'from'> & EndsOf<'to'>;

/** A filter as a person knows it: a range, or a filter of its own. */
export type OrderFilterField =
  | OrderFilterRange
  | {
      [Name in OrderFilterName]: Rows[Name] extends
        | { readonly from: string }
        | { readonly to: string }
        ? never
        : Name;
    }[OrderFilterName];
