import { type ReasonFacts, says } from './words.ts';

/** Reasons not to mark an order as shipped, and for a missing cancel request. */
export const SHIPPING_REFUSED = {
  already_shipped: {
    ja: says(
      'この受注はすでに発送済です。',
      '送り状番号や発送日を直す場合は、訂正として登録してください。',
    ),
    en: says(
      'The order is shipped already.',
      'To correct a tracking number or a date, record a correction.',
    ),
    remedies: ['reload'],
  },
  status_not_shippable: {
    ja: says(
      'このステータスの受注は発送済にできません。',
      '受注のステータスを「通常処理」に戻してから操作してください。',
    ),
    en: says(
      'An order in this status cannot be marked as shipped.',
      'Put the order back to processing first.',
    ),
    remedies: ['reopen_order'],
  },
  shipped_on_in_future: {
    ja: says('発送日が未来の日付です。', '今日以前の日付を指定してください。'),
    en: says('The shipping date lies in the future.', 'Choose today or an earlier date.'),
    remedies: [],
  },
  no_such_destination: {
    ja: says(
      'この受注にないお届け先が指定されています。',
      '受注の内容を確認し、お届け先の番号を直してください。',
    ),
    en: says(
      'The order does not have that destination.',
      'Check the order, and correct the destination’s number.',
    ),
    remedies: ['reload'],
  },
  no_cancel_request: {
    ja: says('この受注にキャンセル依頼はありません。', '操作は不要です。'),
    en: says('There is no cancel request for this order.', 'There is nothing to do.'),
    remedies: ['reload'],
  },
} as const satisfies Record<string, ReasonFacts>;
