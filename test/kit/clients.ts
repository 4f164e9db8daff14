import { randomUUID } from 'node:crypto';

export type Reply = {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests read answers as they come.
  readonly body: any;
};

export type Wanted = {
  readonly body?: unknown;
  /** Null leaves the header out; left out, a new key is made. */
  readonly key?: string | null;
  readonly version?: number;
  readonly locale?: 'ja' | 'en';
  readonly headers?: Readonly<Record<string, string>>;
};

/** A signed-in program, over real HTTP. */
export class Client {
  readonly url: string;
  readonly cookie: string;

  constructor(url: string, cookie = '') {
    this.url = url;
    this.cookie = cookie;
  }

  static async signIn(url: string, email: string, password: string): Promise<Client> {
    const client = new Client(url);
    const reply = await client.post('/api/auth/sign-in/email', { body: { email, password } });
    if (reply.status !== 200) throw new Error(`no sign-in: ${JSON.stringify(reply.body)}`);
    const cookies = reply.headers.getSetCookie().map((cookie) => cookie.split(';')[0]);
    return new Client(url, cookies.join('; '));
  }

  get(path: string, wanted: Wanted = {}): Promise<Reply> {
    return this.send('GET', path, { key: null, ...wanted });
  }

  post(path: string, wanted: Wanted = {}): Promise<Reply> {
    return this.send('POST', path, wanted);
  }

  async send(method: string, path: string, wanted: Wanted = {}): Promise<Reply> {
    const { body, version, locale = 'ja' } = wanted;
    const key = wanted.key === undefined ? randomUUID() : wanted.key;
    const raw = typeof body === 'string' || body instanceof Uint8Array;
    const answer = await fetch(`${this.url}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        'accept-language': locale,
        ...(this.cookie === '' ? {} : { cookie: this.cookie }),
        ...(key === null ? {} : { 'idempotency-key': key }),
        ...(version === undefined ? {} : { 'if-match': `"${version}"` }),
        ...(body === undefined || raw ? {} : { 'content-type': 'application/json' }),
        ...wanted.headers,
      },
      ...(body === undefined ? {} : { body: raw ? (body as string) : JSON.stringify(body) }),
    });
    const text = await answer.text();
    const isJson = /json/.test(answer.headers.get('content-type') ?? '');
    return {
      status: answer.status,
      headers: answer.headers,
      body: isJson ? JSON.parse(text) : text,
    };
  }
}
