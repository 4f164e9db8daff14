import { createTransport } from 'nodemailer';
import type { OrderEvent } from '../domain/events.ts';
import type { MailKind } from '../domain/mail-kinds.ts';
import type { Instant } from '../domain/order.ts';
import { write } from '../operations/page.ts';
import { type Db, transaction } from '../store/db.ts';
import { turnOn } from '../store/pg-store.ts';
import { loadShop } from '../store/shops.ts';
import { composeMail, type Mail } from './compose.ts';

/**
 * Sends what the outbox holds. A mail was written there in the transaction of the event that asks
 * for it, so it is never sent for something that did not happen, and never forgotten. Like a call
 * to F-REGI, a mail whose fate is not known is said to be unknown, and not sent again by itself.
 */
export type Outbox = {
  /** Sends everything that is due; resolves to how many were tried. */
  sweep(): Promise<number>;
  open(everyMs?: number): void;
  close(): Promise<void>;
};

export type OutboxOptions = {
  readonly db: Db;
  readonly smtpUrl: string;
  /** The sender's address; the shop's name stands before it. */
  readonly from: string;
  readonly onError: (error: unknown) => void;
};

const BATCH = 20;
const TRIES_MAX = 8;
const SMTP_MS = 30_000;

export function createOutbox({ db, smtpUrl, from, onError }: OutboxOptions): Outbox {
  const transport = createTransport(
    { url: smtpUrl, connectionTimeout: 10_000, socketTimeout: SMTP_MS, greetingTimeout: 10_000 },
    { from },
  );
  let closed = false;
  let timer: NodeJS.Timeout | undefined;
  let underway: Promise<unknown> = Promise.resolve();

  async function send(row: DueMail): Promise<void> {
    const mail = await prepare(db, row);
    if (mail.withheld !== null) {
      const state = mail.withheld === 'no_address' ? 'failed' : 'withheld';
      return settle(db, row, { state, error: mail.withheld });
    }
    const { to, copyTo, subject, body: text } = mail;
    await db.query(
      'update mails set recipient = $2, copy_to = $3, subject = $4, body = $5 where id = $1',
      [row.id, to.join(', '), copyTo, subject, text],
    );
    const sender = { name: mail.shopName, address: from };
    const headers = { 'Auto-Submitted': 'auto-generated' };
    const messageId = `<${row.shopId}.${row.orderNumber ?? row.kind}.${row.id}@renkei>`;
    const outgoing = { from: sender, to: [...to], bcc: [...copyTo], subject, text, headers };
    const outcome = await transport
      .sendMail({ ...outgoing, messageId, textEncoding: 'base64' })
      .then((): Outcome => ({ state: 'sent' }))
      .catch((error: unknown) => readFailure(error, row.tries));
    await settle(db, row, outcome);
  }

  async function sweep(): Promise<number> {
    await giveUpLost(db);
    const due = await claim(db);
    await Promise.all(due.map((row) => send(row).catch(onError)));
    return due.length;
  }

  return {
    sweep,
    open(everyMs = 1_000) {
      const again = async () => {
        if (closed) return;
        const sweeping = sweep().catch(onError);
        underway = sweeping;
        const sent = (await sweeping) ?? 0;
        if (!closed) timer = setTimeout(again, sent === BATCH ? 0 : everyMs);
      };
      void again();
    },
    async close() {
      closed = true;
      clearTimeout(timer);
      await underway;
      transport.close();
    },
  };
}

/** The daily digest, and the test of a template: written when it is queued. */
type OwnKind = 'attention_digest' | 'template_test';

type DueMail = {
  readonly id: number;
  readonly shopId: string;
  /** Null for what goes to the shop's own people, and is about no order. */
  readonly orderNumber: string | null;
  readonly kind: MailKind | OwnKind;
  readonly recipient: string | null;
  readonly occasion: string;
  /** The words of a mail that was sent by hand; null where they are still to be written. */
  readonly subject: string | null;
  readonly body: string | null;
  readonly tries: number;
};

