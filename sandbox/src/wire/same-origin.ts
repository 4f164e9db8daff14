import type { IncomingMessage } from 'node:http';

/**
 * Returns true if a request comes from the sandbox's own pages or from a program. A browser tells
 * where a request comes from; a page of another site may not move money here, not even play money.
 */
export function isSameOrigin({ headers }: Pick<IncomingMessage, 'headers'>): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  return headers.origin === undefined || headers.origin === `http://${headers.host}`;
}
