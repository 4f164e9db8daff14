import { type ReasonFacts, says } from './words.ts';

/** Reasons to refuse a command before any call to F-REGI. */
export const REFUSED = {
  already_paid: {
    ja: says('この受注はすでに入金済です。', '操作は不要です。'),
    en: says('The order is paid already.', 'There is nothing to do.'),
    remedies: ['reload'],
  },
  not_paid: {
    ja: says('この受注は未入金です。', '操作は不要です。'),
    en: says('The order is not paid.', 'There is nothing to do.'),
    remedies: ['reload'],
  },
  preorder_not_payable: {
    ja: says(
      '予約の受注は、まだ入金済にできません。',
      '「通常処理」にして承認（オーソリ）を受けてから、入金済にしてください。',
    ),
    en: says(
      'A pre-order cannot be marked as paid yet.',
      'Process it first, which authorizes the card.',
    ),
    remedies: ['process_order'],
  },
  order_closed: {
    ja: says(
      'この受注は取引がF-REGIで取り消されており、入金済にできません。',
      '代金をいただく場合は、お客様に再度購入していただいてください。',
    ),
    en: says(
      'The order’s transaction was cancelled at F-REGI, so it cannot be marked as paid.',
      'For a payment, have the customer buy again.',
    ),
    remedies: ['ask_customer'],
  },
  status_not_payable: {
    ja: says(
      'このステータスの受注は入金済にできません。',
      '受注のステータスを「通常処理」に戻してから操作してください。',
    ),
    en: says(
      'An order in this status cannot be marked paid.',
      'Put the order back to processing first.',
    ),
    remedies: ['reopen_order'],
  },
  paid_on_in_future: {
    ja: says('入金日が未来の日付です。', '今日以前の日付を指定してください。'),
    en: says('The payment date lies in the future.', 'Choose today or an earlier date.'),
    remedies: [],
  },
  amount_zero: {
    ja: says(
      '請求金額が0円のため、クレジット決済はできません。',
      '決済方法を「決済不要」に変更し、「F-REGIの取引情報を取り消す」にチェックしてください。',
    ),
    en: says(
      'The billed amount is 0 yen, which cannot be paid by card.',
      'Change the payment method to “no payment required” and cancel the transaction at F-REGI.',
    ),
    remedies: ['change_method_to_none', 'edit_amounts'],
  },
  amount_one: {
    ja: says(
      '請求金額が1円の場合、クレジット決済はご利用いただけません。',
      '請求金額が2円以上になるようご調整ください（最低決済手数料は100円（税抜）です）。',
    ),
    en: says(
      'A billed amount of 1 yen cannot be paid by card.',
      'Change it to 2 yen or more (F-REGI’s lowest fee is 100 yen before tax).',
    ),
    remedies: ['edit_amounts'],
  },
  amount_too_large: {
    ja: says(
      '請求金額がクレジット決済の上限（9,999,999円）を超えています。',
      '金額を編集するか、別の決済方法で請求してください。',
    ),
    en: says(
      'The billed amount is above the limit for cards (9,999,999 yen).',
      'Edit the amounts, or bill by another method.',
    ),
    remedies: ['edit_amounts'],
  },
  gateway_not_linkable: {
    ja: says(
      'F-REGIステータスが「承認済」ではないため、F-REGIへは連携されません。',
      'F-REGIには送らずに入金済として記録する場合は、その旨を確認してください。',
    ),
    en: says(
      'The F-REGI status is not “authorized”, so F-REGI cannot be told.',
      'Confirm that you want to record the order as paid without telling F-REGI.',
    ),
    remedies: ['mark_paid_without_gateway', 'check_at_gateway'],
  },
  gateway_linkable: {
    ja: says(
      'F-REGIステータスが「承認済」のため、F-REGIに送らずに入金済にはできません。',
      '通常の入金済更新を行ってください。売上処理が同時に行われます。',
    ),
    en: says(
      'The F-REGI status is “authorized”, so the order cannot be recorded as paid without a capture.',
      'Mark it paid in the normal way; F-REGI then captures it.',
    ),
    remedies: ['mark_paid'],
  },
  link_off: {
    ja: says(
      'F-REGI自動連携を利用しない設定のため、F-REGIへは何も送りません。',
      'F-REGI管理画面で操作するか、自動連携を「利用する」にしてください。',
    ),
    en: says(
      'The auto-link is off, so nothing is sent to F-REGI.',
      'Use F-REGI’s console, or turn on the auto-link.',
    ),
    remedies: ['check_at_gateway', 'turn_link_on'],
  },
  cancel_not_offered: {
    ja: says(
      '「F-REGIの取引情報を取り消す」は、ステータスが「通常処理」のクレジットカード決済の受注にだけ使えます。',
      'チェックを外すか、受注を「通常処理」に戻してから操作してください。',
    ),
    en: says(
      'The transaction can be cancelled only with a card order in processing.',
      'Leave the box off, or put the order back to processing first.',
    ),
    remedies: ['reopen_order'],
  },
  status_change_not_allowed: {
    ja: says('このステータスには変更できません。', '現在のステータスを確認してください。'),
    en: says('The order cannot change to this status.', 'Check its current status.'),
    remedies: ['reload'],
  },
  transaction_cancelled: {
    ja: says(
      'F-REGIの取引が取り消されているため、「通常処理」には戻せません。',
      'お客様に再度購入していただくか、別の決済方法で請求してください。',
    ),
    en: says(
      'The transaction at F-REGI was cancelled, so the order cannot go back to processing.',
      'Have the customer buy again, or bill by another method.',
    ),
    remedies: ['change_method', 'ask_customer'],
  },
  paid_amount_fixed: {
    ja: says(
      '入金済の受注の金額は、ここでは変更できません。',
      '「入金済」の金額変更は、F-REGI管理画面より実施してください。',
    ),
    en: says(
      'The amounts of a paid order cannot be edited here.',
      'Change the captured amount in F-REGI’s console.',
    ),
    remedies: ['change_captured_amount', 'check_at_gateway'],
  },
  deductions_exceed_total: {
    ja: says('ポイントと割引の合計が総合計金額を超えています。', '金額を見直してください。'),
    en: says('Points and discounts exceed the total.', 'Correct the amounts.'),
    remedies: ['edit_amounts'],
  },
  already_authorized: {
    ja: says('この受注はすでに承認を受けています。', '操作は不要です。'),
    en: says('The order is authorized already.', 'There is nothing to do.'),
    remedies: ['reload'],
  },
  no_card_registered: {
    ja: says(
      'F-REGIにカードが登録されていません。',
      'お客様に再度カードを登録していただくか、別の決済方法を案内してください。',
    ),
    en: says(
      'No card is registered at F-REGI for this order.',
      'Have the customer register a card again, or offer another payment.',
    ),
    remedies: ['ask_customer'],
  },
  order_not_found: {
    ja: says('この受注コードの受注はありません。', '受注コードを確認してください。'),
    en: says('There is no order with this number.', 'Check the number.'),
    remedies: ['reload'],
  },
  operation_open: {
    ja: says(
      'この受注はF-REGIで処理中、本人認証待ち、または結果確認中です。',
      '二重に操作せず、確認が終わるまでお待ちください。',
    ),
    en: says(
      'An operation on this order is in progress, waits for the cardholder, or has no confirmed result yet.',
      'Do not repeat it; wait until it is confirmed.',
    ),
    remedies: ['see_operation'],
  },
  order_changed: {
    ja: says(
      '画面を開いた後に、この受注は変更されました。',
      '変更内容を確認してから、もう一度操作してください。',
    ),
    en: says('The order was changed after it was shown.', 'Check the changes, then try again.'),
    remedies: ['reload'],
  },
} as const satisfies Record<string, ReasonFacts>;
