import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { LANGUAGES, sentencesOf, WORDS } from '../words.ts';

const JA = sentencesOf(WORDS.ja);
const EN = sentencesOf(WORDS.en);

/** The names in `{{name}}` and `{{count, number}}`, each once, sorted. */
function placeholdersOf(sentence: string): string[] {
  const names = [...sentence.matchAll(/\{\{\s*([^,}\s]+)[^}]*\}\}/g)].map(([, name]) => name ?? '');
  return [...new Set(names)].toSorted();
}

/** Japanese has no singular: a key that ends so in both languages is a word of its own. */
const isSingular = (key: string) => key.endsWith('_one') && !JA.has(key);

/** Japanese brackets, colons and lists. 「」 stand in the code only around Japanese quotes. */
const FULL_WIDTH = /[（）【】：・〜]/;
/** The manual's error panel, which both languages quote in Japanese. */
const ERROR_PANEL = 'web/src/screens/runs/error-panel.tsx';

describe('the sentences of the screens', () => {
  test('there are many', () => {
    expect(JA.size).toBeGreaterThan(1_000);
  });

  test('every sentence stands in both languages; English has the singular besides', () => {
    const singulars = [...EN.keys()].filter(isSingular);
    for (const key of singulars) expect(EN.has(key.replace(/_one$/, '_other')), key).toBe(true);
    const english = [...EN.keys()].filter((key) => !isSingular(key));
    expect(english.toSorted()).toEqual([...JA.keys()].toSorted());
    const counted = english.filter((key) => key.endsWith('_other'));
    expect(singulars.map((key) => key.replace(/_one$/, '_other')).toSorted()).toEqual(
      counted.toSorted(),
    );
  });

  test('a key is written once: the first part of the words and the later one do not overlap', async () => {
    const { ja } = await import('../../src/locale/ja.ts');
    const { jaLazy } = await import('../../src/locale/ja/lazy.ts');
    expect(Object.keys(ja).filter((name) => Object.hasOwn(jaLazy, name))).toEqual([]);
  });

  test.each(LANGUAGES)('no sentence is empty, and none is a key (%s)', (language) => {
    const sentences = sentencesOf(WORDS[language]);
    for (const [key, sentence] of sentences) {
      expect(sentence.trim(), key).not.toBe('');
      expect(sentences.has(sentence), `${key} says “${sentence}”`).toBe(false);
      expect(sentence, key).not.toMatch(/^[a-z]\w*(\.\w+)+$/);
    }
  });

  test('both languages fill in the same placeholders', () => {
    for (const [key, japanese] of JA) {
      expect(placeholdersOf(EN.get(key) ?? ''), key).toEqual(placeholdersOf(japanese));
    }
  });

  test('a singular fills in what its plural does, or leaves out the number and the end of a span', () => {
    for (const [key, singular] of EN) {
      if (!isSingular(key)) continue;
      const plural = placeholdersOf(EN.get(key.replace(/_one$/, '_other')) ?? '');
      const missing = plural.filter((name) => !placeholdersOf(singular).includes(name));
      expect(plural, key).toEqual(expect.arrayContaining(placeholdersOf(singular)));
      expect(
        missing.filter((name) => name !== 'count' && name !== 'to'),
        key,
      ).toEqual([]);
    }
  });

  test.each(LANGUAGES)('every brace belongs to a placeholder (%s)', (language) => {
    for (const [key, sentence] of sentencesOf(WORDS[language])) {
      const rest = sentence.replaceAll(/\{\{\w+(, number(\([\w: ]+\))?)?\}\}/g, '');
      expect(rest, key).not.toMatch(/[{}]|\$t\(/);
    }
  });

  test('English has no Japanese brackets, colons and lists', () => {
    for (const [key, sentence] of EN) expect(sentence, key).not.toMatch(FULL_WIDTH);
  });

  test('the code writes no brackets, colons and lists of its own: the words of a language do', () => {
    const files = globSync('web/src/{app,screens,ui}/**/*.tsx');
    expect(files.length).toBeGreaterThan(150);
    for (const file of files.filter((path) => path !== ERROR_PANEL)) {
      const lines = readFileSync(file, 'utf8').split('\n');
      const code = lines.filter((line) => !/^\s*(\/?\*|\/\/|\{\/\*)/.test(line));
      expect(FULL_WIDTH.exec(code.join('\n'))?.[0], file).toBeUndefined();
    }
  });
});
