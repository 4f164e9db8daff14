import { type Filter, ORDER_FILTERS, type OrderFilterName } from '@renkei/contract';
import { canonical, filterValues } from '../../app/read-filters.ts';
import { normalized } from '../../ui/browser/format.ts';
import { FILTER_NAMES, type OrderFilterTexts } from '../orders/search.ts';
import { RANGES } from './fields.ts';

/** The typed text of each field, unchanged. */
export type Draft = Readonly<Partial<Record<OrderFilterName, string>>>;

/** The error of a field, by the key of its sentence. */
type DraftError = 'tooLong' | 'dateWrong' | 'dateOrder' | 'yenWrong' | 'yenOrder' | 'daysWrong';
export type DraftErrors = Partial<Record<OrderFilterName, DraftError>>;

export type ReadDraft =
  | { readonly kind: 'read'; readonly filters: OrderFilterTexts }
  | { readonly kind: 'wrong'; readonly errors: DraftErrors };

/** The filters of a draft, or its errors; no typed text is lost. */
export function readDraft(draft: Draft): ReadDraft {
  const errors: DraftErrors = {};
  const filters: { [Name in OrderFilterName]?: string | undefined } = {};
  for (const name of FILTER_NAMES) {
    const filter: Filter = ORDER_FILTERS[name];
    const text = plainOf(filter, draft[name] ?? '');
    const error = text === '' ? undefined : errorIn(filter, text);
    if (error !== undefined) errors[name] = error;
    filters[name] = canonical(filter, text);
  }
  const values = filterValues(ORDER_FILTERS, filters);
  for (const { kind, ends } of RANGES) {
    const [from, to] = ends.map((end) => values[end]);
    if (from !== undefined && to !== undefined && to < from) errors[ends[1]] = `${kind}Order`;
  }
  return Object.keys(errors).length > 0 ? { kind: 'wrong', errors } : { kind: 'read', filters };
}

/**
 * A text as the filter takes it: full-width digits, commas, a yen sign and line breaks are allowed.
 */
function plainOf({ kind }: Filter, text: string): string {
  switch (kind) {
    case 'text':
      return text.replaceAll(/\s+/g, ' ').trim();
    case 'yen':
      return normalized(text).replace(/^[¥￥\\]/, '');
    case 'days':
      return normalized(text);
    case 'date':
    case 'flag':
    case 'words':
      return text;
  }
}

function errorIn(filter: Filter, text: string): DraftError | undefined {
  if (filter.kind === 'text') return text.length > filter.max ? 'tooLong' : undefined;
  if (filter.kind === 'flag' || filter.kind === 'words') return undefined;
  return canonical(filter, text) === undefined ? `${filter.kind}Wrong` : undefined;
}
