import { isIP } from 'node:net';
import type { Locale } from '@renkei/core/domain/reasons/index.ts';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { hasCardData } from '../fregi/scrub.ts';
import { isThisMachine } from '../loopback.ts';
import { edgeProblem } from './problems/problems.ts';
import { localeOf } from './route.ts';

const READS = ['GET', 'HEAD', 'OPTIONS'];
const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Checks every request before its route: our name as its host, no
 * change at the word of another site, and no card data in
 * its URL, its headers or any field. A refusal names the place.
 */
export function guard(app: FastifyInstance, publicUrl: string): void {
  const origins = originsOf(publicUrl);
  const { hostname } = new URL(publicUrl);
  app.addHook('onRequest', async (request) => {
    if (!isOurName(request.headers.host, hostname)) {
      throw edgeProblem('misdirected', localeOf(request));
    }
    if (!READS.includes(request.method) && isFromAnotherSite(request, origins)) {
      throw edgeProblem('other_site', localeOf(request));
    }
    refuseCardData(request, [...cardDataInUrl(request.url), ...cardDataInHeaders(request)]);
  });
  app.addHook('preValidation', async (request) => {
    if (isTooDeep(request.body)) throw edgeProblem('malformed_body', localeOf(request));
    // Files have their own check, cell by cell.
    if (!Buffer.isBuffer(request.body)) refuseCardData(request, cardDataIn(request.body));
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

/**
 * True for our public name, a name of this machine, and any address. A page of another site that
 * has given its own name our address (DNS rebinding) would otherwise be of our origin.
 */
function isOurName(host: string | undefined, publicName: string): boolean {
  if (host === undefined || !URL.canParse(`http://${host}`)) return false;
  const { hostname } = new URL(`http://${host}`);
  const isAddress = isIP(hostname.replace(/^\[|\]$/g, '')) !== 0;
  return isAddress || hostname === publicName || isThisMachine(hostname);
}

/** Browsers name the origin of a request; a program that is no browser has no cookie to lend. */
function isFromAnotherSite({ headers }: FastifyRequest, origins: readonly string[]): boolean {
  const { origin } = headers;
  if (origin !== undefined) return !origins.includes(origin);
  const site = headers['sec-fetch-site'];
  return site !== undefined && site !== 'same-origin' && site !== 'none';
}

function refuseCardData(request: FastifyRequest, pointers: readonly string[]): void {
  if (pointers.length === 0) return;
  const locale = localeOf(request);
  const message = CARD_DATA[locale];
  const errors = pointers.map((pointer) => ({ pointer, message }));
  throw edgeProblem('card_data_refused', locale, { errors });
}

const CARD_DATA: Readonly<Record<Locale, string>> = {
  ja: 'カード番号とみられる数字です',
  en: 'This seems to be a card number.',
};

/** Returns the parameters of a URL that hold card data; `url` stands for its path. */
function cardDataInUrl(url: string): string[] {
  const [path = '', query = ''] = url.split('?', 2);
  const parameters = [...new URLSearchParams(query)]
    .filter((parameter) => parameter.some((text) => hasCardData(decoded(text))))
    .map(([name]) => (hasCardData(decoded(name)) ? '/' : `/${escapePointer(name)}`));
  return hasCardData(decoded(path)) ? ['/', ...parameters] : parameters;
}

/** Decodes as often as the text was encoded, at most four times. */
function decoded(text: string): string {
  let plain = text;
  for (let times = 0; times < 4; times += 1) {
    try {
      const next = decodeURIComponent(plain);
      if (next === plain) break;
      plain = next;
    } catch {
      break;
    }
  }
  return plain;
}

/** Headers whose value is the secret or the name of a program, not somebody's text. */
const NO_TEXT = ['cookie', 'authorization', 'user-agent'];

function cardDataInHeaders({ headers }: FastifyRequest): string[] {
  return Object.entries(headers)
    .filter(([name, value]) => !NO_TEXT.includes(name) && hasCardData(decoded(String(value))))
    .map(([name]) => `/${name}`);
}

/** Returns JSON pointers (RFC 6901) to the values that hold card data, or to their parents. */
function cardDataIn(value: unknown, pointer = ''): string[] {
  if (typeof value === 'string' || typeof value === 'number') {
    return hasCardData(String(value)) ? [pointer || '/'] : [];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    hasCardData(name) ? [pointer || '/'] : cardDataIn(inner, `${pointer}/${escapePointer(name)}`),
  );
}

function escapePointer(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
