import { randomUUID } from 'node:crypto';
import type { Problem } from '../backoffice/src/contract/common.ts';

/** A program at work with Renkei's public API: what an integrator would write. */
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

  /** Posts with a fresh Idempotency-Key; `version` is that of the order as it was seen. */
  post<T>(path: string, body: object, version?: number): Promise<T> {
    return this.#call('POST', path, body, version);
  }

  async #call<T>(method: string, path: string, body?: object, version?: number): Promise<T> {
    const separator = path.includes('?') ? '&' : '?';
    const answer = await this.#send(method, `${path}${separator}shop=${this.#shop}`, body, version);
    const text = await answer.text();
    if (!answer.ok) throw new ProblemAnswer(JSON.parse(text));
    return JSON.parse(text);
  }

  #send(method: string, path: string, body?: object, version?: number): Promise<Response> {
    return fetch(`${this.#url}${path}`, {
      method,
      headers: {
        'accept-language': 'ja',
        cookie: this.#cookie,
        ...(method === 'GET' ? {} : { 'idempotency-key': randomUUID() }),
        ...(version === undefined ? {} : { 'if-match': `"${version}"` }),
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
