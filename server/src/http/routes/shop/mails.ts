import {
  type MailPreview,
  type MailTemplateView,
  mailKindSchema,
  mailPreviewRequestSchema,
  mailPreviewSchema,
  mailTemplateInputSchema,
  mailTemplateSchema,
  mailTestSchema,
} from '@renkei/contract/shop/mails.ts';
import { MAIL_KIND } from '@renkei/core/domain/mails/mail-kinds.ts';
import { WITHHELD } from '@renkei/core/domain/mails/mail-policy.ts';
import type { Locale } from '@renkei/core/domain/reasons/index.ts';
import type { Mail } from '@renkei/core/ports/mails.ts';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { variablesOf } from '../../../mail/render.ts';
import { queueTestMail } from '../../../store/mails/mails.ts';
import {
  listMailTemplates,
  loadMailTemplate,
  type MailTemplate,
  resetMailTemplate,
  saveMailTemplate,
} from '../../../store/shops/mail-templates.ts';
import type { Backoffice } from '../../backoffice.ts';
import { edgeProblem } from '../../problems/problems.ts';
import { idempotencyKey, matchedVersion } from '../../request.ts';
import { type Call, type HttpAnswer, route } from '../../route.ts';

import { compose, requireRight } from './compose.ts';

const kindParams = z.object({ kind: mailKindSchema });

/** The shop's templates of mails, with previews and tests on real orders. */
export function templateRoutes(app: FastifyInstance, backoffice: Backoffice): void {
  const { db } = backoffice;
  route(app, backoffice, {
    method: 'GET',
    url: '/v1/mail-templates',
    deed: 'read_settings',
    summary: 'Every kind of mail: template, variables, and when it goes out',
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
    summary: 'Saves the shop’s own template; refuses variables that are unknown or have no value',
    params: kindParams,
    body: mailTemplateInputSchema,
    answers: { 200: mailTemplateSchema },
    handle: (call) => saveTemplate(call),
  });
  route(app, backoffice, {
    method: 'DELETE',
    url: '/v1/mail-templates/:kind',
    deed: 'change_settings',
    summary: 'Returns to Renkei’s template',
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
    summary: 'Previews a template, or a draft of one, with a real order; nothing is sent',
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

async function saveTemplate(call: TemplateCall): Promise<HttpAnswer> {
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
    summary: 'Sends a template, or a draft of one, with a real order to the person who asks only',
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
