import type { InitOptions } from 'i18next';

/** What stands where a sentence is missing: never the key, which means nothing to a reader. */
export const MISSING = '—';

/**
 * How i18next finds and fills in sentences. A missing key throws while developing and in tests
 * (`strict`). In the built screens it is reported to the console, which fails every test in the
 * browser, and {@link MISSING} is shown. i18next takes an empty sentence for a missing one.
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
