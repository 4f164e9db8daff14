import type { TransactionState } from '../domain/order/states.ts';
import type { Verb } from '../domain/transaction/link.ts';
import type { Yen } from '../domain/values/yen.ts';

/** A call to the gateway for one shop. Amounts in yen. */
export type Ask = {
  readonly shopId: string;
  readonly verb: Verb;
  /** 取引番号 of the transaction to act on; null for `authorize`. */
  readonly seqno: string | null;
  /** 承認番号 of that transaction; null if unknown. */
  readonly authCode: string | null;
  /** 伝票番号 */
  readonly slipId: string;
  /** The new amount of `change_amount`, or the amount of `authorize`. */
  readonly amount: Yen;
  /** The card for `authorize`: a token or a registered customer, never a card number. */
  readonly card: { readonly token: string } | { readonly customerId: string } | null;
};

export type Answer =
  /** F-REGI did it. `seqno` and `authCode` name the new transaction if the verb makes one. */
  | { readonly kind: 'done'; readonly seqno: string | null; readonly authCode: string | null }
  /**
   * F-REGI authorizes only after the cardholder has confirmed (Y2). `page`: its HTML for the browser
   * of the cardholder.
   */
  | { readonly kind: 'challenge'; readonly page: string }
  /** The gateway refused explicitly: it did nothing. Code and text are the gateway's, verbatim. */
  | {
      readonly kind: 'refused';
      readonly refusal: Refusal;
      readonly code: string | null;
      readonly text: string;
    }
  /** The call certainly never left this machine. */
  | {
      readonly kind: 'unsent';
      readonly cause: string;
      /** If absent: the gateway could not be reached. */
      readonly because?: 'gateway_unreachable' | 'not_noted';
    }
  /** The call was sent, or perhaps sent, and has no trustworthy answer. */
  | { readonly kind: 'unknown'; readonly cause: string };

/** A refusal in our terms. `unclear`: the refusal may be temporary, or we do not know it. */
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

/** A transaction as seen at F-REGI, by the gateway's inquiry or by a person at its console. */
export type Seen = {
  readonly seqno: string;
  readonly authCode: string | null;
  readonly state: TransactionState;
  readonly amount: Yen;
};

export type InquiryResult =
  /** `complete`: the list holds all transactions of the slip. Otherwise there may be more. */
  | { readonly kind: 'seen'; readonly transactions: readonly Seen[]; readonly complete: boolean }
  | { readonly kind: 'unsupported' }
  | { readonly kind: 'failed'; readonly cause: string };
