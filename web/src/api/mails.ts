import type {
  MailPreview,
  MailPreviewRequest,
  MailTemplateView,
  OrderMails,
  WaitingMails,
} from '@renkei/contract';
import { queryOptions } from '@tanstack/react-query';
import { ask } from './client.ts';

export function mailTemplatesQuery(shop: string) {
  return queryOptions({
    queryKey: ['mail-templates', shop],
    queryFn: ({ signal }) =>
      ask<{ items: MailTemplateView[] }>('GET', '/v1/mail-templates', { shop, signal }),
  });
}

/** The mails in the outbox, and those that are too late to go out by themselves. */
export function waitingMailsQuery(shop: string) {
  return queryOptions({
    queryKey: ['waiting-mails', shop],
    queryFn: ({ signal }) => ask<WaitingMails>('GET', '/v1/waiting-mails', { shop, signal }),
  });
}

/** A mail on a real order, with the text of the template or with other text; sends nothing. */
export function previewMail(
  shop: string,
  kind: string,
  body: MailPreviewRequest,
): Promise<MailPreview> {
  return ask('POST', `/v1/mail-templates/${kind}/preview`, { shop, body });
}

/** Reads again for every version of the order: a new version may have brought a mail. */
export function orderMailsQuery(shop: string, orderNumber: string, version: number) {
  return queryOptions({
    queryKey: ['order-mails', shop, orderNumber, version],
    queryFn: ({ signal }) =>
      ask<OrderMails>('GET', `/v1/orders/${orderNumber}/mails`, { shop, signal }),
  });
}
