import type { OrderEvent } from '../order/events.ts';
import type { OrderStatus } from '../order/states.ts';
import type { MailRequest } from './mail-kinds.ts';

/**
 * Returns the mails that an event causes, written in its transaction: 入金確認メール (C8) and the mail
 * about a change of status (V6). The occasion names the entry, so each mail goes out once.
 */
export function mailsAfter(event: OrderEvent, version: number): MailRequest[] {
  if (event.kind === 'order_marked_paid' && event.mail === 'auto') {
    return [{ kind: 'payment_confirmation', occasion: `paid:${version}` }];
  }
  if (event.kind === 'order_shipped' && event.mail === 'auto') {
    const sent = event.shipments.map(({ destination }) => destination).join(',');
    return [{ kind: 'shipping_notice', occasion: `shipped:${version}:${sent}` }];
  }
  if (event.kind === 'status_changed' && event.mail) {
    const kind = event.to === 'cancelled' ? 'cancellation' : 'status_change';
    return [{ kind, occasion: `${event.to}:${version}` }];
  }
  return [];
}

/**
 * Returns the status that a `status_change` mail reports, whatever the order's status is by now.
 */
export function statusOf(occasion: string): OrderStatus {
  return occasion.slice(0, occasion.indexOf(':')) as OrderStatus;
}
