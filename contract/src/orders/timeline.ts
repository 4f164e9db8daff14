import type { Moved } from '@renkei/core/domain/order/away.ts';
import type { OrderEvent } from '@renkei/core/domain/order/events.ts';
import type { Amounts, Order, Transaction } from '@renkei/core/domain/order/order.ts';
import type { LimitedKind } from '@renkei/core/domain/order/proposal.ts';
import { keysOf } from '@renkei/core/domain/order/states.ts';
import type { Verb } from '@renkei/core/domain/transaction/link.ts';
import type { StepView } from './operations.ts';

type EventKind = OrderEvent['kind'];
type EventOf<Kind> = Extract<OrderEvent, { readonly kind: Kind }>;

/**
 * The kinds of entries: events of the order's journal, and calls to F-REGI. A kind with a list of
 * fields shows these fields as they are; `made` kinds get facts of their own.
 */
export const ENTRIES = {
  order_placed: 'made',
  amounts_edited: 'made',
  operation_accepted: ['goal', 'amount'],
  operation_ended: ['outcome', 'reason'],
  transaction_moved: 'made',
  transaction_corrected: 'made',
  stray_moved: 'made',
  review_answered: 'made',
  order_marked_paid: ['paidOn', 'gateway', 'mail'],
  redirect_payment_seen: ['settleno', 'amount', 'status'],
  revocation_ordered: 'made',
  revocation_asked: ['settleno', 'n'],
  revocation_refused: ['settleno', 'n', 'code', 'text'],
  revocation_ended: ['settleno', 'outcome'],
  command_proposed: 'made',
  proposal_ended: 'made',
  paid_on_corrected: ['before', 'paidOn'],
  settled_otherwise: ['direction', 'amount', 'by', 'on', 'corrects'],
  order_unmarked_paid: 'made',
  status_changed: 'made',
  payment_method_changed: ['paymentKind', 'paymentMethod', 'gateway', 'unpaid'],
  order_shipped: 'made',
  cancel_requested: ['message'],
  cancel_request_dismissed: [],
  customer_erased: ['cause'],
  payment_mail_sent: [],
  mail_sent: ['mail'],
  gateway_asked: 'made',
} as const satisfies {
  readonly [Kind in EventKind | 'gateway_asked']: 'made' | readonly (keyof EventOf<Kind>)[];
};

export type EntryKind = keyof typeof ENTRIES;
export const ENTRY_KINDS = keysOf(ENTRIES);

/** The kinds of entries with facts of their own. */
export type MadeKind = {
  [Kind in EntryKind]: (typeof ENTRIES)[Kind] extends 'made' ? Kind : never;
}[EntryKind];

type FieldOf<Kind extends EntryKind> = (typeof ENTRIES)[Kind] extends readonly (infer Field)[]
  ? Field & keyof EventOf<Kind>
  : never;

/** The flat facts for the sentence of each kind of entry. */
export type FactsOf = MadeFacts & {
  readonly [Kind in Exclude<EntryKind, MadeKind>]: Pick<EventOf<Kind>, FieldOf<Kind>>;
};

type SeenTransaction = Pick<Transaction, 'state' | 'seqno' | 'amount'>;
type SettledWay = 'returned' | 'taken';

type MadeFacts = {
  readonly order_placed: Pick<Order, 'type' | 'status' | 'paymentMethod'>;
  readonly amounts_edited: Amounts &
    Moved & {
      readonly total: number;
      readonly billed: number;
      readonly linesEdited: boolean;
    };
  readonly transaction_moved: SeenTransaction &
    Pick<Transaction, 'authCode'> & { readonly verb: Verb };
  readonly transaction_corrected: SeenTransaction &
    Pick<EventOf<'transaction_corrected'>, 'evidence'> & {
      /** S6: by a file of the console: whoever imported it, and its SHA-256. */
      readonly toldBy?: string;
      readonly fileHash?: string;
      /** A2: the transaction that the order was linked to before, if it was another one. */
      readonly seqnoBefore?: Transaction['seqno'];
      readonly stateBefore?: Transaction['state'];
      readonly amountBefore?: number;
      /** A3: the order's billed yen before and now. */
      readonly billedBefore?: number;
      readonly billed?: number;
    };
  readonly stray_moved: SeenTransaction & Pick<EventOf<'stray_moved'>, 'evidence'>;
  /** Without a state: the person found none of the slip's transactions live. */
  readonly review_answered: Partial<SeenTransaction> & {
    readonly by: string;
    readonly confirmedBy: string | null;
  };
  readonly order_unmarked_paid: {
    readonly gateway: NonNullable<EventOf<'order_unmarked_paid'>['gateway']>;
  };
  /** 発行番号, separated by commas. */
  readonly revocation_ordered: { readonly settlenos: string };
  /** V6: `stock` and `points` give the direction; `pointsMoved` gives the number. */
  readonly status_changed: Pick<EventOf<'status_changed'>, 'to' | 'gateway'> & {
    readonly mail: boolean;
    /** K3: the payments that it had revoked, separated by commas; empty if there are none. */
    readonly revoked: string;
    readonly stock?: SettledWay;
    readonly points?: SettledWay;
    readonly pointsMoved?: number;
  };
  readonly order_shipped: Pick<EventOf<'order_shipped'>, 'complete' | 'mail'> & {
    readonly destinations: number;
    readonly shippedOn: string | null;
    /** 送り状番号, separated by commas; empty if there is none. */
    readonly trackingNumbers: string;
  };
  /** F59: the command, and the yen that count towards the shop's limit. */
  readonly command_proposed: {
    readonly command: EventOf<'command_proposed'>['command']['kind'];
    readonly limited: LimitedKind;
    readonly amount: number;
    /** A UTC instant. */
    readonly until: number;
  };
  readonly proposal_ended: Pick<EventOf<'proposal_ended'>, 'outcome' | 'word'> & {
    readonly proposedBy: string;
  };
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
