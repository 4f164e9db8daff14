import type { Separator } from './rows.ts';

/**
 * Folds the name of a column: full-width and half-width forms, spaces, dots, № and the ways to write
 * 問い合わせ and ナンバー are one name. futureshop itself writes 氏名（姓） and お届け先住所１.
 */
export function foldHeader(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s.·・:_]/gu, '')
    .replace(/問い?合わ?せ?/gu, '問合')
    .replace(/(no|ナンバー)$/u, '番号');
}

/** A first line `sep=,` names the separator; the header comes after it. */
export const SEPARATOR_LINE = /^sep=$/i;

const NAMED = /^"?sep=([,;\t])"?[\r\n]/i;

/** The separator that the first line names; otherwise a tab if there is no comma, or the comma. */
export function guessSeparator(text: string): Separator {
  const named = NAMED.exec(text)?.[1];
  if (named !== undefined) return named as Separator;
  const [header = ''] = /^[^\r\n]*/.exec(text) ?? [];
  return !header.includes(',') && header.includes('\t') ? '\t' : ',';
}
