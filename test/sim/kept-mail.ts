import type { MailRequest } from '../../core/src/domain/mails/mail-kinds.ts';
import type { OrderRef } from '../../core/src/domain/order/order.ts';

/** A mail as it is kept; an `id` is never reused, not even after a restore to the past. */
export type KeptMail = OrderRef &
  MailRequest & {
    readonly id: number;
    readonly state: 'queued' | 'sending' | 'sent' | 'unknown' | 'failed' | 'withheld';
    readonly tries: number;
    readonly dueAt: number;
  };
