import type { OrderEvent } from './events.ts';
import type { MailRequest } from './mail-kinds.ts';
import type { OrderStatus } from './states.ts';

/**
 * The mails that go out because of an event, written in its own transaction: 入金確認メール (C8), and
 * what tells the customer of a change of status (V6). One per occasion, which names the entry.
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

/** The status that a mail of `status_change` tells of, whatever the order has become since. */
export function statusOf(occasion: string): OrderStatus {
  return occasion.slice(0, occasion.indexOf(':')) as OrderStatus;
}
