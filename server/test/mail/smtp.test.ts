import { describe, expect, test } from 'vitest';
import { listenSmtp, listenTcp } from '../../../test/kit/servers.ts';
import { createSmtp } from '../../src/mail/smtp.ts';

test('F38: a mail has the given time, and not this machine’s clock', async () => {
  const { url: smtpUrl, mails } = await listenSmtp();
  const post = createSmtp({
    smtpUrl,
    from: 'shop@example.jp',
    now: () => Date.UTC(2027, 0, 1, 23, 30, 15),
  });
  const due = { id: 7, shopId: 'hanamichi', orderNumber: null, kind: 'thanks' } as const;
  const made = { recipient: null, occasion: '', subject: null, body: null, tries: 1 };
  const words = { subject: 'こんにちは', body: 'お元気ですか', withheld: null };
  const to = { shopName: '花道文具店', to: ['hanako@example.jp'], copyTo: [] };
  expect(await post.send({ ...due, ...made }, { ...words, ...to })).toEqual({ kind: 'sent' });
  expect(mails).toHaveLength(1);
  expect(mails[0]).toMatch(/^Date: Fri, 01 Jan 2027 23:30:15 \+0000\r?$/m);
});

test('ASVS 12.3.1, S15: a mail to a server that offers no encryption does not leave, nor does the password', async () => {
  const { url, mails } = await listenSmtp();
  const smtpUrl = url.replace('://', '://shop:secret@');
  const post = createSmtp({ smtpUrl, from: 'shop@example.jp', now: Date.now, isTlsRequired: true });
  const due = { id: 8, shopId: 'hanamichi', orderNumber: null, kind: 'thanks' } as const;
  const made = { recipient: null, occasion: '', subject: null, body: null, tries: 1 };
  const words = { subject: 'こんにちは', body: 'お元気ですか', withheld: null };
  const to = { shopName: '花道文具店', to: ['hanako@example.jp'], copyTo: [] };
  const posted = await post.send({ ...due, ...made }, { ...words, ...to });
  expect(posted.kind).toBe('later');
  expect(mails).toEqual([]);
});

describe('the outcome of a mail that was not accepted', () => {
  const due = { id: 9, shopId: 'hanamichi', orderNumber: null, kind: 'thanks' } as const;
  const made = { recipient: null, occasion: '', subject: null, body: null, tries: 1 };
  const words = { subject: 'こんにちは', body: 'お元気ですか', withheld: null };
  const send = (smtpUrl: string, to: string) =>
    createSmtp({ smtpUrl, from: 'shop@example.jp', now: Date.now }).send(
      { ...due, ...made },
      { ...words, shopName: '花道文具店', to: [to], copyTo: [] },
    );

  test.each(['なし', '-', 'taro', 'taro@exam ple.jp', 'taro@example.jp\nbcc: x@example.jp'])(
    'F14: %j is no address, so that nothing was sent: failed, and never unknown',
    async (address) => {
      const { url, mails } = await listenSmtp();
      expect((await send(url, address)).kind).toBe('refused');
      expect(mails).toEqual([]);
    },
  );

  test.each(['foo..bar@docomo.ne.jp', 'foo.@docomo.ne.jp', '.foo@docomo.ne.jp'])(
    'an address of a phone company goes out: %s',
    async (address) => {
      const { url, mails } = await listenSmtp();
      expect(await send(url, address)).toEqual({ kind: 'sent' });
      expect(mails).toHaveLength(1);
    },
  );

  test.each([
    ['greeting', 'later'],
    ['EHLO', 'later'],
    ['MAIL', 'later'],
    ['RCPT', 'later'],
    ['DATA', 'unknown'],
    ['text', 'unknown'],
  ] as const)(
    'F14: a connection that breaks at %s is %s: only after DATA can the text have left',
    async (at, kind) => {
      expect((await send(await listenUntil(at), 'taro@example.jp')).kind).toBe(kind);
    },
  );
});

/** A mail server that hangs up when it hears a command, or a line of the text. */
async function listenUntil(at: string): Promise<string> {
  const { port } = await listenTcp((socket) => {
    if (at === 'greeting') return socket.destroy();
    socket.write('220 mail\r\n');
    let isText = false;
    socket.on('data', (heard) => {
      for (const line of heard.toString().split('\r\n')) {
        if (line === '') continue;
        if (isText ? at === 'text' : line.startsWith(at)) return socket.destroy();
        isText ||= line === 'DATA';
        socket.write(isText ? '354 go on\r\n' : '250 yes\r\n');
      }
    });
  });
  return `smtp://127.0.0.1:${port}`;
}
