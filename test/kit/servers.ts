import { once } from 'node:events';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import {
  type AddressInfo,
  createServer as createTcpServer,
  type Server,
  type Socket,
} from 'node:net';
import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';
import { type Mailbox, openMailbox as openDemoMailbox } from '../../demo/mailbox.ts';
import { createSandbox, type Sandbox, type SandboxOptions } from '../../sandbox/src/index.ts';
import { owned } from './scope.ts';

/** A test's server on loopback. A connection that breaks at either end fails no test. */
export type Listening = {
  readonly port: number;
  /** Stops listening and breaks open connections. The end of the test does the same. */
  close(): Promise<void>;
};

/** Opens a sandbox, in memory unless a directory is given. */
export async function openSandbox(options: SandboxOptions): Promise<Sandbox> {
  const sandbox = await createSandbox(options);
  return { ...sandbox, close: owned(() => sandbox.close()) };
}

/** Opens a mailbox that takes every mail by real SMTP, on a free port unless one is given. */
export async function openMailbox(port = 0): Promise<Mailbox> {
  const mailbox = await openDemoMailbox({ smtp: port, page: 0 });
  return { ...mailbox, close: owned(() => mailbox.close()) };
}

/** Opens an HTTP server that answers with the test's function. */
export function listenHttp(answer: RequestListener, port = 0): Promise<Listening> {
  return listen(createHttpServer(answer), port);
}

/** Opens a TCP server; the test's function handles each connection. */
export function listenTcp(onConnection: (socket: Socket) => void, port = 0): Promise<Listening> {
  return listen(createTcpServer(onConnection), port);
}

/** Opens an SMTP server that keeps each mail as it was sent, with its head. */
export async function listenSmtp(): Promise<{ readonly url: string; readonly mails: string[] }> {
  const mails: string[] = [];
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    logger: false,
    onData(stream, _session, done) {
      text(stream).then((mail) => {
        mails.push(mail);
        done();
      }, done);
    },
  });
  smtp.on('error', () => {});
  const { port } = await listen(smtp.server, 0);
  return { url: `smtp://127.0.0.1:${port}`, mails };
}

async function listen(server: Server, port: number): Promise<Listening> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening'); // rejects if it cannot listen
  server.on('error', () => {});
  return {
    port: (server.address() as AddressInfo).port,
    close: owned(() => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(resolve));
    }),
  };
}
