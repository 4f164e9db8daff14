import { isIP } from 'node:net';
import type { FastifyRequest } from 'fastify';

/**
 * The address of a request's client: of whoever is connected, or, where that is one of our
 * TRUSTED_PROXIES, as the proxies have it. What is no address is not believed even of a proxy.
 */
export function addressOf(request: FastifyRequest): string {
  return isIP(request.ip) === 0 ? (request.socket.remoteAddress ?? '') : request.ip;
}
