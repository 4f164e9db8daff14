import type { Problem } from '@renkei/contract';
import { currentLocale } from '../locale/index.ts';
import { presence } from './presence.ts';

/** Longer than the server waits for F-REGI before it answers 202. */
const TIMEOUT_MS = 30_000;

/** The server answered with a problem (RFC 9457): its content is certain. */
export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.name = 'ProblemError';
    this.problem = problem;
  }
}

/** No readable answer came. The server may or may not have carried the request out. */
class ConnectionError extends Error {
  constructor(cause: unknown) {
    super('no answer from the server', { cause });
    this.name = 'ConnectionError';
  }
}

export type RequestOptions = {
  readonly shop?: string;
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  /** Goes out as JSON; a File goes out unchanged. */
  readonly body?: unknown;
  /** Idempotency-Key: every sending of one intent carries the same key. */
  readonly key?: string;
  /** If-Match: the version that the person sees. */
  readonly version?: number;
  /**
   * Renkei-Confirm: the text that a person typed to confirm a large or irreversible command (S2).
   */
  readonly typed?: string | undefined;
  readonly signal?: AbortSignal;
  /** The time limit of a request that may take longer than the usual limit. */
  readonly timeoutMs?: number;
};

/**
 * Calls the API and returns the body of its answer. Throws a {@link ProblemError} if the server
 * refuses, and a {@link ConnectionError} if no certain answer came.
 */
export async function ask<T>(
  method: string,
  path: string,
  wanted: RequestOptions = {},
): Promise<T> {
  const answer = await send(method, path, wanted);
  const body = await readBody(answer);
  if (answer.ok) return body as T; // The edge: the server checks its answers against the contract.
  if (isProblem(body)) throw new ProblemError(body);
  throw new ConnectionError(`status ${answer.status}`);
}

/** Reads a file. Throws as {@link ask} does: a refusal is a problem in words, and never a file. */
export async function askFile(
  path: string,
  wanted: RequestOptions,
): Promise<{ readonly name: string; readonly file: Blob }> {
  const answer = await send('GET', path, wanted);
  if (answer.ok) {
    const named = /filename\*=UTF-8''([^;]+)/.exec(answer.headers.get('content-disposition') ?? '');
    return { name: decodeURIComponent(named?.[1] ?? 'export.csv'), file: await answer.blob() };
  }
  const body = await readBody(answer);
  if (isProblem(body)) throw new ProblemError(body);
  throw new ConnectionError(`status ${answer.status}`);
}

/** The URL of an API route within a shop. */
export function urlOf(path: string, { shop, query = {} }: RequestOptions): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries({ shop, ...query })) {
    if (value !== undefined && value !== '') params.set(name, String(value));
  }
  const text = params.toString();
  return text === '' ? path : `${path}?${text}`;
}

async function send(method: string, path: string, wanted: RequestOptions): Promise<Response> {
  const timeout = AbortSignal.timeout(wanted.timeoutMs ?? TIMEOUT_MS);
  const signal = wanted.signal ? AbortSignal.any([wanted.signal, timeout]) : timeout;
  try {
    return await fetch(urlOf(path, wanted), {
      method,
      signal,
      headers: headersOf(wanted),
      redirect: 'error',
      credentials: 'same-origin',
      cache: 'no-store',
      ...(wanted.body === undefined ? {} : { body: bodyOf(wanted.body) }),
    });
  } catch (cause) {
    if (wanted.signal?.aborted) throw cause;
    throw new ConnectionError(cause);
  }
}

function headersOf({ body, key, version, typed }: RequestOptions): Record<string, string> {
  const headers: Record<string, string> = {
    accept: 'application/json, application/problem+json',
    'accept-language': currentLocale(),
  };
  if (!presence.isHere()) headers['renkei-unattended'] = '1';
  if (body !== undefined) {
    headers['content-type'] = body instanceof Blob ? 'text/csv' : 'application/json';
  }
  if (key !== undefined) headers['idempotency-key'] = `"${key}"`;
  if (version !== undefined) headers['if-match'] = `"${version}"`;
  if (typed !== undefined) headers['renkei-confirm'] = typed;
  return headers;
}

function bodyOf(body: unknown): BodyInit {
  return body instanceof Blob ? body : JSON.stringify(body);
}

async function readBody(answer: Response): Promise<unknown> {
  try {
    const text = await answer.text();
    return text === '' ? null : JSON.parse(text);
  } catch (cause) {
    throw new ConnectionError(cause);
  }
}

function isProblem(body: unknown): body is Problem {
  if (typeof body !== 'object' || body === null) return false;
  return 'code' in body && 'detail' in body && 'status' in body;
}

/** True if nobody knows whether the server carried the request out. */
export function isUncertain(error: unknown): boolean {
  if (!(error instanceof ProblemError)) return true;
  const { status, outcome } = error.problem;
  return outcome === 'unknown' || (status >= 500 && outcome === undefined);
}

export function isNotSignedIn(error: unknown): boolean {
  return error instanceof ProblemError && error.problem.code === 'not_signed_in';
}
