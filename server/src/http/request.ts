import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { scrubText } from '../fregi/scrub.ts';
import { addressOf } from './address.ts';
import { edgeProblem } from './problems/problems.ts';
import type { Call } from './route.ts';

/** Returns the confirmation that a person has typed, if any. */
export function typedBy({ request }: Call): string | null {
  const header = request.headers['renkei-confirm'];
  return typeof header === 'string' ? header.trim() : null;
}

/** Returns the caller's key: quoted, as in the draft standard, or bare. */
export function idempotencyKey(call: Call): string {
  const key = givenKey(call);
  if (key === null) throw edgeProblem('key_required', call.locale);
  return key;
}

/** As {@link idempotencyKey} where the header is optional: null if it is missing or not valid. */
export function givenKey({ request }: Call): string | null {
  const header = request.headers['idempotency-key'];
  const key = typeof header === 'string' ? header.replace(/^"(.*)"$/, '$1') : '';
  if (key.length < 1 || key.length > 240) return null;
  return `key:${key}`; // a namespace apart from Renkei's own keys
}

/** Returns the order's version that the caller has seen, from If-Match. */
export function matchedVersion({ request, locale }: Call): number {
  const version = /^(?:W\/)?"(\d{1,9})"$/.exec(request.headers['if-match'] ?? '')?.[1];
  if (version === undefined) throw edgeProblem('version_required', locale);
  return Number(version);
}

/** Returns a hash of a request with a key: method, path, query and body, in a fixed order. */
export function hashOf({ request, query, body }: Call): string {
  const path = request.url.split('?')[0] ?? '';
  const { shop: _, ...asked } = Object(query) as { shop?: string };
  const content = JSON.stringify([sorted(asked), sorted(body ?? null)]);
  const text = `${request.method} ${path} ${content}`;
  return createHash('sha256').update(text).digest('hex');
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, inner]) => [name, sorted(inner)]));
}

/**
 * A request in the log (ASVS 16.2.1): who, from where, what, and why it was refused. No body, and of
 * the URL's parameters only the names.
 */
export type RequestLine = {
  readonly id: string;
  /** The client's address. */
  readonly ip: string;
  /** The person's id; null without a sign-in. */
  readonly person: string | null;
  readonly method: string;
  readonly url: string;
  readonly status: number;
  /** The code of the problem that was answered; null: none. */
  readonly problem: string | null;
  readonly tookMs: number;
};

/** People search for names, phones and addresses: no value of a parameter stands in the log. */
export function lineOf(request: FastifyRequest) {
  const { id, method, url, person, problem } = request;
  const [path = '', query] = url.split('?', 2);
  const names = [...new Set(new URLSearchParams(query).keys())];
  return {
    id,
    ip: addressOf(request),
    person,
    method,
    url: scrubText(names.length === 0 ? path : `${path}?${names.join('&')}`),
    problem,
  };
}

/** The path that a URL which cannot be decoded is treated as; nothing is there. */
export const UNREADABLE = '/v1/unreadable-url';

/** False for a URL whose path is no text in UTF-8. */
export function isReadable(url: string): boolean {
  try {
    decodeURI(url.split('?', 1)[0] ?? '');
    return true;
  } catch {
    return false;
  }
}
