import { isBusinessDate } from '@renkei/core/domain/values/jst.ts';

/**
 * A filter of a list: the values that a URL may give it. Each list has one table of filters; its
 * query schemas, SQL clauses, screen URL and dialog derive from it. Without zod, so that screens
 * stay small.
 */
export type Filter =
  /** Words of a closed list, separated by commas. `of` names their labels. */
  | { readonly kind: 'words'; readonly of: string; readonly words: readonly string[] }
  /** `true` or `false` */
  | { readonly kind: 'flag' }
  /** A JST date */
  | ({ readonly kind: 'date' } & RangeEnd)
  /** Whole yen */
  | ({ readonly kind: 'yen'; readonly max: number } & RangeEnd)
  | { readonly kind: 'days'; readonly max: number }
  | { readonly kind: 'text'; readonly max: number };

/** Two filters are the ends of one range, both included; the value is the range's name. */
type RangeEnd = { readonly from: string } | { readonly to: string };

export type FilterTable = Readonly<Record<string, Filter>>;

/** The value of a filter below the edge: words as a list, a flag as a boolean, yen as a number. */
export type FilterValue<Of extends Filter> = Of extends {
  readonly words: readonly (infer Word)[];
}
  ? readonly Word[]
  : Of extends { readonly kind: 'flag' }
    ? boolean
    : Of extends { readonly kind: 'yen' | 'days' }
      ? number
      : string;

/** The active filters of a list. */
export type FiltersOf<Of extends FilterTable> = {
  readonly [Name in keyof Of]?: FilterValue<Of[Name]> | undefined;
};

/** A filter's value outside: a number, or a text as in a URL. */
export type Said = string | number;

/** Splits a text into words, in its sequence; drops blanks between commas. */
export function wordsIn(text: string): string[] {
  return text.split(',').filter((word) => word !== '');
}

/** Parses a whole number from 0, in digits only: no sign, no exponent, no blank. */
export function wholeIn(text: string): number | undefined {
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

/**
 * Reads a filter's text from a URL. Returns undefined for nonsense, so that no URL is an error;
 * keeps the known words among several.
 */
export function readFilter<Of extends Filter>(
  filter: Of,
  text: string,
): FilterValue<Of> | undefined;
export function readFilter(filter: Filter, text: string): unknown {
  switch (filter.kind) {
    case 'words': {
      const known = wordsIn(text).filter((word) => filter.words.includes(word));
      return known.length > 0 ? [...new Set(known)] : undefined;
    }
    case 'flag':
      return FLAG.get(text);
    case 'date':
      return isBusinessDate(text) ? text : undefined;
    case 'yen':
    case 'days': {
      const value = wholeIn(text);
      return value !== undefined && value <= filter.max ? value : undefined;
    }
    case 'text': {
      const kept = text.replaceAll('\u0000', '').slice(0, filter.max).toWellFormed();
      return kept === '' ? undefined : kept;
    }
  }
}

const FLAG: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['false', false],
]);

/** Returns the outside form of a filter's value; reading it gives the same value again. */
export function sayFilter(value: FilterValue<Filter>): Said {
  if (typeof value === 'number' || typeof value === 'string') return value;
  return typeof value === 'boolean' ? String(value) : value.join(',');
}

/** Returns the active filters in their outside form. */
export function sayFilters(
  table: FilterTable,
  filters: FiltersOf<FilterTable>,
): Record<string, Said> {
  const said = Object.keys(table).flatMap((name) => {
    const value = filters[name];
    return value === undefined ? [] : [[name, sayFilter(value)] as const];
  });
  return Object.fromEntries(said);
}
