import { afterEach, describe, expect, test, vi } from 'vitest';
import { MISSING } from '../../src/locale/missing.ts';
import { openWords, sentencesOf, WORDS } from '../words.ts';

const NO_SUCH_KEY = 'order.timeline.nothing_of_the_kind' as 'common.close';

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  vi.resetModules();
});

describe('a missing sentence', () => {
  test('throws and names the key while developing and in tests', async () => {
    const { t } = await openWords('ja');
    expect(() => t(NO_SUCH_KEY)).toThrow('no sentence for order.timeline.nothing_of_the_kind');
  });

  test('shows a dash in the built screens, and never the key; the console tells the key', async () => {
    const complaint = vi.spyOn(console, 'error').mockImplementation(() => {});
    const { t } = await openWords('ja', false);
    expect(t(NO_SUCH_KEY)).toBe(MISSING);
    expect(complaint).toHaveBeenCalledExactlyOnceWith(
      'no sentence for order.timeline.nothing_of_the_kind',
    );
  });

  test('is an empty sentence, too: i18next would show its key', async () => {
    const words = await openWords('ja');
    words.addResource('ja', 'translation', 'common.close', '');
    expect(() => words.t('common.close')).toThrow('no sentence for common.close');
  });

  test('is not one that the caller has other words for', async () => {
    const { t } = await openWords('ja');
    expect(t(NO_SUCH_KEY, { defaultValue: '記録' })).toBe('記録');
  });
});

/** The browser globals that the choice of the language reads. */
function standIn(language: string, stored: Record<string, string> = {}) {
  vi.stubGlobal('document', { documentElement: { lang: '' } });
  vi.stubGlobal('navigator', { language });
  vi.stubGlobal('localStorage', {
    getItem: (name: string) => stored[name] ?? null,
    setItem: (name: string, value: string) => {
      stored[name] = value;
    },
  });
  return stored;
}

describe('the language of the screens', () => {
  test.each([
    ['ja-JP', undefined, 'ja'],
    ['en-GB', undefined, 'en'],
    ['de-DE', undefined, 'ja'],
    ['en-GB', 'ja', 'ja'],
    ['ja-JP', 'en', 'en'],
    ['ja-JP', 'fr', 'ja'],
  ])('a browser in %s that last chose %s begins in %s', async (browser, stored, language) => {
    standIn(browser, stored === undefined ? {} : { 'renkei.locale': stored });
    const locale = await import('../../src/locale/index.ts');
    await locale.startLocale();
    expect(locale.currentLocale()).toBe(language);
  });

  test('a screen opened in one language has its words in the other, there and back', async () => {
    const stored = standIn('ja-JP');
    const locale = await import('../../src/locale/index.ts');
    const { default: i18next } = await import('i18next');
    await locale.startLocale();
    await locale.changeLocale('en');
    // The screen opens now: its loader runs once, in English.
    await locale.withWords(async () => 'screen')();
    await locale.changeLocale('ja');
    expect(stored['renkei.locale']).toBe('ja');
    for (const language of ['ja', 'en'] as const) {
      const unknown = [...sentencesOf(WORDS[language]).keys()].filter(
        (key) => i18next.getResource(language, 'translation', key) === undefined,
      );
      expect(unknown).toEqual([]);
    }
    expect(document.documentElement.lang).toBe('ja');
  });
});
