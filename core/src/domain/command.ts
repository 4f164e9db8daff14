import type { Sighted } from './drift/sighted.ts';
import type { OrderEvent } from './events.ts';
import type { Goal } from './link.ts';
import type { Amounts, JstDate, Lines, Settlement, Transaction } from './order.ts';
import type { Reason } from './reasons/index.ts';
import type { Period } from './reconciliation/match.ts';
import type { Shipment } from './shipping.ts';
import type { OrderStatus, PaymentKind } from './states.ts';
import type { Yen } from './yen.ts';

/** What an operator or a program asks of an order. */
export type Command =
  | {
      readonly kind: 'mark_paid';
      readonly paidOn: JstDate;
      /** C8; left out, 自動送信 wherever F-REGI or the customer's payment confirms it (O2). */
      readonly mail?: 'auto' | 'manual' | undefined;
      /** C5: record as paid although F-REGI cannot be told. */
      readonly withoutGateway: boolean;
      /** The unpaid list takes orders in processing only (L2), the detail more (C7). */
      readonly from: 'detail' | 'unpaid_list' | 'confirmation';
      /** C4 (a): capture what is authorized, and settle the difference another way. */
      readonly amount?: 'billed' | 'authorized';
    }
  | {
      readonly kind: 'unmark_paid';
      /** U1: cancel the transaction at F-REGI, too; an explicit choice. */
      readonly refund?: boolean;
    }
  | {
      /** O6: another 入金日 for an order that is 入金済; no money moves. */
      readonly kind: 'correct_paid_on';
      readonly paidOn: JstDate;
      /** The day was asked about, and is meant. */
      readonly dayConfirmed: boolean;
      /** The days that are closed (照合), as they are known when the command is given. */
      readonly closed: Period | null;
    }
  /** O3: records what was received, or given back, otherwise than by card. */
  | ({ readonly kind: 'settle' } & Pick<Settlement, 'direction' | 'amount' | 'by' | 'on'>)
  /** O3: takes a settlement back that was recorded by mistake, by an entry that counters it. */
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
    }
  | {
      readonly kind: 'change_method';
      readonly paymentKind: PaymentKind;
      /** 決済方法: the shop's own words. */
      readonly paymentMethod: string;
      /** P1: F-REGIの取引情報を取り消す */
      readonly cancelTransaction: boolean;
    }
  | {
      readonly kind: 'edit_amounts';
      /** What is left out stays as it is. */
      readonly amounts: Partial<Amounts>;
      /** The products of every destination; 商品合計金額 is then their sum. */
      readonly lines?: Lines;
      /** A3: of a paid order, and F-REGI is told to change what it has captured. */
      readonly changeCaptured?: boolean;
    }
  | {
      readonly kind: 'authorize';
      /** A single-use card token; null to charge the card registered as 顧客番号. */
      readonly cardToken: string | null;
    }
  | {
      /** 発送 → 発送済 */
      readonly kind: 'ship';
      readonly shipments: readonly Shipment[];
      /** After it, every destination has been sent to. */
      readonly complete: boolean;
      /** Mends what was recorded of an order that is shipped. */
      readonly correction?: boolean;
      readonly mail: 'auto' | 'manual';
    }
  /** キャンセル依頼: the customer asks for it; the shop dismisses it. */
  | { readonly kind: 'request_cancel'; readonly message: string }
  | { readonly kind: 'dismiss_cancel_request'; readonly requested: boolean }
  /** V4, P2, U1: voids or refunds a transaction that was left behind. */
  | { readonly kind: 'cancel_transaction' }
  /** D12: voids or refunds another transaction that was seen under the order's slip. */
  | { readonly kind: 'cancel_stray'; readonly stray: Sighted }
  /** D1: captures what a paid order has authorized; the order itself does not change. */
  | { readonly kind: 'capture' }
  | {
      /** A2, A3: links the order to another transaction that was seen under its slip. */
      readonly kind: 'relink';
      readonly to: Sighted;
      /** A3: the order is to bill what F-REGI has captured. */
      readonly adopt: boolean;
    };

export type CommandOf<Kind extends Command['kind']> = Extract<Command, { readonly kind: Kind }>;

/** The shop's settings that decisions rest on. */
export type LinkSettings = {
  /** S1: F-REGI自動連携 */
  readonly linkEnabled: boolean;
};

/** What the shop records of its own once the goal is reached, in the same transaction. */
export type Afterwards = Extract<
  OrderEvent,
  {
    kind:
      | 'order_marked_paid'
      | 'order_unmarked_paid'
      | 'status_changed'
      | 'payment_method_changed'
      | 'amounts_edited';
  }
>;

export type Decision =
  | { readonly kind: 'refuse'; readonly reason: Reason; readonly because: Reason | null }
  | { readonly kind: 'record'; readonly event: OrderEvent }
  | {
      readonly kind: 'pursue';
      readonly goal: Goal;
      /** What F-REGI is to hold or take at the end: the billed amount (C2). */
      readonly amount: Yen;
      readonly afterwards: Afterwards | null;
      /** The transaction that it is about, where that is not the order's own (D12). */
      readonly stray?: Transaction;
    };

export function refuse(reason: Reason, because: Reason | null = null): Decision {
  return { kind: 'refuse', reason, because };
}

export function record(event: OrderEvent): Decision {
  return { kind: 'record', event };
}
