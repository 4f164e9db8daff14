import { urlText } from '../../app/url-text.ts';

/** Which pre-orders are shown, as the URL says it; left out: those that wait. */
export type PreordersSearch = {
  readonly show?: 'declined' | 'authorized' | undefined;
  readonly cursor?: string | undefined;
  /** The run whose outcome is shown above the list. */
  readonly run?: string | undefined;
};

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

/** Reads the URL; whatever makes no sense is left out, so that no URL is an error. */
export function parsePreordersSearch(search: Record<string, unknown>): PreordersSearch {
  const show = urlText(search, 'show');
  const run = urlText(search, 'run');
  return {
    show: show === 'declined' || show === 'authorized' ? show : undefined,
    cursor: urlText(search, 'cursor'),
    run: run !== undefined && UUID.test(run) ? run : undefined,
  };
}
