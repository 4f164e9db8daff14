import {
  type Filter,
  type FiltersOf,
  type FilterTable,
  readFilter,
  sayFilter,
} from '@renkei/contract';
import { urlText } from './url-text.ts';

/** Filters as an address holds them: a text for each filter that is on. */
export type FilterTexts<Of extends FilterTable> = {
  readonly [Name in keyof Of]?: string | undefined;
};

/**
 * Reads the filters of an address, each as its one text, and leaves out texts that make no sense:
 * so no address is an error.
 */
export function filterTexts<Of extends FilterTable>(
  table: Of,
  search: Readonly<Record<string, unknown>>,
): FilterTexts<Of> {
  const texts = Object.entries(table).map(([name, filter]) => {
    const given = urlText(search, name);
    return [name, given === undefined ? undefined : canonical(filter, given)];
  });
  return Object.fromEntries(texts);
}

/** The text of a filter in an address; undefined if the text makes no sense. */
export function canonical(filter: Filter, text: string): string | undefined {
  const value = readFilter(filter, text);
  return value === undefined ? undefined : String(sayFilter(value));
}

/** The filter values of an address. */
export function filterValues<Of extends FilterTable>(
  table: Of,
  texts: FilterTexts<Of>,
): FiltersOf<Of> {
  const values = Object.entries(table).map(([name, filter]) => {
    const text = texts[name];
    return [name, text === undefined ? undefined : readFilter(filter, text)];
  });
  return Object.fromEntries(values) as FiltersOf<Of>;
}

/** Words as a URL holds them. */
export function textOf(words: readonly string[]): string | undefined {
  return words.join(',') || undefined;
}

/** The words with one word added, or without it. */
export function toggled<Word>(words: readonly Word[], word: Word): Word[] {
  return words.includes(word) ? words.filter((one) => one !== word) : [...words, word];
}
