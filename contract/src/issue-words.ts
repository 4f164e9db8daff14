import type { Locale } from '@renkei/core/domain/reasons/index.ts';
import { z } from 'zod';
import { inLanguage } from './bilingual.ts';

/** An issue of a schema, with or without its place. */
type SchemaIssue = {
  readonly code?: string;
  readonly message: string;
  readonly expected?: unknown;
};

const { localeError } = z.locales.ja();

/** Japanese names of the types that a schema can expect. */
const TYPE: Readonly<Record<string, string>> = {
  string: '文字列',
  number: '数値',
  int: '整数',
  boolean: 'true か false',
  array: '配列',
  object: 'オブジェクト',
  date: '日付',
};

/** Returns what is wrong with a value, in one language: our own words, or those of zod. */
export function wordsOfIssue(issue: SchemaIssue, locale: Locale): string {
  const ours = inLanguage(issue.message, locale);
  if (ours !== null) return ours;
  if (locale === 'en') return issue.message;
  if (issue.code === 'invalid_type') return wordsOfType(issue);
  const said = localeError(issue as unknown as Parameters<typeof localeError>[0]);
  return (typeof said === 'object' ? said?.message : said) ?? issue.message;
}

/** zod's own sentence names the given type; an issue that is told later has forgotten the value. */
function wordsOfType({ expected, message }: SchemaIssue): string {
  if (message.endsWith('received undefined')) return '必須の項目です';
  const type = TYPE[String(expected)];
  return type === undefined ? '値の型が正しくありません' : `${type}を指定してください`;
}
