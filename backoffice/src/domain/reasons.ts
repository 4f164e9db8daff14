/**
 * Why something was refused, or how it ended: a closed list, with cause and remedy in both
 * languages. A reason reads as a fact. F-REGI's own code and text are kept verbatim beside it.
 */

/** What an operator, or a program, can do about a reason: the same ids on screens and in the API. */
export const REMEDY = {
  change_method_to_none: {
    ja: '決済方法を「決済不要」に変更する',
    en: 'Change the payment method to “no payment required”',
  },
  edit_amounts: { ja: '金額を編集する', en: 'Edit the amounts' },
  mark_paid_without_gateway: {
    ja: 'F-REGIには送らず入金済にする',
    en: 'Record as paid without telling F-REGI',
  },
  capture_former_amount: {
    ja: '変更前の金額で売上処理し、差額を別の方法で精算する',
    en: 'Capture the former amount and settle the difference another way',
  },
  void_and_bill_otherwise: {
    ja: '承認を取り消し、カード決済以外の方法で請求する',
    en: 'Void the authorization and bill by another method',
  },
  check_at_gateway: { ja: 'F-REGI管理画面で確認する', en: 'Check in F-REGI’s console' },
  ask_customer: { ja: 'お客様に別の決済を案内する', en: 'Offer the customer another payment' },
  reload: { ja: '最新の内容を読み込む', en: 'Load the latest' },
  wait: { ja: '確認が終わるまで待つ', en: 'Wait until it is confirmed' },
  try_again: { ja: 'もう一度実行する', en: 'Try again' },
  answer_review: { ja: 'F-REGI管理画面の状態を入力する', en: 'Enter what F-REGI’s console shows' },
  turn_link_on: { ja: '自動連携を「利用する」にする', en: 'Turn the auto-link on' },
  reopen_order: { ja: '受注を「通常処理」に戻す', en: 'Put the order back to processing' },
} as const;
export type Remedy = keyof typeof REMEDY;

type Words = { readonly cause: string; readonly remedy: string };
type ReasonFacts = {
  readonly ja: Words;
  readonly en: Words;
  readonly remedies: readonly Remedy[];
};

const says = (cause: string, remedy: string): Words => ({ cause, remedy });

