import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { answerApi } from './api.ts';
import { connect } from './connect.ts';
import { answerConsole } from './console.ts';
import { FregiGateway, type SandboxShop } from './gateway.ts';
import { BadRequest, parseParameters } from './wire.ts';

export type { SandboxShop } from './gateway.ts';

export type SandboxOptions = {
  /** 0 takes a free one. */
  readonly port?: number;
  readonly host?: string;
  /** Where the ledger is kept; null keeps it in memory. */
  readonly directory: string | null;
  readonly shops: readonly SandboxShop[];
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
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, host, resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://${host}:${port}`,
    gateway,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await gateway.close();
    },
  };
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
  if (area === 'connect' || area === 'connecttest') {
    if (latencyMs > 0) await new Promise((resolve) => setTimeout(resolve, latencyMs));
    const type = request.headers['content-type'] ?? '';
    if (type.startsWith('multipart/')) throw new BadRequest('multipart is not accepted');
    const form = request.method === 'POST' ? body.toString('latin1') : url.search.slice(1);
    return connect(gateway, rest.join('/'), parseParameters(form), request, response);
  }
  if (area === 'sandbox' && rest[0] === 'v1') {
    const path = rest.slice(1).map(decodeURIComponent);
    const method = request.method ?? 'GET';
    const parsed = parseJson(body);
    const { status, body: said } = await answerApi(gateway, {
      ...{ method, path, query: url.searchParams, body: parsed },
    });
    response.writeHead(status, { 'content-type': 'application/json', 'x-sandbox': '1' });
    response.end(JSON.stringify(said));
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
