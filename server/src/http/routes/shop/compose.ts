import type { MailKind } from '@renkei/core/domain/mails/mail-kinds.ts';
import type { Mail } from '@renkei/core/ports/mails.ts';
import { checkTemplate } from '../../../mail/render.ts';
import type { TemplateParts } from '../../../mail/templates.ts';
import { composeMail } from '../../../services/compose-mail.ts';
import { loadOrder } from '../../../store/orders/order-view.ts';
import { loadMailTemplate } from '../../../store/shops/mail-templates.ts';
import { edgeProblem, orNotFound } from '../../problems/problems.ts';
import type { Call } from '../../route.ts';

type GivenMail = { readonly [Part in keyof TemplateParts]?: string | undefined } & {
  readonly asMember?: boolean | undefined;
};

/** Composes a mail for a real order; checks given words like a template. */
export async function compose(
  call: Call,
  orderNumber: string,
  kind: MailKind,
  { asMember, ...given }: GivenMail,
): Promise<Mail> {
  const { backoffice, shopId, locale } = call;
  const template = await loadMailTemplate(backoffice.db, shopId, kind);
  const { subject = template.subject, body = template.body } = given;
  const { memberBody = template.memberBody, afterword = template.afterword } = given;
  const words = { subject, body, memberBody, afterword };
  requireRight(call, kind, words);
  const stored = orNotFound(await loadOrder(backoffice.db, { shopId, orderNumber }), locale);
  // A mail about a change of status reports the order's present status.
  const occasion = `${stored.order.status}:${stored.order.version}`;
  const wanted = { kind, occasion, words, asMember };
  return orNotFound(await composeMail(backoffice.db, { shopId, orderNumber }, wanted), locale);
}

const ISSUE = {
  unknown: {
    ja: 'この置換文字はありません。一覧から選んでください',
    en: 'This variable does not exist; choose one from the list',
  },
  no_value: {
    ja: 'この置換文字は、このメールでは値がありません。削除してください',
    en: 'This variable has no value in this kind of mail; remove it',
  },
} as const;

/**
 * Throws if the words have a variable that is unknown, or that has no value in this kind of mail.
 */
export function requireRight({ locale }: Call, kind: MailKind, template: TemplateParts): void {
  const issues = checkTemplate(kind, template);
  if (issues.length === 0) return;
  const errors = issues.map(({ at, kind: issue, variable }) => ({
    pointer: `/${at}`,
    message: `$${variable}$: ${ISSUE[issue][locale]}`,
  }));
  throw edgeProblem('invalid_request', locale, { errors });
}
