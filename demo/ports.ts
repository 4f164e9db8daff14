import { createServer } from 'node:net';

/** Resolves to a port that nobody listens on at this moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** Returns the ports of the demo's parts, side by side from the port of the screens on. */
export function portsFrom(renkei: number) {
  return { renkei, sandbox: renkei + 1, smtp: renkei + 2, mailbox: renkei + 3 };
}
