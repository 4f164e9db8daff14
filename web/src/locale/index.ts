import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { jaLazy } from './ja/lazy.ts';
import type { ja } from './ja.ts';
import { wordOptions } from './missing.ts';

export const LOCALES = ['ja', 'en'] as const;
export type UiLocale = (typeof LOCALES)[number];

/** The languages in their own words, for the switch. */
export const LOCALE_NAMES: Record<UiLocale, string> = { ja: '日本語', en: 'English' };

const STORED = 'renkei.locale';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof ja & typeof jaLazy };
  }
}

/** The browser loads the chosen language only. */
const WORDS = {
  ja: () => import('./ja.ts').then(({ ja }) => ja),
  en: () => import('./en.ts').then(({ en }) => en),
} satisfies Record<UiLocale, () => Promise<object>>;

/** Words of the screens and dialogs that a person opens later. */
const LAZY = {
  ja: () => import('./ja/lazy.ts').then(({ jaLazy }) => jaLazy),
  en: () => import('./en/lazy.ts').then(({ enLazy }) => enLazy),
} satisfies Record<UiLocale, () => Promise<object>>;

/** Loads a screen or dialog that a person opens later, together with the words of such screens. */
export function withWords<T>(load: () => Promise<T>): () => Promise<T> {
  return async () => {
    const [screen] = await Promise.all([load(), loadLazyWords(currentLocale())]);
    return screen;
  };
}

async function loadLazyWords(locale: UiLocale): Promise<void> {
  i18next.addResourceBundle(locale, 'translation', await LAZY[locale](), true);
}

/**
 * Starts i18next in this browser's last choice of language, otherwise in the browser's language.
 */
export async function startLocale(): Promise<void> {
  const locale = preferred();
  i18next.on('languageChanged', (language) => {
    document.documentElement.lang = language;
  });
  await i18next.use(initReactI18next).init({
    lng: locale,
    resources: { [locale]: { translation: await WORDS[locale]() } },
    ...wordOptions(import.meta.env.DEV),
  });
}

export function currentLocale(): UiLocale {
  return i18next.language === 'en' ? 'en' : 'ja';
}

export async function changeLocale(locale: UiLocale): Promise<void> {
  localStorage.setItem(STORED, locale);
  // Always load both parts: a screen that was opened in the other language has only that one's
  // words.
  i18next.addResourceBundle(locale, 'translation', await WORDS[locale](), true);
  await loadLazyWords(locale);
  await i18next.changeLanguage(locale);
}

function preferred(): UiLocale {
  const stored = localStorage.getItem(STORED);
  if (stored === 'ja' || stored === 'en') return stored;
  return navigator.language.startsWith('en') ? 'en' : 'ja';
}
