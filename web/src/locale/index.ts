import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { en } from './en.ts';
import { ja } from './ja.ts';

export const LOCALES = ['ja', 'en'] as const;
export type Locale = (typeof LOCALES)[number];

/** The languages in their own words, for the switch. */
export const LOCALE_NAMES: Record<Locale, string> = { ja: '日本語', en: 'English' };

const STORED = 'renkei.locale';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof ja };
  }
}

/** Starts i18next in the language of this browser's last choice, else of the browser. */
export async function startLocale(): Promise<void> {
  i18next.on('languageChanged', (language) => {
    document.documentElement.lang = language;
  });
  await i18next.use(initReactI18next).init({
    lng: preferred(),
    fallbackLng: 'ja',
    resources: { ja: { translation: ja }, en: { translation: en } },
    interpolation: { escapeValue: false }, // React escapes
  });
}

export function currentLocale(): Locale {
  return i18next.language === 'en' ? 'en' : 'ja';
}

export async function changeLocale(locale: Locale): Promise<void> {
  localStorage.setItem(STORED, locale);
  await i18next.changeLanguage(locale);
}

function preferred(): Locale {
  const stored = localStorage.getItem(STORED);
  if (stored === 'ja' || stored === 'en') return stored;
  return navigator.language.startsWith('en') ? 'en' : 'ja';
}
