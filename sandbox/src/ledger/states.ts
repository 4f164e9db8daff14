/**
 * The states of a card transaction, and the operations allowed in each (protocol §11). Written from
 * the protocol alone, independently of any client.
 */
export const STATES = {
  authorized: '承認済',
  voided: '承認取消',
  authorization_failed: '承認失敗',
  captured_untransmitted: '売上済（未伝送）',
  captured_transmitted: '売上済（伝送済）',
  refunded_untransmitted: '売上取消（未伝送）',
  refunded_transmitted: '売上取消（伝送済）',
  capture_failed: '売上失敗',
} as const;
export type LedgerState = keyof typeof STATES;

/** The operations on a transaction, by the CGI that carries them out, and their Japanese names. */
export const OPERATIONS = {
  sale: { name: '売上処理', code: 'S1-1' },
  authcancel: { name: '承認取消', code: 'A2-1' },
  salecancel: { name: '売上取消', code: 'S2-1' },
  authchange: { name: '承認金額変更', code: 'A3-1' },
  salechange: { name: '売上金額変更', code: 'S3-1' },
} as const;
export type CgiOperation = keyof typeof OPERATIONS;

/** Why an operation is refused in a state. */
export type Obstacle =
  | 'not_found'
  | 'captured'
  | 'voided'
  | 'refunded'
  | 'expired'
  | 'not_captured'
  | 'not_authorized';

/**
 * The last part of the code and the end of the sentence. Confirmed: the sentences of `captured` and
 * `voided` for 売上処理, and the whole of 125. The other codes and sentences are invented in the
 * confirmed grammar.
 */
export const OBSTACLES: Record<Obstacle, { readonly code: number; readonly text: string }> = {
  not_found: { code: 121, text: '存在しません' },
  captured: { code: 122, text: '売上受付済みです' },
  voided: { code: 123, text: '承認取消済みです' },
  refunded: { code: 124, text: '売上取消済みです' },
  expired: { code: 125, text: '売上処理期限を超過しています' },
  not_captured: { code: 126, text: '売上処理されていません' },
  not_authorized: { code: 127, text: '承認されていません' },
};

const captured = {
  sale: 'captured',
  authcancel: 'captured',
  authchange: 'captured',
  salecancel: null,
  salechange: null,
} as const;
const refunded = {
  sale: 'refunded',
  authcancel: 'refunded',
  authchange: 'refunded',
  salecancel: 'refunded',
  salechange: 'refunded',
} as const;
const failed = {
  sale: 'not_authorized',
  authcancel: 'not_authorized',
  authchange: 'not_authorized',
  salecancel: 'not_captured',
  salechange: 'not_captured',
} as const;

/** State × operation → the obstacle; null if the operation is allowed. */
export const MAY: Record<LedgerState, Record<CgiOperation, Obstacle | null>> = {
  authorized: {
    sale: null,
    authcancel: null,
    authchange: null,
    salecancel: 'not_captured',
    salechange: 'not_captured',
  },
  voided: {
    sale: 'voided',
    authcancel: 'voided',
    authchange: 'voided',
    salecancel: 'voided',
    salechange: 'voided',
  },
  authorization_failed: failed,
  captured_untransmitted: captured,
  captured_transmitted: captured,
  refunded_untransmitted: refunded,
  refunded_transmitted: refunded,
  capture_failed: failed,
};
