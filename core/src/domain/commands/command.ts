import type { Sighted } from '../drift/sighted.ts';
import type { Amounts, Lines, Settlement } from '../order/amounts.ts';
import type { Shipment } from '../order/shipping.ts';
import type { ErasureCause, OrderStatus, PaymentKind } from '../order/states.ts';
import type { DayAsked } from '../rules/day-doubts.ts';
import type { JstDate } from '../values/jst.ts';

/** A command that an operator or a program gives to an order. */
export type Command =
  | {
      readonly kind: 'mark_paid';
      readonly paidOn: JstDate;
      /** C8; if absent, 自動送信 whenever F-REGI or the customer's payment confirms the money (O2). */
      readonly mail?: 'auto' | 'manual' | undefined;
      /** C5: record as paid although F-REGI cannot be told. */
      readonly withoutGateway: boolean;
      /** The unpaid list accepts orders in 通常処理 only (L2); the order page accepts more (C7). */
      readonly from: 'detail' | 'unpaid_list' | 'confirmation';
      /** C4 (a): capture the authorized amount, and settle the difference another way. */
      readonly amount?: 'billed' | 'authorized';
      /** 発行番号 of the payment that F-REGI confirms (L2). */
      readonly settleno?: string;
      /** O6: absent if 入金日 is today, or if a person has confirmed it with the whole run. */
      readonly day?: DayAsked;
    }
  | {
      readonly kind: 'unmark_paid';
      /** U1: also cancel the transaction at F-REGI; an explicit choice. */
      readonly refund?: boolean;
    }
  /** O6: gives a paid order another 入金日; no money moves. */
  | ({ readonly kind: 'correct_paid_on'; readonly paidOn: JstDate } & DayAsked)
  /** O3: records an amount received, or given back, otherwise than by card. */
  | ({ readonly kind: 'settle' } & Pick<Settlement, 'direction' | 'amount' | 'by' | 'on'>)
  /** O3: takes back a settlement recorded by mistake, by a counter-entry. */
  | { readonly kind: 'correct_settlement'; readonly settlement: number }
  | {
      readonly kind: 'change_status';
      readonly to: OrderStatus;
      /** V1: F-REGIの取引情報を取り消す */
      readonly cancelTransaction: boolean;
      /** V6: 在庫を反映させる, ご利用ポイントを返還する, and the mail; each off by default. */
      readonly returnStock?: boolean;
      readonly returnPoints?: boolean;
      readonly mail?: boolean;
      /** K3: 発行取消 of every payment that the customer can still make; off by default. */
      readonly revokePayments?: boolean;
    }
  /** K3: 発行取消 of some payments issued at F-REGI, by their 発行番号. */
  | { readonly kind: 'revoke_payments'; readonly settlenos: readonly string[] }
  | {
      readonly kind: 'change_method';
      readonly paymentKind: PaymentKind;
      /** 決済方法, in the shop's own words. */
      readonly paymentMethod: string;
      /** P1: F-REGIの取引情報を取り消す */
      readonly cancelTransaction: boolean;
    }
  | {
      readonly kind: 'edit_amounts';
      /** Absent amounts stay as they are. */
      readonly amounts: Partial<Amounts>;
      /** The products of every destination; 商品合計金額 then becomes their sum. */
      readonly lines?: Lines;
      /** A3: edits a paid order, and has F-REGI change the captured amount. */
      readonly changeCaptured?: boolean;
    }
  | {
      readonly kind: 'authorize';
      /** A single-use card token; null to charge the card registered as 顧客番号. */
      readonly cardToken: string | null;
      /** Where the cardholder's browser goes after a confirmation (Y2). */
      readonly returnUrl?: string | null;
    }
  | {
      /** 発送 → 発送済 */
      readonly kind: 'ship';
      readonly shipments: readonly Shipment[];
      /** True if every destination has been shipped to after this command. */
      readonly complete: boolean;
      /** Corrects the recorded shipment of a shipped order. */
      readonly correction?: boolean;
      readonly mail: 'auto' | 'manual';
    }
  /** キャンセル依頼: the customer requests it; the shop dismisses it. */
  | { readonly kind: 'request_cancel'; readonly message: string }
  | { readonly kind: 'dismiss_cancel_request'; readonly requested: boolean }
  /** H6: erases the customer of a closed order; money and proof stay. */
  | {
      readonly kind: 'erase_customer';
      readonly cause: ErasureCause;
      /** What waits for the customer besides the order itself; null: nothing does. */
      readonly waiting: ErasureWaits | null;
    }
  /** V4, P2, U1: voids or refunds a transaction that was left behind. */
  | { readonly kind: 'cancel_transaction' }
  /** D12: voids or refunds another transaction seen under the order's slip. */
  | { readonly kind: 'cancel_stray'; readonly stray: Sighted }
  /** D1: captures the authorization of a paid order; the order itself does not change. */
  | { readonly kind: 'capture' }
  | {
      /** A2, A3: links the order to another transaction seen under its slip. */
      readonly kind: 'relink';
      readonly to: Sighted;
      /** A3: the order bills the amount that F-REGI captured. */
      readonly adopt: boolean;
    }
  /** F59: a second person agrees to the proposed command, which is then carried out. */
  | { readonly kind: 'agree_to_proposal'; readonly proposal: number }
  /** F59: a second person declines the proposed command, or the proposer withdraws it. */
  | {
      readonly kind: 'end_proposal';
      readonly proposal: number;
      /** The id of whoever says it. */
      readonly by: string;
      readonly word: string;
    };

/** H6: an open item of 要対応, or a mail that has not left, keeps a customer from being erased. */
export type ErasureWaits = 'attention_open' | 'mail_waiting';

export type CommandOf<Kind extends Command['kind']> = Extract<Command, { readonly kind: Kind }>;
