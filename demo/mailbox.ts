import { createServer } from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** The demo's mailbox: takes every mail over real SMTP, delivers none, and shows them on a page. */
export type Mailbox = {
  readonly smtpUrl: string;
  readonly pageUrl: string;
  readonly mails: readonly ReceivedMail[];
  close(): Promise<void>;
};

export type ReceivedMail = {
  readonly receivedAt: Date;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
};

const MAILS_MAX = 500;

export async function openMailbox(ports: {
  readonly smtp: number;
  readonly page: number;
}): Promise<Mailbox> {
  const mails: ReceivedMail[] = [];
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    lenientAddressParsing: true, // a..b@docomo.ne.jp is an address, whatever RFC 5321 says
    logger: false,
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const [first] = session.envelope.rcptTo;
        mails.unshift(
          readMail(
            Buffer.concat(chunks).toString('utf8'),
            (first?.address ?? '').replace(/^"(.*)"@/, '$1@'),
          ),
        );
        mails.length = Math.min(mails.length, MAILS_MAX);
        done();
      });
    },
  });
  smtp.on('error', () => {}); // a sender that hangs up in the middle of a mail sends it again
  const page = createServer((request, response) => {
    const wantsJson = request.url === '/mails.json';
    response.writeHead(200, {
      'content-type': wantsJson ? 'application/json; charset=utf-8' : 'text/html; charset=utf-8',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
    });
    response.end(wantsJson ? JSON.stringify(mails) : renderPage(mails));
  });
  await listen(smtp.server, ports.smtp);
  await listen(page, ports.page);
  return {
    smtpUrl: `smtp://127.0.0.1:${portOf(smtp.server)}`,
    pageUrl: `http://127.0.0.1:${portOf(page)}/`,
    mails,
    async close() {
      page.closeAllConnections();
      await Promise.all([
        new Promise((resolve) => page.close(resolve)),
        new Promise<void>((resolve) => smtp.close(() => resolve())),
      ]);
    },
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

/** Reads a mail of our own sender: one text part, its subject in encoded words. */
function readMail(raw: string, to: string): ReceivedMail {
  const [head = '', ...rest] = raw.split(/\r?\n\r?\n/);
  const headers = head.replace(/\r?\n[ \t]+/g, ' ');
  const subject = /^Subject: (.*)$/im.exec(headers)?.[1] ?? '';
  const encoding = /^Content-Transfer-Encoding: (.*)$/im.exec(headers)?.[1]?.trim().toLowerCase();
  const body = rest.join('\n\n');
  const text = encoding === 'base64' ? Buffer.from(body, 'base64').toString('utf8') : body;
  return { receivedAt: new Date(), to, subject: decodeWords(subject), text };
}

/** RFC 2047: neighbouring encoded words are one text, and a cut may lie within a character. */
function decodeWords(text: string): string {
  return text.replace(/(=\?utf-8\?[bq]\?[^?]*\?=)(\s+=\?utf-8\?[bq]\?[^?]*\?=)*/gi, (words) => {
    const parts = [...words.matchAll(/=\?utf-8\?([bq])\?([^?]*)\?=/gi)];
    const bytes = parts.map(([, kind = '', data = '']) =>
      kind.toLowerCase() === 'b' ? Buffer.from(data, 'base64') : decodeQ(data),
    );
    return Buffer.concat(bytes).toString('utf8');
  });
}

function decodeQ(data: string): Buffer {
  const latin = data
    .replaceAll('_', ' ')
    .replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(latin, 'latin1');
}

function renderPage(mails: readonly ReceivedMail[]): string {
  const items = mails.map(
    ({ receivedAt, to, subject, text }) =>
      `<article><h2>${escapeHtml(subject)}</h2>
       <p>${escapeHtml(to)} ・ ${receivedAt.toLocaleString('ja-JP', { timeZone: 'Asia/Tokyo' })}</p>
       <pre>${escapeHtml(text)}</pre></article>`,
  );
  const none = '<p>まだメールはありません。入金済にすると、入金確認メールがここに届きます。</p>';
  return `<!doctype html><html lang="ja"><meta charset="utf-8"><title>デモのメールボックス</title>
<style>${STYLE}</style><h1>デモのメールボックス</h1>
<p>Renkei が送信したメールです。お客様には届きません。${mails.length}件</p>
${items.join('\n') || none}</html>`;
}

const STYLE = `body{font:16px/1.7 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;
  color-scheme:light dark}
article{border:1px solid #8886;border-radius:8px;padding:1rem;margin:1rem 0}
h1{font-size:1.4rem} h2{font-size:1rem;margin:0} article p{margin:0;opacity:.7;font-size:.85rem}
pre{white-space:pre-wrap;font:inherit;margin:.8rem 0 0}`;

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
