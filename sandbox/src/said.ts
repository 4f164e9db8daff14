/** A text for a person, in both languages or not at all: the cause, and what to do. */
export type BothLanguages = { readonly en: string; readonly ja: string };
