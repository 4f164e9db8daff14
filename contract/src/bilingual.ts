import type { Locale } from '@renkei/core/domain/reasons/index.ts';

/** Stands between the two languages of a message; no sentence of ours holds it. */
const BETWEEN = '\u2028';

/** Returns a message in both languages as one text, because an issue of a schema is one text. */
export function bilingual(ja: string, en: string): string {
  return `${ja}${BETWEEN}${en}`;
}

/** Returns a bilingual message in one language; null for a text in one language only. */
export function inLanguage(message: string, locale: Locale): string | null {
  const [ja, en] = message.split(BETWEEN);
  if (ja === undefined || en === undefined) return null;
  return locale === 'ja' ? ja : en;
}
