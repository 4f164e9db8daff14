import type { Verb } from '../domain/link.ts';
import type { TransactionState } from '../domain/states.ts';
import type { Yen } from '../domain/yen.ts';

/** What is asked of the gateway, for one shop. Amounts in yen. */
export type Ask = {
  readonly shopId: string;
  readonly verb: Verb;
  /** 取引番号 of the transaction that the verb is about; null for `authorize`. */
  readonly seqno: string | null;
  /** 承認番号 of that transaction, where known. */
  readonly authCode: string | null;
  /** 伝票番号 */
  readonly slipId: string;
  /** The new amount of `change_amount`, or the amount of `authorize`. */
  readonly amount: Yen;
  /** How `authorize` names the card: never by its number. */
  readonly card: { readonly token: string } | { readonly customerId: string } | null;
};

export type Answer =
  /** Done. `seqno` and `authCode` name the new transaction, where the verb makes one. */
  | { readonly kind: 'done'; readonly seqno: string | null; readonly authCode: string | null }
  /** Refused in so many words: it did not happen. Code and text are the gateway's, verbatim. */
  | {
      readonly kind: 'refused';
      readonly refusal: Refusal;
      readonly code: string | null;
      readonly text: string;
    }
  /** Certainly never left this machine. */
  | {
      readonly kind: 'unsent';
      readonly cause: string;
      /** Left out: the gateway could not be reached. */
      readonly because?: 'gateway_unreachable' | 'not_noted';
    }
  /** Sent, or perhaps sent, and no trustworthy answer. */
  | { readonly kind: 'unknown'; readonly cause: string };

/** What a refusal says, in our terms. `unclear`: it may be temporary, or is not known to us. */
export type Refusal =
  | 'already_captured'
  | 'already_voided'
  | 'already_refunded'
  | 'not_captured'
  | 'capture_deadline_passed'
  | 'transaction_not_found'
  | 'card_declined'
  | 'customer_not_registered'
  | 'request_rejected'
  | 'unclear';

export type Inquiry = { readonly shopId: string; readonly slipId: string };

/** A transaction as somebody outside sees it: the gateway's inquiry, or a person at its console. */
export type Seen = {
  readonly seqno: string;
  readonly authCode: string | null;
  readonly state: TransactionState;
  readonly amount: Yen;
};

export type InquiryResult =
  /** `complete`: these are all of the slip. Otherwise there may be more that are not shown. */
  | { readonly kind: 'seen'; readonly transactions: readonly Seen[]; readonly complete: boolean }
  | { readonly kind: 'unsupported' }
  | { readonly kind: 'failed'; readonly cause: string };
