import { isIP } from 'node:net';
import type { FastifyRequest } from 'fastify';

/**
 * Returns the address of a request's client: the peer or, if the peer is one of our
 * TRUSTED_PROXIES, the address that the proxies report. Ignores a reported text that is no address.
 */
export function addressOf(request: FastifyRequest): string {
  return isIP(request.ip) === 0 ? (request.socket.remoteAddress ?? '') : request.ip;
}
