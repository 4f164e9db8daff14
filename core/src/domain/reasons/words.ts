import type { Remedy } from './remedies.ts';

/** Cause and remedy of a reason in one language, each a sentence. */
export type Words = { readonly cause: string; readonly remedy: string };

export type ReasonFacts = {
  readonly ja: Words;
  readonly en: Words;
  readonly remedies: readonly Remedy[];
};

export const says = (cause: string, remedy: string): Words => ({ cause, remedy });
