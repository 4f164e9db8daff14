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

/** Mail over SMTP, one connection for each mail. */
export function createSmtp({ smtpUrl, from, now, isTlsRequired }: SmtpOptions): Post {
  const server = {
    url: smtpUrl,
    requireTLS: isTlsRequired ?? !isThisMachine(new URL(smtpUrl).hostname),
    connectionTimeout: 10_000,
    socketTimeout: SMTP_MS,
    greetingTimeout: 10_000,
  };
  return {
    async send({ id, shopId, orderNumber, kind }, { shopName, to, copyTo, subject, body: text }) {
      const watch = new Watch();
      const { hear } = watch;
      const logger = {
        trace: hear,
        debug: hear,
        info: hear,
        warn: hear,
        error: hear,
        fatal: hear,
      };
      const transport = createTransport({ ...server, transactionLog: true, logger }, { from });
      const outgoing = {
        from: { name: shopName, address: from },
        to: asAddresses(to),
        bcc: asAddresses(copyTo),
        subject,
        text,
        headers: { 'Auto-Submitted': 'auto-generated' },
        messageId: `<${shopId}.${orderNumber ?? kind}.${id}@renkei>`,
        date: new Date(now()),
        textEncoding: 'base64' as const,
      };
      return transport
        .sendMail(outgoing)
        .then((): Posted => ({ kind: 'sent' }))
        .catch((failure: unknown) => readFailure(failure, watch.hasBegun))
        .finally(() => transport.close());
    },
  };
}

/** Nodemailer reads a text as a list of addresses; an address is one. */
function asAddresses(texts: readonly string[]) {
  return texts.map((address) => ({ name: '', address }));
}

/**
 * Watches one conversation for the command after which the text leaves. No error of nodemailer tells
 * whether it was given: a connection that breaks has the same code before and after.
 */
class Watch {
  #hasBegun = false;

  get hasBegun(): boolean {
    return this.#hasBegun;
  }

  readonly hear = (entry: unknown, said?: unknown): void => {
    if (isOfClient(entry) && said === 'DATA') this.#hasBegun = true;
  };
}

function isOfClient(entry: unknown): boolean {
  return typeof entry === 'object' && entry !== null && 'tnx' in entry && entry.tnx === 'client';
}

/** Found before anything leaves: an envelope or a text that no server would take. */
const NEVER_LEAVES = new Set(['EENVELOPE', 'EMESSAGE']);

/**
 * Reads an SMTP error. `refused`: for good. `later`: refused for now, or the connection broke before
 * the text began to leave. `unknown`: it broke after that, and nobody knows whether it arrived.
 */
function readFailure(failure: unknown, hasBegun: boolean): Posted {
  const { message, responseCode, code } = failure as Error & {
    readonly responseCode?: number;
    readonly code?: string;
  };
  const error = message;
  if (code === 'ETLS') return { kind: 'later', error }; // no encryption today
  if (responseCode !== undefined) return { kind: responseCode >= 500 ? 'refused' : 'later', error };
  if (hasBegun) return { kind: 'unknown', error };
  return { kind: NEVER_LEAVES.has(code ?? '') ? 'refused' : 'later', error };
}
