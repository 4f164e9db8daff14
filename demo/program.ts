import { randomUUID } from 'node:crypto';
import type { Problem } from '../contract/src/common.ts';

type Headers = Readonly<Record<string, string>>;

/** A program that works with Renkei's public API, as an integrator would write it. */
export class Program {
  readonly #url: string;
  readonly #shop: string;
  #cookie = '';

  constructor(url: string, shop: string) {
    this.#url = url;
    this.#shop = shop;
  }

  async signIn(email: string, password: string): Promise<void> {
    const answer = await this.#send('POST', '/api/auth/sign-in/email', { email, password });
    if (!answer.ok) throw new Error(`sign-in: ${answer.status} ${await answer.text()}`);
    const cookies = answer.headers.getSetCookie().map((cookie) => cookie.split(';')[0]);
    this.#cookie = cookies.join('; ');
  }

  get<T>(path: string): Promise<T> {
    return this.#call('GET', path);
  }

  /**
   * Posts with a fresh Idempotency-Key. `version` is the version of the order as the program saw
   * it; `typed` confirms a large run.
   */
  post<T>(path: string, body: object, version?: number, typed?: string): Promise<T> {
    const headers = {
      'idempotency-key': randomUUID(),
      ...(version === undefined ? {} : { 'if-match': `"${version}"` }),
      ...(typed === undefined ? {} : { 'renkei-confirm': typed }),
    };
    return this.#call('POST', path, body, headers);
  }

  async #call<T>(method: string, path: string, body?: object, headers?: Headers): Promise<T> {
    const separator = path.includes('?') ? '&' : '?';
    const url = `${path}${separator}shop=${this.#shop}`;
    const answer = await this.#send(method, url, body, headers);
    const text = await answer.text();
    if (!answer.ok) throw new ProblemAnswer(JSON.parse(text));
    return JSON.parse(text);
  }

  #send(method: string, path: string, body?: object, headers: Headers = {}): Promise<Response> {
    return fetch(`${this.#url}${path}`, {
      method,
      headers: {
        'accept-language': 'ja',
        cookie: this.#cookie,
        ...headers,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }
}

/** Renkei has answered with a problem. */
class ProblemAnswer extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(`${problem.status} ${problem.code}: ${problem.detail}`);
    this.problem = problem;
  }
}
