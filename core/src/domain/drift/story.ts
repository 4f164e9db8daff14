/** Two sentences in both languages: what is the case, and what comes of it. */
export type Story = { readonly ja: string; readonly en: string };

/** The sentences of each language, joined as it joins them. */
export function story(ja: readonly [string, string], en: readonly [string, string]): Story {
  return { ja: ja.join(''), en: en.join(' ') };
}
