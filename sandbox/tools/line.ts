import { connect, type Socket } from 'node:net';

/** The answer over a line; null if the connection broke before. */
export type Reply = { readonly status: number; readonly body: Buffer } | null;

/**
 * One keep-alive connection that asks one request after the other. It does next to no work of its
 * own, so that a measurement shows the other side.
 */
export class Line {
  readonly #host: string;
  readonly #port: number;
  #socket: Socket | null = null;
  #held = Buffer.alloc(0);
  #resolve: ((reply: Reply) => void) | null = null;

  constructor(url: string) {
    const { hostname, port } = new URL(url);
    this.#host = hostname;
    this.#port = Number(port);
  }

  /** Sends a form by POST or GET. Bytes of the form are sent as they are. */
  ask(method: 'GET' | 'POST', path: string, form: Buffer): Promise<Reply> {
    const isGet = method === 'GET';
    const query = isGet ? `?${form.toString('latin1')}` : '';
    const head = `${method} ${path}${query} HTTP/1.1\r\nhost: ${this.#host}:${this.#port}\r\n`;
    const type = 'content-type: application/x-www-form-urlencoded\r\n';
    const rest = isGet ? '\r\n' : `${type}content-length: ${form.length}\r\n\r\n`;
    return new Promise((resolve) => {
      this.#resolve = resolve;
      const socket = this.#open();
      socket.write(Buffer.from(head + rest, 'latin1'));
      if (!isGet) socket.write(form);
    });
  }

  close(): void {
    this.#socket?.destroy();
  }

  #open(): Socket {
    if (this.#socket !== null) return this.#socket;
    const socket = connect({ host: this.#host, port: this.#port, noDelay: true });
    this.#socket = socket;
    this.#held = Buffer.alloc(0);
    socket.on('data', (chunk) => {
      if (this.#socket !== socket) return;
      this.#held = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk]);
      this.#read();
    });
    socket.on('error', () => {});
    socket.on('close', () => {
      if (this.#socket !== socket) return;
      this.#socket = null;
      this.#answer(null);
    });
    return socket;
  }

  #read(): void {
    const end = this.#held.indexOf('\r\n\r\n');
    if (end < 0) return;
    const head = this.#held.toString('latin1', 0, end);
    const chunked = /\r\ntransfer-encoding: chunked/i.test(head);
    const body = this.#held.subarray(end + 4);
    const length = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? 0);
    // Only an answer that is no CGI's is chunked; its text does not matter here.
    if (chunked ? !body.includes('0\r\n\r\n') : body.length < length) return;
    const status = Number(head.slice(9, 12));
    if (/\r\nconnection: close/i.test(head)) this.#socket = null;
    this.#held = Buffer.alloc(0);
    this.#answer({ status, body: chunked ? body : body.subarray(0, length) });
  }

  #answer(reply: Reply): void {
    const resolve = this.#resolve;
    this.#resolve = null;
    resolve?.(reply);
  }
}
