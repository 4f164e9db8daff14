import { normalized } from '../../ui/format.ts';
import {
  FILTER_NAMES,
  type FilterName,
  type OrderFilters,
  readDate,
  readDays,
  readYen,
  SEARCH_MAX,
} from '../orders/search.ts';
import { DATE_RANGES, keysOf } from './fields.ts';

/** What was typed so far, as it was typed. */
export type Draft = Readonly<Partial<Record<FilterName, string>>>;

/** What is wrong with a field, by the sentence that says it. */
type DraftError = 'qTooLong' | 'dateWrong' | 'dateOrder' | 'yenWrong' | 'yenOrder' | 'daysWrong';
export type DraftErrors = Partial<Record<FilterName, DraftError>>;

export type ReadDraft =
  | { readonly kind: 'read'; readonly filters: OrderFilters }
  | { readonly kind: 'wrong'; readonly errors: DraftErrors };

/** The filters that a draft stands for, or what has to be mended in it; nothing typed is lost. */
export function readDraft(draft: Draft): ReadDraft {
  const errors: DraftErrors = {};
  const filters: { [Name in FilterName]?: string | undefined } = {};
  for (const name of FILTER_NAMES) filters[name] = draft[name] || undefined;

  const typed = (
    name: FilterName,
    read: (text: string) => string | undefined,
    error: DraftError,
  ) => {
    const given = filters[name];
    if (given === undefined) return;
    filters[name] = read(given);
    if (filters[name] === undefined) errors[name] = error;
  };
  for (const range of keysOf(DATE_RANGES)) {
    const [from, to] = DATE_RANGES[range];
    for (const end of [from, to]) typed(end, readDate, 'dateWrong');
    if (isBefore(filters[to], filters[from])) errors[to] = 'dateOrder';
  }
  const yen = (text: string) => readYen(normalized(text).replace(/^[¥￥\\]/, ''));
  for (const end of ['billedMin', 'billedMax'] as const) typed(end, yen, 'yenWrong');
  if (Number(filters.billedMax ?? Number.POSITIVE_INFINITY) < Number(filters.billedMin ?? 0)) {
    errors.billedMax = 'yenOrder';
  }
  typed('captureWithinDays', (text) => readDays(normalized(text)), 'daysWrong');
  filters.q = draft.q?.replaceAll(/\s+/g, ' ').trim() || undefined;
  if ((filters.q?.length ?? 0) > SEARCH_MAX) errors.q = 'qTooLong';
  return Object.keys(errors).length > 0 ? { kind: 'wrong', errors } : { kind: 'read', filters };
}

function isBefore(date: string | undefined, other: string | undefined): boolean {
  return date !== undefined && other !== undefined && date < other;
}
