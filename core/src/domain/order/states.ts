/**
 * The words for the four independent axes of an order's state (spec/domain.md §2), each with the
 * manual's Japanese. TypeScript, SQL and JSON use the same strings.
 */

export const ORDER_STATUS = {
  preorder: { ja: '予約', en: 'Pre-order' },
  processing: { ja: '通常処理', en: 'Processing' },
  on_hold: { ja: '保留', en: 'On hold' },
  completed: { ja: '処理済み', en: 'Completed' },
  cancelled: { ja: '取消', en: 'Cancelled' },
  returned: { ja: '返品', en: 'Returned' },
  uncollectible: { ja: '未回収', en: 'Uncollectible' },
} as const;
export type OrderStatus = keyof typeof ORDER_STATUS;

/** Statuses of an order that nobody is to pay any more. */
export const LEFT_STATUSES = [
  'cancelled',
  'returned',
  'uncollectible',
] as const satisfies readonly OrderStatus[];

/** Statuses of a closed order: the shop has nothing more to do with it. */
export const CLOSED_STATUSES = [
  'completed',
  ...LEFT_STATUSES,
] as const satisfies readonly OrderStatus[];

/**
 * H6: why a customer is erased: on request; because the shop keeps nobody for longer; or again,
 * because a restored database had them once more.
 */
export const ERASURE_CAUSES = ['request', 'retention', 'restored'] as const;
export type ErasureCause = (typeof ERASURE_CAUSES)[number];

/** True of an order that nobody is to pay any more: 取消, 返品, 未回収. */
export function hasLeft({ status }: { readonly status: OrderStatus }): boolean {
  return LEFT_STATUSES.some((left) => left === status);
}

export const ORDER_TYPE = {
  regular: { ja: '通常受注', en: 'Regular' },
  preorder: { ja: '予約受注', en: 'Pre-order' },
  subscription: { ja: '定期受注', en: 'Subscription' },
  club: { ja: '頒布会受注', en: 'Club' },
} as const;
export type OrderType = keyof typeof ORDER_TYPE;

/** F-REGIステータス: the manual's ten, in its order. */
export const TRANSACTION_STATE = {
  authorized: { ja: '承認済', en: 'Authorized' },
  voided: { ja: '承認取消', en: 'Voided' },
  authorization_failed: { ja: '承認失敗', en: 'Authorization failed' },
  captured_untransmitted: { ja: '売上済（未伝送）', en: 'Captured (not transmitted)' },
  captured_transmitted: { ja: '売上済（伝送済）', en: 'Captured (transmitted)' },
  refunded_untransmitted: { ja: '売上取消（未伝送）', en: 'Refunded (not transmitted)' },
  refunded_transmitted: { ja: '売上取消（伝送済）', en: 'Refunded (transmitted)' },
  capture_failed: { ja: '売上失敗', en: 'Capture failed' },
  preorder_unauthorized: { ja: '予約（未オーソリ）', en: 'Pre-order (not authorized)' },
  validated_unauthorized: {
    ja: '通常処理（有効性確認済み）',
    en: 'Processing (card validated, not authorized)',
  },
} as const;
export type TransactionState = keyof typeof TRANSACTION_STATE;

/** 決済種別. `linked`: paid by card through F-REGI, so that the auto-link applies. */
export const PAYMENT_KIND = {
  bank_transfer: { ja: '銀行振込', en: 'Bank transfer', linked: false },
  postal_transfer: { ja: '郵便振込', en: 'Postal transfer', linked: false },
  convenience_fregi: { ja: 'コンビニ支払(F-REGI)', en: 'Convenience store', linked: false },
  card_fregi: { ja: 'クレジットカード(F-REGI)', en: 'Credit card', linked: true },
  mobile_edy_fregi: { ja: 'MobileEdy(F-REGI)', en: 'MobileEdy', linked: false },
  cyber_edy_fregi: { ja: 'CyberEdy(F-REGI)', en: 'CyberEdy', linked: false },
  rakuten_bank: {
    ja: '楽天銀行(リアルタイム自動引落)',
    en: 'Rakuten Bank direct debit',
    linked: false,
  },
  pay_in_store: { ja: '店頭払い', en: 'Pay in store', linked: false },
  np_deferred: { ja: 'NP後払い', en: 'NP deferred payment', linked: false },
  optional_1: { ja: '任意決済', en: 'Own method', linked: false },
  optional_2: { ja: '任意決済2', en: 'Own method 2', linked: false },
  optional_3: { ja: '任意決済3', en: 'Own method 3', linked: false },
  cash_on_delivery: { ja: '代金引換', en: 'Cash on delivery', linked: false },
  apple_pay_fregi: { ja: 'Apple Pay(F-REGI)', en: 'Apple Pay', linked: true },
  none: { ja: '決済不要', en: 'No payment required', linked: false },
} as const;
export type PaymentKind = keyof typeof PAYMENT_KIND;

/** The kinds paid by card through F-REGI. */
export const LINKED_KINDS: readonly PaymentKind[] = keysOf(PAYMENT_KIND).filter(
  (kind) => PAYMENT_KIND[kind].linked,
);

/** O3: how an amount outside of the card was received or given back. */
export const SETTLED_BY = {
  bank_transfer: { ja: '銀行振込', en: 'Bank transfer' },
  postal_transfer: { ja: '郵便振込', en: 'Postal transfer' },
  cash: { ja: '現金', en: 'Cash' },
  other: { ja: 'その他', en: 'Other' },
} as const;
export type SettledBy = keyof typeof SETTLED_BY;

/** 受注経路 */
export const CHANNEL = {
  pc: { ja: 'PC', en: 'PC' },
  mobile: { ja: 'モバイル', en: 'Mobile' },
  smartphone: { ja: 'スマートフォン', en: 'Smartphone' },
} as const;
export type Channel = keyof typeof CHANNEL;

/** Returns the keys of a table above as a tuple, for zod and SQL checks. */
export function keysOf<T extends object>(table: T): [keyof T & string, ...(keyof T & string)[]] {
  const keys = Object.keys(table) as (keyof T & string)[];
  const [first, ...rest] = keys;
  if (first === undefined) throw new Error('an empty table has no keys');
  return [first, ...rest];
}

/**
 * The states of an operation that has not ended; an order has at most one such operation. `asking`:
 * under way. `confirming`: 本人認証待ち, the cardholder has to confirm (Y2). `unknown`: 結果確認中.
 * `review`: 要確認.
 */
export const OPEN_STATES = ['asking', 'confirming', 'unknown', 'review'] as const;
export type OpenState = (typeof OPEN_STATES)[number];

/** Open states in which a process takes the operation up when it is due. */
export const DUE_STATES = [
  'asking',
  'confirming',
  'unknown',
] as const satisfies readonly OpenState[];

/** Open states in which nobody knows what F-REGI did. */
export const DOUBTFUL_STATES = ['unknown', 'review'] as const satisfies readonly OpenState[];

/** F-REGI's part of a change that asks it nothing. */
export const UNASKED = ['not_told', 'not_concerned', 'left_alone', 'nothing_to_cancel'] as const;
export type Unasked = (typeof UNASKED)[number];

/** The fate of a transaction that nobody asks F-REGI to cancel (V4, P2, U1). */
export type Left = Exclude<Unasked, 'not_told'>;

/**
 * The ways in which Renkei learns the outcome of an ask in doubt (M4): it looks at F-REGI; it asks
 * again, and F-REGI carries the same ask out only once; or a person reads F-REGI's console.
 */
export const PROOFS = ['inquiry', 'repeat', 'person'] as const;
export type Proof = (typeof PROOFS)[number];
