/** Finds the sentences of the catalogues in a text. */

/** Returns every text of a nested catalogue by its key; plural forms share their key. */
export function flatten(words: object, path: readonly string[] = []): [string, string][] {
  return Object.entries(words).flatMap(([name, value]): [string, string][] => {
    const key = [...path, name];
    return typeof value === 'string' ? [[key.join('.'), value]] : flatten(value, key);
  });
}

/** The end of a sentence: a text without one is a name, and claims nothing. */
export const isSentence = (text: string) => text.includes('。');

/** Drops the ending of a plural form. */
export const keyOf = (key: string) => key.replace(/_(zero|one|other)$/, '');

type Pattern = { readonly key: string; readonly pattern: RegExp };

export function patternsOf(sentences: readonly (readonly [string, string])[]): Pattern[] {
  return sentences.map(([key, text]) => ({ key, pattern: patternOf(text) }));
}

/** A text with its variables open: each stands for a few characters of one line. */
function patternOf(text: string): RegExp {
  const parts = text
    .split(/\{\{.*?\}\}/)
    .map((part) => part.replaceAll(/[$()*+.?[\\\]^{|}]/g, '\\$&'));
  return new RegExp(parts.join('[^\\n。]{1,120}?'), 'g');
}

/**
 * Returns the sentences that stand in a text, each with the keys that say it. A match inside of a
 * longer one is a part of that sentence, and not one of its own.
 */
export function sentencesIn(
  text: string,
  patterns: readonly Pattern[],
): ReadonlyMap<string, string[]> {
  const matches = patterns.flatMap(({ key, pattern }) =>
    [...text.matchAll(pattern)].map(({ 0: said, index }) => ({ key, said, index })),
  );
  const own = matches.filter(
    (one) =>
      !matches.some(
        (other) =>
          other.said.length > one.said.length &&
          other.index <= one.index &&
          other.index + other.said.length >= one.index + one.said.length,
      ),
  );
  const found = new Map<string, string[]>();
  for (const { key, said } of own) {
    const keys = found.get(said) ?? [];
    if (!keys.includes(key)) found.set(said, [...keys, key]);
  }
  return found;
}
