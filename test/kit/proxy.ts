import { createServer, type IncomingHttpHeaders, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A reverse proxy as in a real installation. */
export type ReverseProxy = { readonly url: string; readonly port: number; close(): Promise<void> };

/** Forwards everything to `target`, and adds the address of the caller to X-Forwarded-For. */
export async function openProxy(target: string): Promise<ReverseProxy> {
  const { hostname, port: targetPort } = new URL(target);
  const server = createServer((from, to) => {
    const peer = from.socket.remoteAddress ?? '';
    const claimed = from.headers['x-forwarded-for'];
    const forwarded = claimed === undefined ? peer : `${claimed}, ${peer}`;
    const { method, url: path } = from;
    const headers = { ...from.headers, 'x-forwarded-for': forwarded, 'x-forwarded-proto': 'https' };
    const onward = request({ hostname, port: targetPort, method, path, headers }, (answer) => {
      to.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(to);
    });
    onward.on('error', () => to.writeHead(502).end());
    from.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

type Asked = {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
};
type Answered = {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  // biome-ignore lint/suspicious/noExplicitAny: tests read answers as they come.
  readonly body: any;
};

/** Asks from a local address of choice: all of 127.0.0.0/8 is this machine. */
export function askFrom(
  localAddress: string,
  method: 'GET' | 'POST',
  url: string,
  { body, headers = {} }: Asked = {},
): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const given = text === undefined ? headers : { 'content-type': 'application/json', ...headers };
    const asked = request(url, { method, localAddress, agent: false, headers: given }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('end', () => {
        const said = Buffer.concat(parts).toString('utf8');
        const isJson = /json/.test(answer.headers['content-type'] ?? '');
        const { statusCode: status = 0, headers: told } = answer;
        resolve({ status, headers: told, body: isJson ? JSON.parse(said) : said });
      });
      answer.on('error', reject);
    });
    asked.on('error', reject);
    asked.end(text);
  });
}
