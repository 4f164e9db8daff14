import { urlTrue } from '../../app/url-text.ts';

/** Which runs are shown, as the URL says it; left out: all. */
export type RunsSearch = { readonly failed?: 'true' | undefined };

/** Reads the URL; whatever makes no sense is left out, so that no URL is an error. */
export function parseRunsSearch(search: Record<string, unknown>): RunsSearch {
  return { failed: urlTrue(search, 'failed') };
}