/** Takes mails that are due; no other process takes them while they are being sent. */
async function claim(db: Db): Promise<DueMail[]> {
  const { rows } = await db.query<DueMail>(
    `update mails set state = 'sending', tries = tries + 1, due_at = now() + interval '5 minutes'
      where id in (select id from mails where state = 'queued' and due_at <= now()
                    order by due_at limit $1 for update skip locked)
      returning id, shop_id as "shopId", order_number as "orderNumber", kind, occasion, tries,
        recipient, case when composed then subject end as subject, case when composed then body end as body`,
    [BATCH],
  );
  return rows;
}

/** Whoever was sending these is gone: they may have been sent, or not. */
async function giveUpLost(db: Db): Promise<void> {
  await db.query(
    `update mails set state = 'unknown', error = 'the sender ended while sending'
      where state = 'sending' and due_at <= now()`,
  );
}

/** The mail as it is to be sent now; one that was written by hand keeps its words. */
async function prepare(db: Db, row: DueMail): Promise<Mail> {
  const { orderNumber, kind, shopId, occasion } = row;
  if (orderNumber === null || isOwn(kind)) return prepareOwn(db, row);
  const mail = await composeMail(db, { shopId, orderNumber }, { kind, occasion });
  if (mail === null) throw new Error(`mail ${row.id} has no order`);
  const { subject, body } = row;
  return subject === null || body === null ? mail : { ...mail, subject, body };
}

function isOwn(kind: MailKind | OwnKind): kind is OwnKind {
  return kind === 'attention_digest' || kind === 'template_test';
}

/** It goes as it is to the person it was written for. */
async function prepareOwn(db: Db, row: DueMail): Promise<Mail> {
  const { shopId, recipient, subject, body } = row;
  const shop = await loadShop(db, shopId);
  if (shop === null || recipient === null || subject === null || body === null) {
    throw new Error(`mail ${row.id} is no digest`);
  }
  return { shopName: shop.name, to: [recipient], copyTo: [], subject, body, withheld: null };
}

type Outcome =
  | { readonly state: 'sent' }
  | { readonly state: 'failed' | 'unknown' | 'withheld'; readonly error: string }
  | { readonly state: 'queued'; readonly error: string; readonly afterMs: number };

/**
 * What an SMTP error means. Refused for good: failed. Refused for now, or never connected: later.
 * Broken off once the text was underway: nobody knows.
 */
function readFailure(error: unknown, tries: number): Outcome {
  const { message, responseCode, code, command } = error as Error & {
    readonly responseCode?: number;
    readonly code?: string;
    readonly command?: string;
  };
  if (responseCode !== undefined && responseCode >= 500) return { state: 'failed', error: message };
  const refusedForNow = responseCode !== undefined;
  const neverBegan = command === 'CONN' && code !== 'ETIMEDOUT';
  if (!refusedForNow && !neverBegan && command !== 'AUTH' && code !== 'EDNS') {
    return { state: 'unknown', error: message };
  }
  if (tries >= TRIES_MAX) return { state: 'failed', error: message };
  return { state: 'queued', error: message, afterMs: 5_000 * 2 ** tries };
}

function sentOf(kind: MailKind, at: Instant): OrderEvent {
  return kind === 'payment_confirmation'
    ? { kind: 'payment_mail_sent', at }
    : { kind: 'mail_sent', mail: kind, at };
}

/** Writes what became of a mail; a sent one counts on its order, in the same transaction (C8). */
async function settle(db: Db, row: DueMail, outcome: Outcome): Promise<void> {
  await transaction(db, async (client) => {
    const { shopId, orderNumber, kind } = row;
    if (outcome.state === 'sent' && orderNumber !== null && !isOwn(kind)) {
      const ref = { shopId, orderNumber };
      await turnOn(client, ref, (page) => ({ page: write(page, sentOf(kind, page.now)) }));
    }
    await client.query(
      `update mails set state = $2, error = $3, due_at = now() + $4 * interval '1 millisecond',
         sent_at = case when $2 = 'sent' then now() end
        where id = $1`,
      [
        ...[row.id, outcome.state, 'error' in outcome ? outcome.error : null],
        'afterMs' in outcome ? outcome.afterMs : 0,
      ],
    );
  });
}
