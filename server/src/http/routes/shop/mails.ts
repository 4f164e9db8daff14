import {
  type MailPreview,
  type MailTemplateView,
  type MailView,
  mailKindSchema,
  mailPreviewRequestSchema,
  mailPreviewSchema,
  mailTemplateInputSchema,
  mailTemplateSchema,
  mailTestSchema,
  orderMailsSchema,
  sendMailSchema,
} from '@renkei/contract/shop/mails.ts';
import { MAIL_KIND, type MailKind } from '@renkei/core/domain/mail-kinds.ts';
import { WITHHELD } from '@renkei/core/domain/mail-policy.ts';
import type { Locale } from '@renkei/core/domain/reasons/index.ts';
import type { Mail } from '@renkei/core/ports/mails.ts';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { checkTemplate, variablesOf } from '../../../mail/render.ts';
import type { TemplateParts } from '../../../mail/templates.ts';
import { composeMail } from '../../../services/compose-mail.ts';
import {
  listMails,
  queueMail,
  queueTestMail,
  type StoredMail,
} from '../../../store/mails/mails.ts';
import { loadOrder } from '../../../store/orders/order-view.ts';
import {
  listMailTemplates,
  loadMailTemplate,
  type MailTemplate,
  resetMailTemplate,
  saveMailTemplate,
} from '../../../store/shops/mail-templates.ts';
import type { Backoffice } from '../../backoffice.ts';
import { idempotencyKey, matchedVersion } from '../../command.ts';
import { orderParams } from '../../params.ts';
import { edgeProblem, orNotFound } from '../../problems/problems.ts';
import { type Answer, type Call, route } from '../../route.ts';
import { instant, instantOrNull } from '../../views/instant.ts';

/** The shop's mails: templates, previews on real orders, sending by hand, and what was sent. */
export function mailRoutes(app: FastifyInstance, backoffice: Backoffice): void {
  templateRoutes(app, backoffice);
  orderMailRoutes(app, backoffice);
}

const kindParams = z.object({ kind: mailKindSchema });

function templateRoutes(app: FastifyInstance, backoffice: Backoffice): void {
  const { db } = backoffice;
  route(app, backoffice, {
    method: 'GET',
    url: '/v1/mail-templates',
    deed: 'read_settings',
    summary: 'Every kind of mail: template, variables, when it goes out',
    answers: { 200: z.object({ items: z.array(mailTemplateSchema) }) },
    async handle({ shopId, locale }) {
      const templates = await listMailTemplates(db, shopId);
      return { status: 200, body: { items: templates.map((one) => present(one, locale)) } };
    },
  });
  route(app, backoffice, {
    method: 'PUT',
    url: '/v1/mail-templates/:kind',
    deed: 'change_settings',
    summary: 'The shop’s own template; refused with a variable that is none, or says nothing there',
    params: kindParams,
    body: mailTemplateInputSchema,
    answers: { 200: mailTemplateSchema },
    handle: (call) => saveTemplate(call),
  });
  route(app, backoffice, {
    method: 'DELETE',
    url: '/v1/mail-templates/:kind',
    deed: 'change_settings',
    summary: 'Back to the template that comes with Renkei',
    params: kindParams,
    answers: { 200: mailTemplateSchema },
    async handle(call) {
      const reset = await resetMailTemplate(db, call, call.params.kind);
      return { status: 200, body: present(reset, call.locale) };
    },
  });
  route(app, backoffice, {
    method: 'POST',
    url: '/v1/mail-templates/:kind/preview',
    deed: 'read_orders',
    summary: 'A template, or a draft of one, on a real order; nothing is sent',
    params: kindParams,
    body: mailPreviewRequestSchema,
    answers: { 200: mailPreviewSchema },
    async handle(call) {
      const { orderNumber, ...words } = call.body;
      const mail = await compose(call, orderNumber, call.params.kind, words);
      return { status: 200, body: presentPreview(mail, call.locale) };
    },
  });
  testRoute(app, backoffice);
}

type TemplateCall = Call<
  z.output<typeof kindParams>,
  unknown,
  z.output<typeof mailTemplateInputSchema>
>;

