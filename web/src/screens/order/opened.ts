import type { OrderStatus, PaymentKind } from '@renkei/contract';

/** The confirmation that is open. */
export type Opened =
  | { readonly kind: 'without' | 'former' }
  | { readonly kind: 'unmark' | 'left' | 'settle' }
  /** A settlement is taken back, by the version that it made. */
  | { readonly kind: 'correct'; readonly settlement: number }
  /** `choose`: what goes with it is asked in the dialog itself. */
  | { readonly kind: 'status'; readonly to: OrderStatus; readonly choose?: true }
  | { readonly kind: 'method'; readonly to: PaymentKind; readonly cancel: boolean };

/** 内容編集, as chosen on the page. */
export type MethodChoice = { readonly kind: PaymentKind | null; readonly cancel: boolean };