export const REASON = {
  // Refused before anything was asked of F-REGI.
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
      'Make it 2 yen or more (F-REGI’s least fee is 100 yen before tax).',
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
      'Confirm that the order is to be recorded as paid without telling F-REGI.',
    ),
    remedies: ['mark_paid_without_gateway', 'check_at_gateway'],
  },
  gateway_linkable: {
    ja: says(
      'F-REGIステータスが「承認済」のため、F-REGIに送らずに入金済にはできません。',
      '通常の入金済更新を行ってください。売上処理が同時に行われます。',
    ),
    en: says(
      'The F-REGI status is “authorized”, so the order is not recorded as paid without a capture.',
      'Mark it paid in the normal way; it is then captured.',
    ),
    remedies: ['try_again'],
  },
  link_off: {
    ja: says(
      'F-REGI自動連携を利用しない設定のため、F-REGIへは何も送りません。',
      'F-REGI管理画面で操作するか、自動連携を「利用する」にしてください。',
    ),
    en: says(
      'The auto-link is off, so nothing is sent to F-REGI.',
      'Use F-REGI’s console, or turn the auto-link on.',
    ),
    remedies: ['check_at_gateway', 'turn_link_on'],
  },
  cancel_not_offered: {
    ja: says(
      '「F-REGIの取引情報を取り消す」は、ステータスが「通常処理」のクレジットカード決済の受注にだけ使えます。',
      'チェックを外すか、受注を「通常処理」に戻してから操作してください。',
    ),
    en: says(
      'The transaction can be cancelled only from a card order in processing.',
      'Leave the box off, or put the order back to processing first.',
    ),
    remedies: ['reopen_order'],
  },
  status_change_not_allowed: {
    ja: says('このステータスには変更できません。', '現在のステータスを確認してください。'),
    en: says('The order cannot change to this status.', 'Look at its present status.'),
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
    remedies: ['ask_customer'],
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
    remedies: ['check_at_gateway'],
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
    en: says('There is no order of this number.', 'Check the number.'),
    remedies: ['reload'],
  },
  operation_open: {
    ja: says(
      'この受注はF-REGIで処理中、または結果確認中です。',
      '二重に操作せず、確認が終わるまでお待ちください。',
    ),
    en: says(
      'An operation on this order is in progress, or its result is being confirmed.',
      'Do not repeat it; wait until it is confirmed.',
    ),
    remedies: ['wait'],
  },
  order_changed: {
    ja: says(
      '画面を開いた後に、この受注は変更されました。',
      '変更内容を確認してから、もう一度操作してください。',
    ),
    en: says('The order was changed after it was shown.', 'See what changed, then try again.'),
    remedies: ['reload'],
  },

  // Answered by F-REGI: refused, and nothing of ours happened.
  already_captured: {
    ja: says(
      'すでに売上処理済みです（F-REGI管理画面での売上請求、または入金日取消後の再更新）。',
      '請求は1回だけです。F-REGIには送らず入金済にできます。',
    ),
    en: says(
      'It was captured already (in F-REGI’s console, or before its payment date was cleared).',
      'The customer is charged once only. Record the order as paid without telling F-REGI.',
    ),
    remedies: ['mark_paid_without_gateway', 'check_at_gateway'],
  },
  already_voided: {
    ja: says(
      '承認は取り消されています（取消済み、またはF-REGI管理画面で金額変更）。',
      'この取引では請求されません。金額変更をした場合は、F-REGI管理画面で新しい取引の売上請求をしてください。',
    ),
    en: says(
      'The authorization was voided, or its amount was changed in F-REGI’s console.',
      'This transaction charges nothing. If the amount was changed, capture the new one there.',
    ),
    remedies: ['check_at_gateway', 'mark_paid_without_gateway', 'ask_customer'],
  },
  already_refunded: {
    ja: says(
      'この取引は売上取消済みです。',
      '請求する場合は、お客様に別の決済を案内してください。',
    ),
    en: says('The capture was refunded already.', 'To charge, offer another payment.'),
    remedies: ['ask_customer', 'mark_paid_without_gateway'],
  },
  not_authorized: {
    ja: says(
      '承認されている取引がありません。',
      'お客様に別の決済を案内するか、F-REGIには送らず入金済にしてください。',
    ),
    en: says(
      'There is no authorized transaction.',
      'Offer another payment, or record the order as paid without telling F-REGI.',
    ),
    remedies: ['ask_customer', 'mark_paid_without_gateway'],
  },
  not_captured: {
    ja: says(
      'F-REGIではまだ売上処理されていません。',
      'F-REGI管理画面でステータスを確認してください。',
    ),
    en: says('F-REGI has not captured this transaction.', 'Check its state in F-REGI’s console.'),
    remedies: ['check_at_gateway'],
  },
  capture_deadline_passed: {
    ja: says(
      '売上処理の期限を過ぎています。',
      'この承認では請求できません。お客様に別の決済を案内してください。',
    ),
    en: says(
      'The deadline for the capture has passed.',
      'This authorization can no longer be charged; offer another payment.',
    ),
    remedies: ['ask_customer'],
  },
  transaction_not_found: {
    ja: says('F-REGIにこの取引番号の取引がありません。', '店舗IDと取引番号を確認してください。'),
    en: says(
      'F-REGI has no transaction of this number.',
      'Check the shop ID and the transaction number.',
    ),
    remedies: ['check_at_gateway'],
  },
  amount_change_declined: {
    ja: says(
      '金額変更がカード会社に承認されませんでした（利用枠不足など）。変更前の承認はそのまま残っています。',
      'お客様とご相談のうえ、変更前の金額で売上処理して差額を別途精算するか、承認を取り消して別の方法で請求してください。',
    ),
    en: says(
      'The card company declined the new amount; the former authorization stands.',
      'Capture the former amount and settle the difference another way, or void it and bill by another method.',
    ),
    remedies: ['capture_former_amount', 'void_and_bill_otherwise'],
  },
  card_declined: {
    ja: says(
      'カード会社の判断により承認されませんでした。',
      'お客様に別のカード、または別の決済方法を案内してください。',
    ),
    en: says('The card company declined.', 'Offer another card, or another payment method.'),
    remedies: ['ask_customer'],
  },
  request_rejected: {
    ja: says(
      'F-REGIが要求の内容を受け付けませんでした。何も変わっていません。',
      'F-REGIのエラーコードを確認し、設定を見直してください。',
    ),
    en: says(
      'F-REGI rejected the request; nothing was changed.',
      'Look F-REGI’s error code up, and check the settings.',
    ),
    remedies: ['check_at_gateway'],
  },
  gateway_unreachable: {
    ja: says(
      'F-REGIに接続できませんでした。何も送信していません。',
      'しばらくしてから、もう一度実行してください。',
    ),
    en: says('F-REGI could not be reached; nothing was sent.', 'Try again in a while.'),
    remedies: ['try_again'],
  },
  confirmed_not_executed: {
    ja: says(
      '確認の結果、F-REGIでは実行されていませんでした。何も変わっていません。',
      '必要であれば、もう一度実行してください。',
    ),
    en: says(
      'It was confirmed that F-REGI did not carry it out; nothing was changed.',
      'Try again if it is still wanted.',
    ),
    remedies: ['try_again'],
  },

  // Asked, and the outcome is not known.
  outcome_unknown: {
    ja: says(
      'F-REGIの処理結果をまだ確認できていません。請求された可能性も、されていない可能性もあります。',
      '二重に操作せずお待ちください。自動で確認します。',
    ),
    en: says(
      'F-REGI’s result is not confirmed yet. The customer may or may not have been charged.',
      'Do not repeat it. It is confirmed by itself.',
    ),
    remedies: ['wait'],
  },
  outcome_needs_review: {
    ja: says(
      '処理結果を自動では確認できませんでした。',
      'F-REGI管理画面でこの伝票番号を開き、見えている状態を入力してください。',
    ),
    en: says(
      'The result could not be confirmed automatically.',
      'Open the slip number in F-REGI’s console and enter the state shown there.',
    ),
    remedies: ['answer_review', 'check_at_gateway'],
  },
  two_live_transactions: {
    ja: says(
      'この伝票番号で、有効な取引が2件あります。',
      'F-REGI管理画面で不要な取引を取り消し、残した取引を入力してください。',
    ),
    en: says(
      'Two transactions are live for this slip number.',
      'Cancel the one not wanted in F-REGI’s console, then enter the one that stays.',
    ),
    remedies: ['answer_review', 'check_at_gateway'],
  },
} as const satisfies Record<string, ReasonFacts>;

export type Reason = keyof typeof REASON;
export type Locale = 'ja' | 'en';

/** Cause and remedy of a reason in one language, with the ids of what can be done. */
export function explain(reason: Reason, locale: Locale): Words & { remedies: readonly Remedy[] } {
  const facts: ReasonFacts = REASON[reason];
  return { ...facts[locale], remedies: facts.remedies };
}

/** L5: what the manual prints behind 受注コード: where the state is known without asking F-REGI. */
export const MANUAL_LINE: Partial<Record<Reason, string>> = {
  already_captured: '売上処理時の指定された取引は売上受付済みです',
  already_voided: '売上処理時の指定された取引は承認取消済みです',
  already_refunded: '売上処理時の指定された取引は売上取消済みです',
};
