import { createHmac } from 'node:crypto';
import { Client, type Reply, type Wanted } from './clients.ts';

/** A browser without a screen: it keeps the cookies that the server sets. */
export class Visitor {
  readonly #url: string;
  readonly #cookies = new Map<string, string>();

  constructor(url: string) {
    this.#url = url;
  }

  /** Types an address and a password. */
  signIn(email: string, password: string): Promise<Reply> {
    return this.send('POST', '/api/auth/sign-in/email', { body: { email, password } });
  }

  get(path: string, wanted: Wanted = {}): Promise<Reply> {
    return this.send('GET', path, { key: null, ...wanted });
  }

  async send(method: string, path: string, wanted: Wanted = {}): Promise<Reply> {
    const reply = await new Client(this.#url, this.cookie).send(method, path, wanted);
    for (const line of reply.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const [name = '', ...value] = pair.split('=');
      if (/max-age=0/i.test(line)) this.#cookies.delete(name);
      else this.#cookies.set(name, value.join('='));
    }
    return reply;
  }

  get cookie(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }
}

const STEP_MS = 30_000;

/** An authenticator app (RFC 6238) that shows the codes of a `otpauth://` address. */
export class Authenticator {
  readonly #secret: Buffer;

  constructor(address: string) {
    this.#secret = decodeBase32(new URL(address).searchParams.get('secret') ?? '');
  }

  /**
   * The code of a step of 30 seconds: 0 the present one, 1 the next. The server takes each of them
   * once, the present one until the next ends.
   */
  code(step = 0): string {
    const counter = Buffer.alloc(8);
    counter.writeUInt32BE(Math.floor(Date.now() / STEP_MS) + step, 4);
    const hash = createHmac('sha1', this.#secret).update(counter).digest();
    const number = hash.readUInt32BE((hash[19] ?? 0) & 15) & 0x7f_ff_ff_ff;
    return `${number % 1_000_000}`.padStart(6, '0');
  }

  /** Six digits that are the code of no step around now. */
  wrongCode(): string {
    const right = [-2, -1, 0, 1, 2].map((step) => this.code(step));
    return ['000000', '111111', '222222', '333333', '444444', '555555'].find(
      (code) => !right.includes(code),
    ) as string;
  }
}

function decodeBase32(text: string): Buffer {
  const bits = [...text.replace(/=+$/, '')]
    .map((letter) =>
      'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
    )
    .join('');
  const bytes = bits.match(/.{8}/g) ?? [];
  return Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2)));
}
