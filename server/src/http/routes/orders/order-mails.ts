import { type MailView, orderMailsSchema, sendMailSchema } from '@renkei/contract/shop/mails.ts';
import { MAIL_KIND } from '@renkei/core/domain/mails/mail-kinds.ts';
import { WITHHELD } from '@renkei/core/domain/mails/mail-policy.ts';
import type { Locale } from '@renkei/core/domain/reasons/index.ts';
import type { FastifyInstance } from 'fastify';
import { listMails, queueMail, type StoredMail } from '../../../store/mails/mails.ts';
import { loadOrder } from '../../../store/orders/order-view.ts';
import { listMailTemplates } from '../../../store/shops/mail-templates.ts';
import type { Backoffice } from '../../backoffice.ts';
import { orderParams } from '../../params.ts';
import { edgeProblem } from '../../problems/problems.ts';
import { idempotencyKey } from '../../request.ts';
import { type Call, route } from '../../route.ts';
import { instant, instantOrNull } from '../../views/instant.ts';

import { compose } from '../shop/compose.ts';

/** The mails of an order: sent ones, and sending by hand. */
export function orderMailRoutes(app: FastifyInstance, backoffice: Backoffice): void {
  route(app, backoffice, {
    method: 'GET',
    url: '/v1/orders/:orderNumber/mails',
    deed: 'read_orders',
    summary: 'The mails of an order with their exact text, and the number of each kind',
    params: orderParams,
    answers: { 200: orderMailsSchema },
    async handle(call) {
      return { status: 200, body: await mailsOf(call, call.params.orderNumber) };
    },
  });
  route(app, backoffice, {
    method: 'POST',
    url: '/v1/orders/:orderNumber/mails',
    deed: 'write_mail',
    summary: 'Sends a mail by hand, with the template’s words or its own',
    params: orderParams,
    body: sendMailSchema,
    answers: { 202: orderMailsSchema },
    async handle(call) {
      const { kind, subject: title, body: whole } = call.body;
      // A person's own text is the whole mail: nothing is added.
      const words = { subject: title, ...(whole !== undefined && wholeText(whole)) };
      const { orderNumber } = call.params;
      const occasion = `by-hand:${idempotencyKey(call)}`;
      const mail = await compose(call, orderNumber, kind, words);
      if (mail.withheld !== null) {
        const detail = WITHHELD[mail.withheld][call.locale];
        throw edgeProblem('mail_withheld', call.locale, { detail });
      }
      const { shopId, actor } = call;
      const { copyTo, subject, body } = mail;
      const queued = { kind, occasion, actor, to: mail.to.join(', '), copyTo, subject, body };
      await queueMail(backoffice.db, { shopId, orderNumber }, queued);
      return { status: 202, body: await mailsOf(call, orderNumber) };
    },
  });
}

function wholeText(body: string) {
  return { body, memberBody: '', afterword: '' };
}

async function mailsOf({ backoffice, shopId, locale }: Call, orderNumber: string) {
  const { db } = backoffice;
  const ref = { shopId, orderNumber };
  const [stored, mails, templates] = await Promise.all([
    loadOrder(db, ref),
    listMails(db, ref),
    listMailTemplates(db, shopId),
  ]);
  if (stored === null) throw edgeProblem('not_found', locale);
  const counters = templates.map(({ kind, sending }) => {
    const sent = mails.filter((mail) => mail.kind === kind && mail.state === 'sent');
    const lastSentAt = instantOrNull(sent[0]?.sentAt ?? null);
    return { kind, label: MAIL_KIND[kind][locale], sending, sentCount: sent.length, lastSentAt };
  });
  return { counters, items: mails.map((mail) => presentMail(mail, locale)) };
}

function presentMail(mail: StoredMail, locale: Locale): MailView {
  const { id, kind, state, actor, recipient, copyTo, subject, body, error } = mail;
  return {
    id,
    kind,
    state,
    copyTo,
    subject,
    body,
    error: error !== null && Object.hasOwn(WITHHELD, error) ? saysWithheld(error, locale) : error,
    label: MAIL_KIND[kind][locale],
    actor: actor?.name ?? null,
    to: recipient,
    createdAt: instant(mail.createdAt),
    sentAt: instantOrNull(mail.sentAt),
  };
}

function saysWithheld(code: string, locale: Locale): string {
  return WITHHELD[code as keyof typeof WITHHELD][locale];
}
