import {
  ORDER_FILTERS,
  type OrderFilterName,
  type OrderFilterRange,
  type OrderFiltersOf,
} from '@renkei/contract';
import { FILTER_NAMES } from '../orders/search.ts';

/** The fields of 詳細検索, kind by kind, from the table of the list's filters. */
export const TEXTS = namesOf('text');
export const DAYS = namesOf('days');
export const FLAGS = namesOf('flag');
export const WORDS = namesOf('words');

/** Filters of two ends, both included. */
export type Range = {
  readonly range: OrderFilterRange;
  readonly kind: 'date' | 'yen';
  readonly ends: readonly [from: OrderFilterName, to: OrderFilterName];
};
export const RANGES: readonly Range[] = FILTER_NAMES.flatMap((from) => {
  const filter = ORDER_FILTERS[from];
  if (!('from' in filter)) return [];
  const { kind, from: range } = filter;
  const ends = FILTER_NAMES.filter((name) => {
    const other = ORDER_FILTERS[name];
    return 'to' in other && other.to === range;
  }).map((to) => [from, to] as const);
  return ends.map((both) => ({ range, kind, ends: both }));
});

function namesOf<Kind extends (typeof ORDER_FILTERS)[OrderFilterName]['kind']>(kind: Kind) {
  return FILTER_NAMES.filter(
    (name): name is OrderFiltersOf<Kind> => ORDER_FILTERS[name].kind === kind,
  );
}
