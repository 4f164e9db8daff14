import type { InitOptions } from 'i18next';

/**
 * Stands where a sentence is missing. The screen never shows the key: it tells a reader nothing.
 */
export const MISSING = '—';

/**
 * How i18next finds and fills in sentences. A missing key throws in development and in tests
 * (`strict`). The built screens report it to the console, which fails every browser test, and show
 * {@link MISSING}. i18next treats an empty sentence as missing.
 */
export function wordOptions(strict: boolean): InitOptions {
  return {
    interpolation: { escapeValue: false }, // React escapes
    parseMissingKeyHandler(key: string, defaultValue?: string): string {
      if (defaultValue !== undefined) return defaultValue;
      const missing = `no sentence for ${key}`;
      if (strict) throw new Error(missing);
      console.error(missing);
      return MISSING;
    },
  };
}
