import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { answerApi } from './api.ts';
import { connect } from './connect.ts';
import { answerConsole } from './console.ts';
import { FregiGateway, type GatewayOptions } from './gateway.ts';
import { isSameOrigin } from './same-origin.ts';
import { BadRequest, parseParameters } from './wire.ts';

export type { SandboxShop } from './gateway.ts';

export type SandboxOptions = GatewayOptions & {
  /** 0 takes a free one. */
  readonly port?: number;
  readonly host?: string;
  /** Added to every answer of a CGI. */
  readonly latencyMs?: number;
};

/** A running sandbox. `gateway` is its inside, for tests: the ledger is the oracle. */
export type Sandbox = {
  readonly url: string;
  readonly gateway: FregiGateway;
  close(): Promise<void>;
};

const BODY_BYTES_MAX = 64 * 1024 * 1024;
const TRANSMISSION_LOOK_MS = 5_000;

/** Starts a local F-REGI. Binds to loopback unless told otherwise. */
export async function createSandbox(options: SandboxOptions): Promise<Sandbox> {
  const gateway = await FregiGateway.open(options);
  const latencyMs = options.latencyMs ?? 0;
  const server = createServer((request, response) => {
    answer(gateway, latencyMs, request, response).catch((error: unknown) => {
      const status = error instanceof BadRequest ? 400 : 500;
      if (!response.headersSent) response.writeHead(status, { 'content-type': 'text/plain' });
      response.end(error instanceof BadRequest ? error.message : 'Internal Server Error');
    });
  });
  const host = options.host ?? '127.0.0.1';
  const port = await listen(server, options.port ?? 0, host).catch(async (error: unknown) => {
    await gateway.close();
    throw error;
  });
  const timer = await transmitDaily(gateway);
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    gateway,
    async close() {
      clearInterval(timer);
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await gateway.close();
    },
  };
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
}

/** Looks after the daily transmission; a disk that fails then shows itself at the next command. */
async function transmitDaily(gateway: FregiGateway): Promise<NodeJS.Timeout> {
  await gateway.transmitWhatIsDue();
  const look = () => void gateway.transmitWhatIsDue().catch(() => {});
  return setInterval(look, TRANSMISSION_LOOK_MS).unref();
}

async function answer(
  gateway: FregiGateway,
  latencyMs: number,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://sandbox');
  const body = await readBody(request);
  const [area = '', ...rest] = url.pathname.split('/').filter(Boolean);
  const reads = request.method === 'GET';
  if (area === 'connect' || area === 'connecttest') {
    if (!reads && request.method !== 'POST') throw new BadRequest('GET or POST is wanted');
    if (latencyMs > 0) await new Promise((resolve) => setTimeout(resolve, latencyMs));
    const type = request.headers['content-type'] ?? '';
    if (type.startsWith('multipart/')) throw new BadRequest('multipart is not accepted');
    const form = reads ? url.search.slice(1) : body.toString('latin1');
    return connect(gateway, rest.join('/'), parseParameters(form), request, response);
  }
  if (area === 'sandbox' && !reads && !isSameOrigin(request)) {
    response.writeHead(403, { 'content-type': 'text/plain', 'x-sandbox': '1' });
    response.end('another site may not do this');
    return;
  }
  if (area === 'sandbox' && rest[0] === 'v1') {
    const path = rest.slice(1);
    const method = request.method ?? 'GET';
    const { status, body: said } = await answerApi(gateway, {
      ...{ method, path, query: url.searchParams, body: parseJson(body) },
    });
    response.writeHead(status, { 'content-type': 'application/json', 'x-sandbox': '1' });
    response.end(`${JSON.stringify(said)}\n`);
    return;
  }
  if (area === 'sandbox' && rest[0] === 'console') {
    return answerConsole(gateway, url, body, request, response);
  }
  response.writeHead(302, { location: '/sandbox/console' });
  response.end();
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    if (length > BODY_BYTES_MAX) throw new BadRequest('the request is too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function parseJson(body: Buffer): unknown {
  if (body.length === 0) return null;
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new BadRequest('the body is not JSON');
  }
}
