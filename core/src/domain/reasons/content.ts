import { type ReasonFacts, says } from './words.ts';

/** Reasons to refuse an edit of an order, its method or its status before any call. */
export const CONTENT_REFUSED = {
  status_not_editable: {
    ja: says(
      '取消・返品・未回収の受注は編集できません。',
      '受注のステータスを「通常処理」に戻してから編集してください。',
    ),
    en: says(
      'A cancelled, returned or uncollectible order cannot be edited.',
      'Put the order back to processing first.',
    ),
    remedies: ['reopen_order'],
  },
  method_unchanged: {
    ja: says('決済方法は変わっていません。', '別の決済方法を選択してください。'),
    en: says('The payment method is the same.', 'Choose another method.'),
    remedies: [],
  },
  cancel_needs_other_method: {
    ja: says(
      '「F-REGIの取引情報を取り消す」は、クレジットカードから別の決済方法に変更するときに使えます。',
      'チェックを外すか、別の決済方法を選択してください。',
    ),
    en: says(
      'The transaction can be cancelled only with a change from card to another method.',
      'Leave the box off, or choose another method.',
    ),
    remedies: [],
  },
  no_way_to_card: {
    ja: says(
      'この受注の決済方法をクレジットカードに変更することはできません。',
      'クレジットカードでの決済は、お客様に再度購入していただいてください。',
    ),
    en: says(
      'The payment method of an order cannot be changed to a card.',
      'For a card payment, have the customer buy again.',
    ),
    remedies: ['ask_customer'],
  },
  billed_not_zero: {
    ja: says(
      '請求金額が0円ではないため、決済方法を「決済不要」に変更できません。',
      '請求金額を0円にするか、別の決済方法を選択してください。',
    ),
    en: says(
      'The billed amount is not 0 yen, so a payment is required.',
      'Change the billed amount to 0 yen, or choose another method.',
    ),
    remedies: ['edit_amounts'],
  },
  nothing_to_cancel: {
    ja: says('F-REGIに取り消す取引はありません。', '操作は不要です。'),
    en: says('There is no transaction to cancel at F-REGI.', 'There is nothing to do.'),
    remedies: ['reload'],
  },
  transaction_in_use: {
    ja: says(
      'この受注はF-REGIの取引で決済されるため、取引だけを取り消すことはできません。',
      'ステータスの変更または決済方法の変更で「F-REGIの取引情報を取り消す」にチェックしてください。',
    ),
    en: says(
      'This transaction pays for the order, so it cannot be cancelled alone.',
      'Cancel it together with a change of status or of payment method.',
    ),
    remedies: ['change_method'],
  },
  return_not_offered: {
    ja: says(
      '在庫の反映、ポイントの返還、メールの送信は、取消・返品・未回収・保留への変更時にだけ使えます。',
      'チェックを外してください。',
    ),
    en: says(
      'Stock, points and mail go only with cancelled, returned, uncollectible or on hold.',
      'Leave the boxes off.',
    ),
    remedies: [],
  },
  stock_already_returned: {
    ja: says('在庫はすでに反映されています。', '「在庫を反映させる」のチェックを外してください。'),
    en: says('The stock has already been returned.', 'Leave the box off.'),
    remedies: ['reload'],
  },
  no_points_used: {
    ja: says(
      'この受注ではポイントが利用されていません。',
      '「ご利用ポイントを返還する」のチェックを外してください。',
    ),
    en: says('No points were used for this order.', 'Leave the box off.'),
    remedies: [],
  },
  points_already_returned: {
    ja: says(
      'ご利用ポイントはすでに返還されています。',
      '返還済みのポイント数を確認してください。',
    ),
    en: says('The points have already been given back.', 'Check how many were given back.'),
    remedies: ['reload'],
  },
  destinations_differ: {
    ja: says(
      '商品が、お届け先ごとに指定されていません。',
      'すべてのお届け先の商品を、お届け先の順に指定してください。',
    ),
    en: says(
      'The request does not list products for every destination.',
      'List the products of every destination, in the order of the destinations.',
    ),
    remedies: ['reload'],
  },
  items_differ: {
    ja: says(
      '商品合計金額が、商品の単価と数量の合計と一致しません。',
      '商品合計金額を省くか、合計に合わせてください。',
    ),
    en: says(
      'The amount of the items is not the sum of the products.',
      'Leave the amount out, or give the sum.',
    ),
    remedies: ['edit_amounts'],
  },
  total_too_large: {
    ja: says('総合計金額が上限（99,999,999円）を超えています。', '金額を見直してください。'),
    en: says('The total is above the limit (99,999,999 yen).', 'Correct the amounts.'),
    remedies: ['edit_amounts'],
  },
  unmark_paid_first: {
    ja: says(
      '入金済の受注の金額は変更できません。',
      '金額を変更する場合は、先に入金日を取り消してください。',
    ),
    en: says('The amounts of a paid order cannot be edited.', 'Clear the payment date first.'),
    remedies: ['unmark_paid'],
  },
  not_paid_by_card: {
    ja: says(
      '売上金額の変更は、クレジットカードで売上済・入金済の受注にだけ使えます。',
      '未入金の受注は、金額を編集すると入金済更新時にF-REGIへ連携されます。',
    ),
    en: says(
      'The captured amount can be changed only for an order that is paid and captured by card.',
      'Edit the amounts of an unpaid order; F-REGI learns of them when it is marked paid.',
    ),
    remedies: ['edit_amounts'],
  },
  captured_amount_same: {
    ja: says(
      '請求金額はF-REGIの売上金額と同じです。',
      'F-REGIへの連携なしで、金額だけを編集してください。',
    ),
    en: says(
      'The billed amount already equals the captured amount.',
      'Edit the amounts without changing the captured amount.',
    ),
    remedies: ['edit_amounts'],
  },
} as const satisfies Record<string, ReasonFacts>;
