import type { MailKind } from '@renkei/core/domain/mails/mail-kinds.ts';
import type { OrderEvent } from '@renkei/core/domain/order/events.ts';
import type { Instant } from '@renkei/core/domain/values/jst.ts';
import {
  type ComposeMail,
  type DueMail,
  isOwn,
  type Mail,
  type MailOutcome,
  type Mails,
  SENDING_MS,
} from '@renkei/core/ports/mails.ts';
import { write } from '@renkei/core/turns/page.ts';
import { writeAccountNotice } from '../../mail/account-notice-text.ts';
import { findMailedChange } from '../audit/access-log.ts';
import { type Db, transaction } from '../db/db.ts';
import { turnOn } from '../orders/pg-store.ts';
import { loadShop } from '../shops/shops.ts';
import { LATE, MAIL_AGE_MAX_MS } from './late-mails.ts';

/** The mails on PostgreSQL. */
export function createPgMails(
  db: Db,
  compose: ComposeMail,
  ageMaxMs: number = MAIL_AGE_MAX_MS,
): Mails {
  return {
    async giveUpLost() {
      await db.query(
        `update mails set state = 'unknown', error = 'the sender ended while sending'
          where state = 'sending' and due_at <= now()`,
      );
    },
    async claim(limit) {
      const { rows } = await db.query<DueMail>(CLAIM, [ageMaxMs, limit, SENDING_MS]);
      return rows;
    },
    async prepare(mail) {
      const words = await wordsOf(db, compose, mail);
      if (words.withheld !== null) return words;
      const { to, copyTo, subject, body } = words;
      await db.query(
        'update mails set recipient = $2, copy_to = $3, subject = $4, body = $5 where id = $1',
        [mail.id, to.join(', '), copyTo, subject, body],
      );
      return words;
    },
    settle: (mail, outcome) => settle(db, mail, outcome),
  };
}

const CLAIM = `
  update mails set state = 'sending', tries = tries + 1,
    due_at = now() + $3 * interval '1 millisecond'
   where id in (select id from mails where state = 'queued' and due_at <= now() and not ${LATE}
                 order by due_at limit $2 for update skip locked)
   returning id, shop_id as "shopId", order_number as "orderNumber", kind, occasion, tries,
     recipient, case when composed then subject end as subject,
     case when composed then body end as body`;

/** Returns the mail as it goes out now; a mail that a person wrote keeps its words. */
async function wordsOf(db: Db, compose: ComposeMail, mail: DueMail): Promise<Mail> {
  const { orderNumber, kind, shopId, occasion } = mail;
  if (orderNumber === null || isOwn(kind)) return ownWordsOf(db, mail);
  const words = await compose({ shopId, orderNumber }, { kind, occasion });
  if (words === null) throw new Error(`mail ${mail.id} has no order`);
  const { subject, body } = mail;
  return subject === null || body === null ? words : { ...words, subject, body };
}

/** Returns a mail to one of the shop's own people. */
async function ownWordsOf(db: Db, mail: DueMail): Promise<Mail> {
  const { shopId, recipient, subject, body } = mail;
  const shop = await loadShop(db, shopId);
  const words = subject === null || body === null ? await noticeOf(db, mail) : { subject, body };
  if (shop === null || recipient === null || words === null) {
    throw new Error(`mail ${mail.id} has no words`);
  }
  return { shopName: shop.name, to: [recipient], copyTo: [], ...words, withheld: null };
}

/** Writes the words of a mail that the database queued for a change of an account. */
async function noticeOf(db: Db, { kind, shopId, occasion }: DueMail) {
  if (kind !== 'account_notice') return null;
  const change = await findMailedChange(db, shopId, occasion);
  if (change === null) return null;
  const { actor, ...facts } = change;
  return writeAccountNotice({ ...facts, by: actor.name, ip: actor.from?.ip ?? null });
}

async function settle(db: Db, mail: DueMail, outcome: MailOutcome): Promise<void> {
  await transaction(db, async (client) => {
    const { id, shopId, orderNumber, kind, tries } = mail;
    if (outcome.state === 'sent' && orderNumber !== null && !isOwn(kind)) {
      const ref = { shopId, orderNumber };
      await turnOn(client, ref, (page) => ({ page: write(page, sentOf(kind, page.now)) }));
    }
    await client.query(
      // The link of an invitation is a secret: after sending, nobody can read it here.
      `update mails set state = $2, error = $3,
         body = case when kind = 'invitation' and $2 <> 'queued'
           then regexp_replace(body, '#[A-Za-z0-9_-]{43}', '#…', 'g') else body end,
         due_at = now() + $4 * interval '1 millisecond',
         sent_at = case when $2 = 'sent' then now() end
        where id = $1 and ($2 = 'sent' or state = 'sending' and tries = $5)`,
      [
        id,
        outcome.state,
        'error' in outcome ? outcome.error : null,
        'afterMs' in outcome ? outcome.afterMs : 0,
        tries,
      ],
    );
  });
}

/** Returns the journal entry of a sent mail. */
export function sentOf(kind: MailKind, at: Instant): OrderEvent {
  return kind === 'payment_confirmation'
    ? { kind: 'payment_mail_sent', at }
    : { kind: 'mail_sent', mail: kind, at };
}
