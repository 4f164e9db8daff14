import { createInstance, type i18n, type TFunction } from 'i18next';
import { enLazy } from '../src/locale/en/lazy.ts';
import { en } from '../src/locale/en.ts';
import { jaLazy } from '../src/locale/ja/lazy.ts';
import { ja } from '../src/locale/ja.ts';
import { wordOptions } from '../src/locale/missing.ts';

/** All words of the screens. */
export const WORDS = { ja: { ...ja, ...jaLazy }, en: { ...en, ...enLazy } } as const;
export const LANGUAGES = ['ja', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** i18next with all words of both languages; `strict`: a missing sentence throws. */
export async function openWords(language: Language, strict = true): Promise<i18n> {
  const words = createInstance();
  await words.init({
    lng: language,
    resources: { ja: { translation: WORDS.ja }, en: { translation: WORDS.en } },
    ...wordOptions(strict),
  });
  return words;
}

export async function translator(language: Language): Promise<TFunction> {
  return (await openWords(language)).t;
}

/** Every sentence by its key: `order.status.begin` → 通常処理にする. */
export function sentencesOf(words: object, above = ''): Map<string, string> {
  const entries = Object.entries(words).flatMap(([name, value]: [string, unknown]) => {
    const key = above === '' ? name : `${above}.${name}`;
    if (typeof value === 'string') return [[key, value] as const];
    return [...sentencesOf(value as object, key)];
  });
  return new Map(entries);
}
