import type { MailView } from '@renkei/contract/shop/mails.ts';
import type { MailKind } from '@renkei/core/domain/mails/mail-kinds.ts';
import type { OrderRef } from '@renkei/core/domain/order/order.ts';
import type { Instant } from '@renkei/core/domain/values/jst.ts';
import type { Actor } from '@renkei/core/turns/operation.ts';
import type { Queryable } from '../db/db.ts';

/** A mail of an order as stored: exactly what was sent, and its state. */
export type StoredMail = {
  readonly id: number;
  readonly kind: MailKind;
  readonly state: MailView['state'];
  readonly actor: Actor | null;
  readonly recipient: string | null;
  readonly copyTo: string[];
  readonly subject: string | null;
  readonly body: string | null;
  readonly error: string | null;
  readonly createdAt: Instant;
  readonly sentAt: Instant | null;
};

/** Lists the mails of an order, newest first. */
export async function listMails(db: Queryable, ref: OrderRef): Promise<StoredMail[]> {
  const { rows } = await db.query<StoredMail>(
    `select id, kind, state, actor, recipient, copy_to as "copyTo", subject, body, error,
            created_at as "createdAt", sent_at as "sentAt"
       from mails where shop_id = $1 and order_number = $2 order by id desc limit 500`,
    [ref.shopId, ref.orderNumber],
  );
  return rows;
}

/** A mail that a person sends, already written. */
export type ComposedMail = {
  readonly kind: MailKind;
  /** Makes a press that was sent twice one mail. */
  readonly occasion: string;
  readonly actor: Actor;
  readonly to: string;
  readonly copyTo: readonly string[];
  readonly subject: string;
  readonly body: string;
};

/** Queues a mail. The same occasion twice is one mail. */
export async function queueMail(db: Queryable, ref: OrderRef, mail: ComposedMail): Promise<void> {
  await db.query(
    `insert into mails (shop_id, order_number, kind, occasion, actor, recipient, copy_to, subject,
       body, composed)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, true)
     on conflict (shop_id, order_number, kind, occasion) do nothing`,
    [
      ref.shopId,
      ref.orderNumber,
      mail.kind,
      mail.occasion,
      mail.actor,
      mail.to,
      mail.copyTo,
      mail.subject,
      mail.body,
    ],
  );
}

/** Queues a test of a template. The same occasion twice is one mail. */
export async function queueTestMail(
  db: Queryable,
  shopId: string,
  mail: Omit<ComposedMail, 'kind' | 'copyTo'>,
): Promise<void> {
  await db.query(
    `insert into mails (shop_id, kind, occasion, actor, recipient, subject, body, composed)
     values ($1, 'template_test', $2, $3, $4, $5, $6, true)
     on conflict do nothing`,
    [shopId, mail.occasion, mail.actor, mail.to, mail.subject, mail.body],
  );
}

/** Queues the mails that the shop sends when an order is placed. */
export async function queuePlacementMails(
  db: Queryable,
  { shopId, orderNumber }: OrderRef,
  isPreorder: boolean,
): Promise<void> {
  const confirmation: MailKind = isPreorder ? 'preorder_confirmation' : 'order_confirmation';
  const kinds: MailKind[] = [confirmation, 'order_notice_1', 'order_notice_2'];
  await db.query(
    `insert into mails (shop_id, order_number, kind, occasion)
     select shop_id, $2, kind, 'placed' from mail_templates
      where shop_id = $1 and kind = any($3) and sending = 'auto'
     on conflict do nothing`,
    [shopId, orderNumber, kinds],
  );
}
