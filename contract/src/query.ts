import { z } from 'zod';
import { bilingual } from './bilingual.ts';
import { jstDateSchema } from './dates.ts';
import { type Filter, type FilterTable, type FilterValue, wordsIn } from './lists/filters.ts';
import { text, told } from './text.ts';

/**
 * A URL holds text. These schemas parse it once, at the edge: below them a flag is a boolean, a
 * number is a number, and words are a list.
 */

/** `true` or `false` */
export const flag = z.enum(['true', 'false']).transform((word) => word === 'true');

/** A whole number, written in digits or as a JSON number; no blank, no exponent, no fraction. */
export function whole({ min = 0, max }: { readonly min?: number; readonly max: number }) {
  const numberIn = (given: unknown) =>
    typeof given === 'string' && /^-?\d{1,16}$/.test(given) ? Number(given) : given;
  return z.preprocess(numberIn, z.int().min(min).max(max));
}

/** The number of rows on a page of a list. */
export function pageOf({ max, usual }: { readonly max: number; readonly usual: number }) {
  return whole({ min: 1, max }).prefault(usual);
}

/**
 * Words of a closed list, comma-separated, returned in the list's sequence; undefined if none is
 * given.
 */
export function someOf<Word extends string>(words: readonly Word[]) {
  const list = words.join(', ');
  const message = bilingual(
    `${list} のいずれかをカンマ区切りで指定してください`,
    `choose from ${list}, parted by commas`,
  );
  return text({ max: 600 })
    .meta({ description: `Some of ${words.join(', ')}; comma-separated` })
    .transform((given, { issues }) => {
      const said = wordsIn(given);
      const known = words.filter((word) => said.includes(word));
      if (!said.every((word) => words.some((one) => one === word))) {
        issues.push({ code: 'custom', input: given, message });
      }
      return known.length > 0 ? known : undefined;
    });
}

/** Returns the query schemas of a list's filters. */
export function querySchemas<Of extends FilterTable>(table: Of) {
  return optional(table, parsed) as {
    [Name in keyof Of]: z.ZodOptional<z.ZodType<FilterValue<Of[Name]> | undefined, unknown>>;
  };
}

/** Returns the schemas of stored filters in answers, with values as in a URL. */
export function saidSchemas<Of extends FilterTable>(table: Of) {
  return optional(table, said) as { [Name in keyof Of]: z.ZodOptional<z.ZodType<string | number>> };
}

function optional(table: FilterTable, schemaOf: (filter: Filter) => z.ZodType) {
  const schemas = Object.entries(table).map(([name, one]) => [name, schemaOf(one).optional()]);
  return Object.fromEntries(schemas);
}

function parsed(filter: Filter): z.ZodType {
  switch (filter.kind) {
    case 'words':
      return someOf(filter.words);
    case 'flag':
      return flag;
    case 'date':
      return jstDateSchema;
    case 'yen':
    case 'days':
      return whole({ max: filter.max });
    case 'text':
      return text({ max: filter.max });
  }
}

/** A stored word, documented as one of these. */
export function oneOf(words: readonly string[]) {
  return told.meta({ enum: [...words] });
}

/** Output is the stored value, whatever it is: an answer never fails because of it. */
function said(filter: Filter): z.ZodType {
  switch (filter.kind) {
    case 'words':
    case 'text':
      return told;
    case 'flag':
      return oneOf(['true', 'false']);
    case 'date':
      return jstDateSchema;
    case 'yen':
    case 'days':
      return z.int().meta({ minimum: 0, maximum: filter.max });
  }
}
