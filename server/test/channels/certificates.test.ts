import { keysOf } from '@renkei/core/domain/order/states.ts';
import { yen } from '@renkei/core/domain/values/yen.ts';
import type { Ask } from '@renkei/core/turns/asks.ts';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Certificates, makeCertificates } from '../../../test/kit/certificates.ts';
import { createTestDatabase } from '../../../test/kit/databases.ts';
import { lineTo } from '../../../test/kit/fregi-line.ts';
import { connect } from '../../../test/kit/postgres.ts';
import { listenHttps, listenPostgresTls, listenSmtp } from '../../../test/kit/servers.ts';
import { readConfig } from '../../src/config.ts';
import { createFregiGateway } from '../../src/fregi/client.ts';
import { createSmtp } from '../../src/mail/smtp.ts';

/**
 * S15: a channel with a wrong certificate carries nothing, over real TLS sockets. Each channel is
 * first proved with a right certificate, so that a refusal is about the certificate.
 */
let certificates: Certificates;
beforeAll(async () => {
  certificates = await makeCertificates();
});

const WRONG = {
  expired: /expired/i,
  otherName: /does not match|altnames/i,
  unknownCa: /self-signed|unable to (get|verify)/i,
} as const;
const WRONGS = keysOf(WRONG);

describe('mails', () => {
  const due = { id: 7, shopId: 'hanamichi', orderNumber: null, kind: 'thanks' } as const;
  const made = { recipient: null, occasion: '', tries: 1, withheld: null };
  const words = { subject: 'こんにちは', body: 'お元気ですか' };
  const to = { shopName: '花道文具店', to: ['hanako@example.jp'], copyTo: [] };

  async function sendThrough(scheme: 'smtp' | 'smtps', kind: keyof Certificates) {
    const server = await listenSmtp({ certificate: certificates[kind], scheme });
    const smtpUrl = server.url.replace('://', '://shop:secret@');
    // As to a mail server on another machine: encrypted, or not at all.
    const post = createSmtp({ smtpUrl, from: 'a@example.jp', now: Date.now, isTlsRequired: true });
    const posted = await post.send(
      { ...due, ...made, ...words },
      { ...words, ...to, withheld: null },
    );
    return { posted, ...server };
  }

  test.each(['smtp', 'smtps'] as const)(
    'ASVS 12.3.2: a mail leaves by %s to the right certificate',
    async (scheme) => {
      const { posted, mails, passwords } = await sendThrough(scheme, 'good');
      expect(posted).toEqual({ kind: 'sent' });
      expect([mails.length, passwords]).toEqual([1, ['secret']]);
    },
  );

  describe.each(['smtp', 'smtps'] as const)('%s', (scheme) => {
    test.each(WRONGS)(
      'ASVS 12.3.2: neither mail nor password leaves to a certificate that is %s, and the mail waits',
      async (kind) => {
        const { posted, mails, passwords } = await sendThrough(scheme, kind);
        expect(posted).toEqual({ kind: 'later', error: expect.stringMatching(WRONG[kind]) });
        expect([mails, passwords]).toEqual([[], []]);
      },
    );
  });
});

describe('F-REGI', () => {
  const ASK: Ask = {
    shopId: 'hanamichi',
    verb: 'capture',
    seqno: '00000000000000002954',
    authCode: null,
    slipId: '100000394011',
    amount: yen(9_115),
    card: null,
  };

  async function askUnder(kind: keyof Certificates) {
    const seen: string[] = [];
    const { port } = await listenHttps(certificates[kind], (request, response) => {
      seen.push(request.url ?? '');
      response.end('OK\n');
    });
    const baseUrl = `https://localhost:${port}/connect/`;
    const inquiryUrl = `https://localhost:${port}/inquiry`;
    const gateway = createFregiGateway({
      line: lineTo({ fregiShopId: '90001', baseUrl, inquiryUrl }),
      callMs: 5_000,
      queueMs: 500,
    });
    const answer = await gateway.ask(ASK);
    const looked = await gateway.inquire({ shopId: 'hanamichi', slipId: '100000394011' });
    return { answer, looked, seen };
  }

  test('ASVS 12.3.2: a call reaches the right certificate', async () => {
    const { answer, seen } = await askUnder('good');
    expect(answer.kind).not.toBe('unsent');
    expect(seen).toHaveLength(2);
  });

  test.each(WRONGS)(
    'ASVS 12.3.2: no byte of a call leaves to a certificate that is %s, so the ask is unsent',
    async (kind) => {
      const { answer, looked, seen } = await askUnder(kind);
      expect(answer).toEqual({ kind: 'unsent', cause: expect.stringMatching(WRONG[kind]) });
      expect(looked).toEqual({ kind: 'failed', cause: expect.stringMatching(WRONG[kind]) });
      expect(seen).toEqual([]);
    },
  );
});

describe('PostgreSQL', () => {
  /** The URL as production demands it for a database on another machine. */
  async function urlUnder(kind: keyof Certificates): Promise<string> {
    const { url } = await createTestDatabase();
    const { port } = await listenPostgresTls(certificates[kind], new URL(url));
    const secure = new URL(url);
    secure.host = `localhost:${port}`;
    secure.searchParams.set('sslmode', 'verify-full');
    return secure.href;
  }

  test('ASVS 12.3.2: the right certificate lets the server in', async () => {
    const db = connect(await urlUnder('good'), { max: 1 });
    expect((await db.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  });

  test.each(WRONGS)('ASVS 12.3.2: a certificate that is %s is refused', async (kind) => {
    const db = connect(await urlUnder(kind), { max: 1 });
    await expect(db.query('select 1 as one')).rejects.toThrow(WRONG[kind]);
  });

  test('ASVS 12.3.2: production does not start with less than verify-full to another machine', () => {
    const production = {
      NODE_ENV: 'production',
      PUBLIC_URL: 'https://renkei.example.jp',
      TRUSTED_PROXIES: 'none',
    };
    const url = 'postgres://renkei@db.example.jp/renkei';
    for (const weaker of ['', '?sslmode=require', '?sslmode=prefer', '?sslmode=no-verify']) {
      const environment = { ...production, DATABASE_URL: `${url}${weaker}` };
      expect(() => readConfig(environment), weaker).toThrow('sslmode=verify-full');
    }
    readConfig({ ...production, DATABASE_URL: `${url}?sslmode=verify-full` });
    for (const key of ['rejectUnauthorized', 'ignoreTLS']) {
      const SMTP_URL = `smtps://mail.example.jp?tls.${key}=false`;
      expect(() => readConfig({ ...production, MAIL_FROM: 'a@example.jp', SMTP_URL })).toThrow(
        'must not switch off',
      );
    }
  });
});
