import { createServer, type Server } from 'node:http';
import { FregiGateway, type GatewayOptions } from './gateway.ts';
import { answer } from './site.ts';
import { BadRequest } from './wire/form.ts';

export type { SandboxShop } from './shops.ts';

export type SandboxOptions = GatewayOptions & {
  /** 0 takes a free port. */
  readonly port?: number;
  readonly host?: string;
  /** Added to every answer of a CGI, in milliseconds. */
  readonly latencyMs?: number;
};

/** A running sandbox. `gateway` is its inside, for tests: the ledger is the oracle. */
export type Sandbox = {
  readonly url: string;
  readonly gateway: FregiGateway;
  close(): Promise<void>;
};

const TRANSMISSION_LOOK_MS = 5_000;

/** Starts a local F-REGI. Binds to loopback unless the options name another host. */
export async function createSandbox(options: SandboxOptions): Promise<Sandbox> {
  const gateway = await FregiGateway.open(options);
  const latencyMs = options.latencyMs ?? 0;
  const server = createServer((request, response) => {
    answer(gateway, latencyMs, request, response).catch((error: unknown) => {
      const status = error instanceof BadRequest ? 400 : 500;
      if (!response.headersSent)
        response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' });
      response.end(error instanceof BadRequest ? `${error.message}\n` : 'Internal Server Error\n');
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

/** Runs the daily transmission. A disk that fails meanwhile shows itself at the next command. */
async function transmitDaily(gateway: FregiGateway): Promise<NodeJS.Timeout> {
  await gateway.transmitWhatIsDue();
  const look = () => void gateway.transmitWhatIsDue().catch(() => {});
  return setInterval(look, TRANSMISSION_LOOK_MS).unref();
}
