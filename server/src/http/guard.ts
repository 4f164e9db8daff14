import type { FastifyInstance, FastifyRequest } from 'fastify';
import { hasCardNumber } from '../fregi/scrub.ts';
import { edgeProblem } from './problems/problems.ts';
import { localeOf } from './route.ts';

const READS = ['GET', 'HEAD', 'OPTIONS'];
const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Checks every request before its route: no change at the word of another site, and nothing like a
 * card number in any field or URL.
 */
export function guard(app: FastifyInstance, publicUrl: string): void {
  const origins = originsOf(publicUrl);
  app.addHook('onRequest', async (request) => {
    if (!READS.includes(request.method) && isFromAnotherSite(request, origins)) {
      throw edgeProblem('other_site', localeOf(request));
    }
    if (holdsCardNumber(decoded(request.url))) {
      throw edgeProblem('card_data_refused', localeOf(request));
    }
  });
  app.addHook('preValidation', async (request) => {
    if (isTooDeep(request.body)) throw edgeProblem('malformed_body', localeOf(request));
    // Files have their own check, cell by cell.
    if (!Buffer.isBuffer(request.body) && holdsCardNumber(request.body)) {
      throw edgeProblem('card_data_refused', localeOf(request));
    }
  });
}

/** The most levels of a body; the API needs less than ten. */
const DEPTH_MAX = 32;

/** True if a body is nested deeper than any valid one; checks without recursion. */
function isTooDeep(body: unknown): boolean {
  let level: unknown[] = [body];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth >= DEPTH_MAX) return true;
    level = level.flatMap((value) =>
      typeof value === 'object' && value !== null && !Buffer.isBuffer(value)
        ? Object.values(value)
        : [],
    );
  }
  return false;
}

/** Returns the origins of our own screens. Loopback has three names, all of them this machine. */
function originsOf(publicUrl: string): readonly string[] {
  const { origin, protocol, hostname, port } = new URL(publicUrl);
  if (!LOOPBACK.includes(hostname)) return [origin];
  return LOOPBACK.map((name) => `${protocol}//${name}${port === '' ? '' : `:${port}`}`);
}

/** Browsers name the origin of a request; a program that is no browser has no cookie to lend. */
function isFromAnotherSite({ headers }: FastifyRequest, origins: readonly string[]): boolean {
  const { origin } = headers;
  if (origin !== undefined) return !origins.includes(origin);
  const site = headers['sec-fetch-site'];
  return site !== undefined && site !== 'same-origin' && site !== 'none';
}

function decoded(url: string): string {
  try {
    return decodeURIComponent(url.replaceAll('+', ' '));
  } catch {
    return url;
  }
}

function holdsCardNumber(value: unknown): boolean {
  if (typeof value === 'string') return hasCardNumber(value) && !isJan(value);
  if (typeof value === 'number') return hasCardNumber(String(value));
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).some(holdsCardNumber);
}

/** True for a Japanese article number (JAN): 13 digits from 45 or 49, with a valid check digit. */
function isJan(text: string): boolean {
  if (!/^4[59]\d{11}$/.test(text)) return false;
  const sum = [...text].reduce((total, digit, at) => total + Number(digit) * (at % 2 ? 3 : 1), 0);
  return sum % 10 === 0;
}
