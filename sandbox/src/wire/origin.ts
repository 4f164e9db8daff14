import type { IncomingMessage } from 'node:http';

/**
 * Returns the address under which a browser finds this sandbox, by the request; loopback if the
 * request names no host.
 */
export function originOf({ headers, socket }: Pick<IncomingMessage, 'headers' | 'socket'>): string {
  const host = headers.host ?? '';
  const fits = /^[\w.-]+(:\d{1,5})?$|^\[[0-9a-fA-F:]+\](:\d{1,5})?$/.test(host);
  return `http://${fits ? host : `127.0.0.1:${socket.localPort ?? 80}`}`;
}
