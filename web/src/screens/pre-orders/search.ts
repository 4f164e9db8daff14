import { urlText } from '../../app/url-text.ts';

/** The shown stage in the URL; without a value, the pre-orders that wait. */
export type PreordersSearch = {
  readonly show?: 'declined' | 'authorized' | undefined;
  readonly cursor?: string | undefined;
  /** The run whose result stands above the list. */
  readonly run?: string | undefined;
};

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

/** Reads the URL and leaves out values that make no sense: so no URL is an error. */
export function parsePreordersSearch(search: Record<string, unknown>): PreordersSearch {
  const show = urlText(search, 'show');
  const run = urlText(search, 'run');
  return {
    show: show === 'declined' || show === 'authorized' ? show : undefined,
    cursor: urlText(search, 'cursor'),
    run: run !== undefined && UUID.test(run) ? run : undefined,
  };
}
