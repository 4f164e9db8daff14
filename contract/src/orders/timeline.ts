import type { Moved } from '@renkei/core/domain/away.ts';
import type { OrderEvent } from '@renkei/core/domain/events.ts';
import type { Verb } from '@renkei/core/domain/link.ts';
import type { Amounts, Order, Settlement, Transaction } from '@renkei/core/domain/order.ts';
import { keysOf } from '@renkei/core/domain/states.ts';
import { z } from 'zod';
import type { StepView } from './operations.ts';

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
  paid_on_corrected: true,
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

type EventOf<Kind extends OrderEvent['kind']> = Extract<OrderEvent, { readonly kind: Kind }>;
type Seen = Pick<Transaction, 'state' | 'seqno' | 'amount'>;
type Way = 'returned' | 'taken';

/** The flat facts of each kind of entry, from which its sentence is made. */
export type FactsOf = {
  readonly order_placed: Pick<Order, 'type' | 'status' | 'paymentMethod'>;
  readonly amounts_edited: Amounts &
    Moved & {
      readonly total: number;
      readonly billed: number;
      readonly linesEdited: boolean;
    };
  readonly operation_accepted: Pick<EventOf<'operation_accepted'>, 'goal' | 'amount'>;
  readonly operation_ended: Pick<EventOf<'operation_ended'>, 'outcome' | 'reason'>;
  readonly transaction_moved: Seen & Pick<Transaction, 'authCode'> & { readonly verb: Verb };
  readonly transaction_corrected: Seen &
    Pick<EventOf<'transaction_corrected'>, 'evidence'> & {
      /** A2: what the order was linked to before, where that is another transaction. */
      readonly seqnoBefore?: Transaction['seqno'];
      readonly stateBefore?: Transaction['state'];
      readonly amountBefore?: number;
      /** A3: what the order billed before, and bills now. */
      readonly billedBefore?: number;
      readonly billed?: number;
    };
  readonly stray_moved: Seen & Pick<EventOf<'stray_moved'>, 'evidence'>;
  /** Without a state: the person found none of the slip's transactions live. */
  readonly review_answered: Partial<Seen> & {
    readonly by: string;
    readonly confirmedBy: string | null;
  };
  readonly order_marked_paid: Pick<EventOf<'order_marked_paid'>, 'paidOn' | 'gateway' | 'mail'>;
  readonly paid_on_corrected: Omit<EventOf<'paid_on_corrected'>, 'kind'>;
  readonly settled_otherwise: Omit<Settlement, 'version'>;
  readonly order_unmarked_paid: {
    readonly gateway: NonNullable<EventOf<'order_unmarked_paid'>['gateway']>;
  };
  /** V6: `stock` and `points` say which way they went; `pointsMoved` how many. */
  readonly status_changed: Pick<EventOf<'status_changed'>, 'to' | 'gateway'> & {
    readonly mail: boolean;
    readonly stock?: Way;
    readonly points?: Way;
    readonly pointsMoved?: number;
  };
  readonly payment_method_changed: Omit<EventOf<'payment_method_changed'>, 'kind'>;
  readonly order_shipped: Pick<EventOf<'order_shipped'>, 'complete' | 'mail'> & {
    readonly destinations: number;
    readonly shippedOn: string | null;
    /** 送り状番号, separated by commas; empty where there is none. */
    readonly trackingNumbers: string;
  };
  readonly cancel_requested: Pick<EventOf<'cancel_requested'>, 'message'>;
  readonly cancel_request_dismissed: Readonly<Record<never, never>>;
  readonly payment_mail_sent: Readonly<Record<never, never>>;
  readonly mail_sent: Pick<EventOf<'mail_sent'>, 'mail'>;
  readonly gateway_asked: {
    readonly verb: Verb;
    readonly seqno: string | null;
    readonly amount: number;
    readonly state: StepView['state'];
    readonly repeat: boolean;
    readonly code: string | null;
    readonly text: string | null;
    readonly tookMs: number | null;
  };
};
