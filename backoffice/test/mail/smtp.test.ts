import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';
import { expect, test } from 'vitest';
import { createSmtp } from '../../src/mail/smtp.ts';

test('F38: a mail is dated by the time that it is given, and not by this machine’s clock', async () => {
  const received: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    logger: false,
    onData(stream, _session, done) {
      void text(stream).then((mail) => {
        received.push(mail);
        done();
      });
    },
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  const post = createSmtp({
    smtpUrl: `smtp://127.0.0.1:${port}`,
    from: 'shop@example.jp',
    now: () => Date.UTC(2027, 0, 1, 23, 30, 15),
  });
  const due = { id: 7, shopId: 'hanamichi', orderNumber: null, kind: 'thanks' } as const;
  const made = { recipient: null, occasion: '', subject: null, body: null, tries: 1 };
  const words = { subject: 'こんにちは', body: 'お元気ですか', withheld: null };
  const to = { shopName: '花道文具店', to: ['hanako@example.jp'], copyTo: [] };
  expect(await post.send({ ...due, ...made }, { ...words, ...to })).toEqual({ kind: 'sent' });
  expect(received).toHaveLength(1);
  expect(received[0]).toMatch(/^Date: Fri, 01 Jan 2027 23:30:15 \+0000\r?$/m);
  post.close();
  await new Promise<void>((resolve) => server.close(() => resolve()));
});
