import { expect, test } from 'vitest';
import { listenSmtp } from '../../../test/kit/servers.ts';
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
  post.close();
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
  post.close();
});
