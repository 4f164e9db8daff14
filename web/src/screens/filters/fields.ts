import type { FilterName } from '../orders/search.ts';

/** Filters of two ends: dates of JST, both included. */
export const DATE_RANGES = {
  placed: ['placedFrom', 'placedTo'],
  paid: ['paidFrom', 'paidTo'],
  shipped: ['shippedFrom', 'shippedTo'],
  requested: ['requestedFrom', 'requestedTo'],
} as const satisfies Record<string, readonly [FilterName, FilterName]>;
export type DateRange = keyof typeof DATE_RANGES;

/** Filters by some of a table’s words: which words, by the name of the table. */
export const WORD_FILTERS = {
  kinds: 'kind',
  statuses: 'status',
  transactionState: 'transaction',
  types: 'type',
  channels: 'channel',
} as const satisfies Partial<Record<FilterName, string>>;
export type WordFilter = keyof typeof WORD_FILTERS;

/** Filters that are asked as yes or no, and what they are called. */
export const FLAG_FILTERS = {
  paid: 'paidState',
  shipped: 'shippedState',
  tracked: 'tracked',
  multipleDestinations: 'multipleDestinations',
  amountDiffers: 'amountDiffers',
  openAmount: 'openAmount',
  paymentMailSent: 'paymentMailSent',
  inDoubt: 'inDoubt',
} as const satisfies Partial<Record<FilterName, string>>;
export type FlagFilter = keyof typeof FLAG_FILTERS;

export const keysOf = <Key extends string>(table: Readonly<Record<Key, unknown>>) =>
  Object.keys(table) as Key[];
