import { urlTrue } from '../../app/url-text.ts';

/** The shown runs in the URL; without a value, all. */
export type RunsSearch = { readonly failed?: 'true' | undefined };

/** Reads the URL and leaves out values that make no sense: so no URL is an error. */
export function parseRunsSearch(search: Record<string, unknown>): RunsSearch {
  return { failed: urlTrue(search, 'failed') };
}
