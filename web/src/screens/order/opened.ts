import type { OrderStatus, PaymentKind } from '@renkei/contract';

/** The confirmation that is open. */
export type OpenedDialog =
  | { readonly kind: 'without_gateway' | 'former_amount' }
  /** K3: 発行取消 of one payment. */
  | { readonly kind: 'revoke'; readonly settleno: string }
  | { readonly kind: 'unmark' | 'remaining_transaction' | 'settle' }
  /** Takes a settlement back; `settlement` is the version that it made. */
  | { readonly kind: 'correct'; readonly settlement: number }
  /** `choose`: the dialog itself asks for the boxes. */
  | { readonly kind: 'status'; readonly to: OrderStatus; readonly choose?: true }
  | { readonly kind: 'method'; readonly to: PaymentKind; readonly cancel: boolean };

/** 内容編集, as the operator chose it on the page. */
export type MethodChoice = { readonly kind: PaymentKind | null; readonly cancel: boolean };
