import type { FregiGateway } from '../gateway.ts';
import type { BothLanguages } from '../said.ts';

/** One address of the sandbox's own API, with its whole description. */
export type ApiRoute = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** The path after /sandbox/v1/; `{name}` stands for one segment. */
  readonly path: string;
  readonly summary: string;
  /** Query parameters and their meaning. */
  readonly query?: Readonly<Record<string, string>>;
  /** The body, as JSON Schema. */
  readonly body?: Schema;
  /** The answer of a request that succeeds. */
  readonly answers: { readonly status?: number; readonly type?: string; readonly what: string };
  readonly handle: (gateway: FregiGateway, request: ApiRequest) => Promise<ApiAnswer> | ApiAnswer;
};

export type Schema = Readonly<Record<string, unknown>>;

export type ApiRequest = {
  /** The values for the names in the path. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: unknown;
  /** The address under which a browser finds this sandbox. */
  readonly origin: string;
};

/** A body of text or bytes goes out as it is, with its type; any other body goes out as JSON. */
export type ApiAnswer = { readonly status: number; readonly body: unknown; readonly type?: string };

export function ok(body: unknown): ApiAnswer {
  return { status: 200, body };
}

export function problem(status: number, { en, ja }: BothLanguages): ApiAnswer {
  return { status, body: { status, detail: en, detailJa: ja } };
}

/** Returns the members of a body that is an object; no members for any other body. */
export function membersOf(body: unknown): Partial<Record<string, unknown>> {
  return typeof body === 'object' && body !== null ? body : {};
}

/** Reads a limit from outside, 1 to `most`. */
export function limitOf(query: URLSearchParams, usual: number, most: number): number {
  const limit = Number(query.get('limit') ?? usual);
  return limit >= 1 ? Math.min(Math.floor(limit), most) : usual;
}

export const text = { type: 'string' } as const;
export const yen = { type: 'integer', minimum: 0, description: 'yen' } as const;

export function object(properties: Schema, required: readonly string[] = []): Schema {
  return { type: 'object', properties, required };
}
