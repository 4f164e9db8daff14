import type { OrderEvent } from '@renkei/core/domain/events.ts';
import { keysOf } from '@renkei/core/domain/states.ts';
import { z } from 'zod';

/** Each kind of entry: an event of the order's journal, or a call to F-REGI. */
const ENTRY_KIND: Readonly<Record<OrderEvent['kind'] | 'gateway_asked', true>> = {
  order_placed: true,
  amounts_edited: true,
  operation_accepted: true,
  operation_ended: true,
  transaction_moved: true,
  transaction_corrected: true,
  stray_moved: true,
  review_answered: true,
  order_marked_paid: true,
  settled_otherwise: true,
  order_unmarked_paid: true,
  status_changed: true,
  payment_method_changed: true,
  order_shipped: true,
  cancel_requested: true,
  cancel_request_dismissed: true,
  payment_mail_sent: true,
  mail_sent: true,
  gateway_asked: true,
};

/** The kind of a timeline entry: a new event adds its kind here and its sentence on the screens. */
export const entryKindSchema = z.enum(keysOf(ENTRY_KIND));
export type EntryKind = z.infer<typeof entryKindSchema>;
