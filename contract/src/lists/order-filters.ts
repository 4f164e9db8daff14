import {
  CHANNEL,
  keysOf,
  ORDER_STATUS,
  ORDER_TYPE,
  PAYMENT_KIND,
  TRANSACTION_STATE,
} from '@renkei/core/domain/states.ts';
import { YEN_MAX } from '@renkei/core/domain/yen.ts';
import { DAYS_MAX, SEARCH_MAX } from '../limits.ts';
import type { FiltersOf, FilterValue, Table } from './filters.ts';

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

/** 定期・頒布会申込 are no orders: they are listed by `/v1/subscriptions`. */
export type OrderTab = Exclude<Tab, 'subscription'>;
export const ORDER_TABS = TABS.filter((tab) => tab !== 'subscription');

/** What the list can be sorted by; 受注コード breaks every tie. */
export const ORDER_SORTS = [
  'placedAt',
  'orderNumber',
  'customer',
  'billed',
  'authorizedAt',
] as const;
export type OrderSort = (typeof ORDER_SORTS)[number];

/**
 * The filters of the list of orders, in the sequence of 詳細検索. They are joined by “and”; what is
 * left out filters nothing. A new one needs a row here, its clause in SQL, and its words in Japanese
 * and English: it does not compile without them.
 */
export const ORDER_FILTERS = {
  /** 受注コード (several, separated by anything), name, kana, phone, mail or 取引番号 */
  q: { kind: 'text', max: SEARCH_MAX },
  /** 受注日, 入金日, 発送日, お届け希望日: JST dates, both ends included. */
  placedFrom: { kind: 'date', from: 'placedOn' },
  placedTo: { kind: 'date', to: 'placedOn' },
  paidFrom: { kind: 'date', from: 'paidOn' },
  paidTo: { kind: 'date', to: 'paidOn' },
  /** Of several destinations, one that left within is enough. */
  shippedFrom: { kind: 'date', from: 'shippedOn' },
  shippedTo: { kind: 'date', to: 'shippedOn' },
  /** Of the first destination. */
  requestedFrom: { kind: 'date', from: 'requestedOn' },
  requestedTo: { kind: 'date', to: 'requestedOn' },
  billedMin: { kind: 'yen', max: YEN_MAX, from: 'billed' },
  billedMax: { kind: 'yen', max: YEN_MAX, to: 'billed' },
  /** 承認期限 within so many days from today, or past (C10). */
  captureWithinDays: { kind: 'days', max: DAYS_MAX },
  paid: { kind: 'flag' },
  shipped: { kind: 'flag' },
  /** 送り状番号: only orders with one registered, or without any. */
  tracked: { kind: 'flag' },
  multipleDestinations: { kind: 'flag' },
  /** 通信事項: only orders with which the customer has written something, or nothing. */
  withMessage: { kind: 'flag' },
  /** Billed and authorized amounts differ: the capture will change the amount (C2). */
  amountDiffers: { kind: 'flag' },
  /** O3: paid, and something is open or to be given back: not settled yet. */
  openAmount: { kind: 'flag' },
  /** 入金確認メール: 送信済, or 未送信. */
  paymentMailSent: { kind: 'flag' },
  /** 結果確認中・要確認: with an operation whose outcome is not known yet, or asks for a person. */
  inDoubt: { kind: 'flag' },
  /** 決済種別 */
  kinds: { kind: 'words', of: 'kind', words: keysOf(PAYMENT_KIND) },
  statuses: { kind: 'words', of: 'status', words: keysOf(ORDER_STATUS) },
  /** F-REGIステータス */
  transactionState: { kind: 'words', of: 'transaction', words: keysOf(TRANSACTION_STATE) },
  types: { kind: 'words', of: 'type', words: keysOf(ORDER_TYPE) },
  channels: { kind: 'words', of: 'channel', words: keysOf(CHANNEL) },
} as const satisfies Table;

type Rows = typeof ORDER_FILTERS;
export type OrderFilterName = keyof Rows;
export type OrderFilterValue<Name extends OrderFilterName> = FilterValue<Rows[Name]>;
export type OrderFilters = FiltersOf<Rows>;

/** The filters of one kind. */
export type OrderFiltersOf<Kind extends Rows[OrderFilterName]['kind']> = {
  [Name in OrderFilterName]: Rows[Name] extends { readonly kind: Kind } ? Name : never;
}[OrderFilterName];

type EndsOf<End extends 'from' | 'to'> = {
  [Name in OrderFilterName]: Rows[Name] extends { readonly [_ in End]: infer Range }
    ? Range
    : never;
}[OrderFilterName];

/** Pairs of filters that are one range: 受注日 of `placedFrom` and `placedTo`. */
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
