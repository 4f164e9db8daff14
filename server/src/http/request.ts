import { createHash } from 'node:crypto';
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
