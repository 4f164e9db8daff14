import type { MailKind, MailRequest } from '../domain/mail-kinds.ts';
import type { Withheld } from '../domain/mail-policy.ts';
import type { OrderRef } from '../domain/order.ts';

/** The port to the mails that are written down, each in the transaction of what asks for it. */
export type Mails = {
  /** Tells of every mail whose sender is gone that nobody knows whether it went out. */
  giveUpLost(): Promise<void>;
  /** Takes mails that are due; nobody else takes them, and {@link SENDING_MS} later they are lost. */
  claim(limit: number): Promise<DueMail[]>;
  /** The mail as it is to be sent now, written down as it goes out. */
  prepare(mail: DueMail): Promise<Mail>;
  /**
   * Writes what became of a mail; a sent one counts on its order, in the same transaction (C8). What
   * was told as unknown in the meantime stays so, unless it is known to have been sent.
   */
  settle(mail: DueMail, outcome: MailOutcome): Promise<void>;
};

/** The port to the world's mail: sends once. Never throws. */
export type Post = {
  send(mail: DueMail, words: Mail): Promise<Posted>;
  close(): void;
};

/** Who has taken a mail and is not heard of for so long, is gone. */
export const SENDING_MS = 300_000;

/** The daily digest, the test of a template, an invitation: written when it is queued. */
const OWN_KINDS = ['attention_digest', 'template_test', 'invitation'] as const;
export type OwnKind = (typeof OWN_KINDS)[number];

export function isOwn(kind: MailKind | OwnKind): kind is OwnKind {
  return OWN_KINDS.some((own) => own === kind);
}

export type DueMail = {
  readonly id: number;
  readonly shopId: string;
  /** Null for what goes to the shop's own people, and is about no order. */
  readonly orderNumber: string | null;
  readonly kind: MailKind | OwnKind;
  readonly recipient: string | null;
  readonly occasion: string;
  /** The words of a mail that was sent by hand; null where they are still to be written. */
  readonly subject: string | null;
  readonly body: string | null;
  /** How often it was taken, this time included: what its outcome is written for. */
  readonly tries: number;
};

/** `later`: certainly not delivered, and may be tried again. `unknown`: nobody knows. */
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
  /** Why it must not go out; null where it may. */
  readonly withheld: Withheld | null;
};

/** Writes the words of a mail about an order as the order is now; null where it is not there. */
export type ComposeMail = (ref: OrderRef, wanted: MailRequest) => Promise<Mail | null>;
