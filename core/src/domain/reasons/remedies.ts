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
  refund_and_bill_otherwise: {
    ja: '売上を取り消し、カード決済以外の方法で請求する',
    en: 'Refund and bill by another method',
  },
  refund_and_buy_again: {
    ja: '売上を取り消し、お客様に再度購入していただく',
    en: 'Refund, and have the customer buy again',
  },
  cancel_transaction: {
    ja: 'F-REGIに残っている取引を取り消す',
    en: 'Cancel the transaction that is left at F-REGI',
  },
  change_captured_amount: {
    ja: 'F-REGIの売上金額も変更する',
    en: 'Change the captured amount at F-REGI, too',
  },
  change_method: { ja: '決済方法を変更する', en: 'Change the payment method' },
  unmark_paid: { ja: '入金日を取り消す', en: 'Clear the payment date' },
  ask_customer: { ja: 'お客様に別の決済を案内する', en: 'Offer the customer another payment' },
  reload: { ja: '最新の内容を読み込む', en: 'Load the latest' },
  wait: { ja: '確認が終わるまで待つ', en: 'Wait until it is confirmed' },
  try_again: { ja: 'もう一度実行する', en: 'Try again' },
  answer_review: { ja: 'F-REGI管理画面の状態を入力する', en: 'Enter what F-REGI’s console shows' },
  turn_link_on: { ja: '自動連携を「利用する」にする', en: 'Turn the auto-link on' },
  process_order: { ja: '受注を「通常処理」にする', en: 'Process the pre-order' },
  reopen_order: { ja: '受注を「通常処理」に戻す', en: 'Put the order back to processing' },
} as const;
export type Remedy = keyof typeof REMEDY;
