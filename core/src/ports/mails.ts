import type { MailKind, MailRequest } from '../domain/mails/mail-kinds.ts';
import type { Withheld } from '../domain/mails/mail-policy.ts';
import type { OrderRef } from '../domain/order/order.ts';

/** The port to the stored mails. Each mail is written in the transaction that causes it. */
export type Mails = {
  /** Marks mails whose sender is gone as unknown: nobody can tell whether they went out. */
  giveUpLost(): Promise<void>;
  /**
   * Claims due mails, which no other process then takes. A mail without an outcome
   * {@link SENDING_MS} later is lost.
   */
  claim(limit: number): Promise<DueMail[]>;
  /** Returns the mail as it goes out now, and stores these words. */
  prepare(mail: DueMail): Promise<Mail>;
  /**
   * Writes the outcome of a mail; a sent mail counts on its order in the same transaction (C8). A
   * mail marked as unknown meanwhile stays unknown, unless it is now known to be sent.
   */
  settle(mail: DueMail, outcome: MailOutcome): Promise<void>;
};

/** The port to the outside mail server: sends once. Never throws. */
export type Post = {
  send(mail: DueMail, words: Mail): Promise<Posted>;
};

/** A sender without an outcome for this long is presumed gone. */
export const SENDING_MS = 300_000;

/** Mails to the shop's own people; their words depend on no order. */
const OWN_KINDS = [
  'attention_digest',
  'template_test',
  'invitation',
  'password_reset',
  'second_person',
  'account_notice',
] as const;
export type OwnKind = (typeof OWN_KINDS)[number];

export function isOwn(kind: MailKind | OwnKind): kind is OwnKind {
  return OWN_KINDS.some((own) => own === kind);
}

export type DueMail = {
  readonly id: number;
  readonly shopId: string;
  /** Null for mails to the shop's own people, which concern no order. */
  readonly orderNumber: string | null;
  readonly kind: MailKind | OwnKind;
  readonly recipient: string | null;
  readonly occasion: string;
  /** The words of a mail that a person wrote; null if Renkei still has to write them. */
  readonly subject: string | null;
  readonly body: string | null;
  /** The number of claims, this one included; an outcome belongs to one claim. */
  readonly tries: number;
};

/** `later`: certainly not delivered; Renkei may try again. `unknown`: perhaps delivered. */
export type Posted =
  | { readonly kind: 'sent' }
  | { readonly kind: 'refused' | 'later' | 'unknown'; readonly error: string };

export type MailOutcome =
  | { readonly state: 'sent' }
  | { readonly state: 'failed' | 'unknown' | 'withheld'; readonly error: string }
  | { readonly state: 'queued'; readonly error: string; readonly afterMs: number };

/** A mail as it goes out: plain text. */
export type Mail = {
  readonly shopName: string;
  readonly to: readonly string[];
  readonly copyTo: readonly string[];
  readonly subject: string;
  readonly body: string;
  /** The reason to withhold the mail; null if it may go out. */
  readonly withheld: Withheld | null;
};

/** Writes a mail about an order in its current state; null if the order does not exist. */
export type ComposeMail = (ref: OrderRef, wanted: MailRequest) => Promise<Mail | null>;