async function saveTemplate(call: TemplateCall): Promise<Answer> {
  const { backoffice, shopId, locale, body } = call;
  const { kind } = call.params;
  requireRight(call, kind, body);
  const wanted = { kind, version: matchedVersion(call) };
  const saved = await saveMailTemplate(backoffice.db, call, wanted, body);
  if (saved === null) {
    const current = present(await loadMailTemplate(backoffice.db, shopId, kind), locale);
    throw edgeProblem('settings_changed', locale, { current });
  }
  return { status: 200, body: present(saved, locale), headers: { etag: `"${saved.version}"` } };
}

function testRoute(app: FastifyInstance, backoffice: Backoffice): void {
  route(app, backoffice, {
    method: 'POST',
    url: '/v1/mail-templates/:kind/test',
    deed: 'change_settings',
    summary: 'Sends a template, or a draft of one, on a real order to whoever asks; nobody else',
    params: kindParams,
    body: mailPreviewRequestSchema,
    answers: { 202: mailTestSchema },
    async handle(call) {
      const { shopId, actor, user } = call;
      const { orderNumber, ...words } = call.body;
      const occasion = `test:${idempotencyKey(call)}`;
      const { subject, body } = await compose(call, orderNumber, call.params.kind, words);
      const test = { occasion, actor, to: user.email, subject: `【テスト】${subject}`, body };
      await queueTestMail(backoffice.db, shopId, test);
      return { status: 202, body: { to: user.email } };
    },
  });
}

function orderMailRoutes(app: FastifyInstance, backoffice: Backoffice): void {
  route(app, backoffice, {
    method: 'GET',
    url: '/v1/orders/:orderNumber/mails',
    deed: 'read_orders',
    summary: 'What was sent for an order, with the exact text, and how often each kind was',
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
    summary: 'Sends a mail by hand, as the template has it or with words of its own',
    params: orderParams,
    body: sendMailSchema,
    answers: { 202: orderMailsSchema },
    async handle(call) {
      const { kind, subject: title, body: whole } = call.body;
      // A text of its own is all of the mail: nothing is added to what somebody has written.
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

type Given = { readonly [Part in keyof TemplateParts]?: string | undefined } & {
  readonly asMember?: boolean | undefined;
};

/** A mail on a real order; words that are given are checked as a template is. */
async function compose(
  call: Call,
  orderNumber: string,
  kind: MailKind,
  { asMember, ...given }: Given,
): Promise<Mail> {
  const { backoffice, shopId, locale } = call;
  const template = await loadMailTemplate(backoffice.db, shopId, kind);
  const { subject = template.subject, body = template.body } = given;
  const { memberBody = template.memberBody, afterword = template.afterword } = given;
  const words = { subject, body, memberBody, afterword };
  requireRight(call, kind, words);
  const stored = orNotFound(await loadOrder(backoffice.db, { shopId, orderNumber }), locale);
  // A change of status is told as the status that the order has now.
  const occasion = `${stored.order.status}:${stored.order.version}`;
  const wanted = { kind, occasion, words, asMember };
  return orNotFound(await composeMail(backoffice.db, { shopId, orderNumber }, wanted), locale);
}

const ISSUE = {
  unknown: {
    ja: 'この置換文字はありません。一覧から選んでください',
    en: 'There is no such variable; choose one of the list',
  },
  no_value: {
    ja: 'この置換文字は、このメールでは値がありません。削除してください',
    en: 'This variable says nothing in this kind of mail; take it out',
  },
} as const;

function requireRight({ locale }: Call, kind: MailKind, template: TemplateParts): void {
  const issues = checkTemplate(kind, template);
  if (issues.length === 0) return;
  const errors = issues.map(({ at, kind: issue, variable }) => ({
    pointer: `/${at}`,
    message: `$${variable}$: ${ISSUE[issue][locale]}`,
  }));
  throw edgeProblem('invalid_request', locale, { errors });
}

function present(template: MailTemplate, locale: Locale): MailTemplateView {
  const { kind } = template;
  const variables = variablesOf(kind).map((one) => ({ name: one.name, label: one[locale] }));
  return { ...template, label: MAIL_KIND[kind][locale], variables };
}

function presentPreview(
  { to, copyTo, subject, body, withheld }: Mail,
  locale: Locale,
): MailPreview {
  return {
    to: to.join(', '),
    copyTo: [...copyTo],
    subject,
    body,
    willSend: withheld === null,
    reason: withheld && WITHHELD[withheld][locale],
  };
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
