import { once } from 'node:events';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import {
  type AddressInfo,
  connect,
  createServer as createTcpServer,
  type Server,
  type Socket,
} from 'node:net';
import { text } from 'node:stream/consumers';
import { createServer as createTlsServer } from 'node:tls';
import { SMTPServer } from 'smtp-server';
import { type Mailbox, openMailbox as openDemoMailbox } from '../../demo/mailbox.ts';
import { createSandbox, type Sandbox, type SandboxOptions } from '../../sandbox/src/index.ts';
import type { Certificate } from './certificates.ts';
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

/** Opens an HTTPS server under a certificate, which answers with the test's function. */
export function listenHttps(certificate: Certificate, answer: RequestListener): Promise<Listening> {
  return listen(createHttpsServer(certificate, answer), 0);
}

/**
 * Opens a server that speaks TLS before a PostgreSQL, as PostgreSQL does: the client asks for it,
 * and all bytes go on to the real one at `to`.
 */
export function listenPostgresTls(certificate: Certificate, to: URL): Promise<Listening> {
  const secured = createTlsServer(certificate, (client) => {
    const behind = connect(Number(to.port), to.hostname);
    client.on('error', () => behind.destroy());
    behind.on('error', () => client.destroy());
    client.pipe(behind).pipe(client);
  });
  secured.on('tlsClientError', () => {});
  return listenTcp((socket) => {
    socket.once('data', () => {
      socket.write('S'); // to an SSLRequest: go on with TLS
      secured.emit('connection', socket);
    });
  });
}

/**
 * Opens an SMTP server that keeps each mail as it was sent, with its head. With a certificate it
 * takes a mail and a password after STARTTLS only, or speaks TLS from the first byte (`smtps`).
 */
export async function listenSmtp(
  encrypted: { readonly certificate: Certificate; readonly scheme: 'smtp' | 'smtps' } | null = null,
): Promise<{ readonly url: string; readonly mails: string[]; readonly passwords: string[] }> {
  const mails: string[] = [];
  const passwords: string[] = [];
  const smtp = new SMTPServer({
    authOptional: true,
    lenientAddressParsing: true,
    ...(encrypted === null
      ? { disabledCommands: ['STARTTLS', 'AUTH'] }
      : { secure: encrypted.scheme === 'smtps', ...encrypted.certificate }),
    onAuth({ username, password }, _session, done) {
      passwords.push(password ?? '');
      done(null, { user: username ?? '' });
    },
    logger: false,
    onData(stream, _session, done) {
      text(stream).then((mail) => {
        mails.push(mail);
        done();
      }, done);
    },
  });
  smtp.on('error', () => {});
  const { port } = await listen(smtp.server, 0, encrypted !== null);
  const url =
    encrypted === null ? `smtp://127.0.0.1:${port}` : `${encrypted.scheme}://localhost:${port}`;
  return { url, mails, passwords };
}

async function listen(server: Server, port: number, handsOver = false): Promise<Listening> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    socket.on('error', () => {});
    // STARTTLS hands the socket over; Node 24 crashes if it is destroyed from here then.
    if (handsOver) return;
    sockets.add(socket);
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
