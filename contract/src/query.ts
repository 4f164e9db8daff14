import { z } from 'zod';
import { jstDateSchema } from './dates.ts';
import { type Filter, type FilterValue, type Table, wordsIn } from './lists/filters.ts';
import { text, told } from './text.ts';

/**
 * What stands in a URL is text. These schemas parse it, once, at the edge: below them a flag is a
 * boolean, a number a number, and words are a list.
 */

/** `true` or `false` */
export const flag = z.enum(['true', 'false']).transform((word) => word === 'true');

/** A whole number as digits, or as JSON has it; no blank, no exponent and no fraction. */
export function whole({ min = 0, max }: { readonly min?: number; readonly max: number }) {
  const numberIn = (given: unknown) =>
    typeof given === 'string' && /^-?\d{1,16}$/.test(given) ? Number(given) : given;
  return z.preprocess(numberIn, z.int().min(min).max(max));
}

/** How many rows a page of a list has. */
export function pageOf({ max, usual }: { readonly max: number; readonly usual: number }) {
  return whole({ min: 1, max }).prefault(usual);
}

/** Some words of a closed list, comma-separated, in the list's sequence; none says nothing. */
export function someOf<Word extends string>(words: readonly Word[]) {
  const message = `${words.join(', ')} のいずれかをカンマ区切りで指定してください / give some of these`;
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

/** The schemas of a list's filters, from its table. */
export function querySchemas<Of extends Table>(table: Of) {
  return optional(table, parsed) as {
    [Name in keyof Of]: z.ZodOptional<z.ZodType<FilterValue<Of[Name]> | undefined, unknown>>;
  };
}

/** The schemas of filters that were kept, as an answer tells them: as they are said in a URL. */
export function saidSchemas<Of extends Table>(table: Of) {
  return optional(table, said) as { [Name in keyof Of]: z.ZodOptional<z.ZodType<string | number>> };
}

function optional(table: Table, schemaOf: (filter: Filter) => z.ZodType) {
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

/** A word that was kept: documented as one of these. */
export function oneOf(words: readonly string[]) {
  return told.meta({ enum: [...words] });
}

/** What was kept is told as it was kept, whatever it is: an answer never fails for it. */
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
