import type { Instant } from '@renkei/core/domain/values/jst.ts';
import type { Post, Posted } from '@renkei/core/ports/mails.ts';
import { createTransport } from 'nodemailer';
import { isThisMachine } from '../loopback.ts';

export type SmtpOptions = {
  readonly smtpUrl: string;
  /**
   * True: a mail leaves encrypted or not at all. If absent, true unless the mail server is on this
   * machine: passwords and customers' data do not cross a network in clear.
   */
  readonly isTlsRequired?: boolean;
  /** The sender's address; the shop's name comes before it. */
  readonly from: string;
  /** The database's time, which dates a mail. */
  readonly now: () => Instant;
};

const SMTP_MS = 30_000;

/** Mail over SMTP. */
export function createSmtp({ smtpUrl, from, now, isTlsRequired }: SmtpOptions): Post {
  const transport = createTransport(
    {
      url: smtpUrl,
      requireTLS: isTlsRequired ?? !isThisMachine(new URL(smtpUrl).hostname),
      connectionTimeout: 10_000,
      socketTimeout: SMTP_MS,
      greetingTimeout: 10_000,
    },
    { from },
  );
  return {
    send({ id, shopId, orderNumber, kind }, { shopName, to, copyTo, subject, body: text }) {
      const sender = { name: shopName, address: from };
      const headers = { 'Auto-Submitted': 'auto-generated' };
      const messageId = `<${shopId}.${orderNumber ?? kind}.${id}@renkei>`;
      const date = new Date(now());
      const outgoing = {
        from: sender,
        to: asAddresses(to),
        bcc: asAddresses(copyTo),
        subject,
        text,
        headers,
      };
      return transport
        .sendMail({ ...outgoing, messageId, date, textEncoding: 'base64' })
        .then((): Posted => ({ kind: 'sent' }))
        .catch(readFailure);
    },
    close: () => transport.close(),
  };
}

/** Nodemailer reads a text as a list of addresses; an address is one. */
function asAddresses(texts: readonly string[]) {
  return texts.map((address) => ({ name: '', address }));
}

/**
 * Reads an SMTP error. `refused`: for good. `later`: refused for now, or never connected.
 * `unknown`: broken off after the text had begun to leave.
 */
function readFailure(failure: unknown): Posted {
  const {
    message: error,
    responseCode,
    code,
    command,
  } = failure as Error & {
    readonly responseCode?: number;
    readonly code?: string;
    readonly command?: string;
  };
  if (code === 'ETLS') return { kind: 'later', error }; // no encryption today, and nothing has left
  if (responseCode !== undefined) return { kind: responseCode >= 500 ? 'refused' : 'later', error };
  const neverBegan = command === 'CONN' && code !== 'ETIMEDOUT';
  const isLater = neverBegan || command === 'AUTH' || code === 'EDNS';
  return { kind: isLater ? 'later' : 'unknown', error };
}
