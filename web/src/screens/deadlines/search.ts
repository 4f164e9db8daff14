import { urlText, urlTrue } from '../../app/url-text.ts';

/** The shown deadlines in the URL. */
export type DeadlinesSearch = {
  readonly within?: '1' | '3' | '7' | '14' | undefined;
  readonly all?: 'true' | undefined;
};

export const WITHIN = ['1', '3', '7', '14'] as const;

/** Reads the URL and leaves out values that make no sense: so no URL is an error. */
export function parseDeadlinesSearch(search: Record<string, unknown>): DeadlinesSearch {
  return {
    within: WITHIN.find((days) => days === urlText(search, 'within')),
    all: urlTrue(search, 'all'),
  };
}
