/**
 * The actions that an operator or a program can take after a refusal, or about a drift (a repair).
 * The list is closed; the screens and the API share ids and words. `domain/commands/remedies.ts` holds what
 * each action does.
 */
const RECORD_AS_PAID = {
  ja: 'F-REGIには送らず入金済にする',
  en: 'Record as paid without telling F-REGI',
} as const;

export const REMEDY = {
  change_method_to_none: {
    ja: '決済方法を「決済不要」に変更する',
    en: 'Change the payment method to “no payment required”',
  },
  edit_amounts: { ja: '金額を編集する', en: 'Edit the amounts' },
  mark_paid_without_gateway: RECORD_AS_PAID,
  /**
   * The same remedy under the id that 要対応 has always used; stored items and their history keep it.
   */
  record_as_paid: RECORD_AS_PAID,
  capture_former_amount: {
    ja: '変更前の金額で売上処理し、差額を別の方法で精算する',
    en: 'Capture the former amount and settle the difference another way',
  },
  void_and_bill_otherwise: {
    ja: '承認を取り消し、カード決済以外の方法で請求する',
    en: 'Void the authorization and bill by another method',
  },
  check_at_gateway: {
    ja: 'F-REGI管理画面で確認・操作する',
    en: 'Check and act in F-REGI’s console',
  },
  refund_and_bill_otherwise: {
    ja: '売上を取り消し、カード決済以外の方法で請求する',
    en: 'Refund and bill by another method',
  },
  refund_and_buy_again: {
    ja: '売上を取り消し、お客様に再度購入していただく',
    en: 'Refund, and have the customer buy again',
  },
  cancel_transaction: {
    ja: 'F-REGIの取引情報を取り消す',
    en: 'Cancel the transaction at F-REGI',
  },
  change_captured_amount: {
    ja: 'F-REGIの売上金額を請求金額に変更する',
    en: 'Change the captured amount at F-REGI to the billed amount',
  },
  change_method: { ja: '決済方法を変更する', en: 'Change the payment method' },
  unmark_paid: { ja: '入金日を取り消す', en: 'Clear the payment date' },
  ask_customer: {
    ja: 'お客様に別の決済、または再購入を案内する',
    en: 'Offer the customer another payment, or ask them to buy again',
  },
  reload: { ja: '最新の内容を読み込む', en: 'Load the latest' },
  see_operation: { ja: '処理の状況を見る', en: 'Check the operation' },
  confirm_file: {
    ja: '別の担当者が同じCSVを取り込む',
    en: 'Have a second person import the same CSV',
  },
  see_proposal: { ja: '確認待ちの操作を見る', en: 'See the command that waits' },
  try_again: { ja: 'もう一度実行する', en: 'Try again' },
  answer_review: { ja: 'F-REGI管理画面の状態を入力する', en: 'Enter what F-REGI’s console shows' },
  turn_link_on: { ja: '自動連携を「利用する」にする', en: 'Turn on the auto-link' },
  process_order: { ja: '受注を「通常処理」にする', en: 'Process the pre-order' },
  reopen_order: { ja: '受注を「通常処理」に戻す', en: 'Put the order back to processing' },
  capture: { ja: '売上処理を実行する', en: 'Capture it at F-REGI' },
  relink: {
    ja: '請求金額を変えずに、F-REGIの新しい取引に結び直す',
    en: 'Link the order to the new transaction, and keep the bill',
  },
  adopt_amount: {
    ja: 'F-REGIの金額を受注に記録する',
    en: 'Use F-REGI’s amount in the order',
  },
  cancel_stray: {
    ja: '余分な取引をF-REGIで取り消す',
    en: 'Cancel the extra transaction at F-REGI',
  },
  revoke_payments: { ja: '発行取消を行う', en: 'Revoke the payment' },
  settle_otherwise: {
    ja: '差額を別の方法で精算し、記録する',
    en: 'Settle the difference another way, and record it',
  },
  mark_paid: { ja: '入金済にする（売上処理）', en: 'Mark paid, and capture' },
  authorize: { ja: 'もう一度承認する', en: 'Authorize again' },
  look_again: { ja: 'F-REGIに照会する', en: 'Look at F-REGI now' },
  refund_otherwise: {
    ja: 'お客様に返金し、対応済みとして閉じる',
    en: 'Refund the customer, and close this as done',
  },
  check_settings: { ja: '店舗のF-REGI設定を確認する', en: 'Check the shop’s F-REGI settings' },
} as const;
export type Remedy = keyof typeof REMEDY;
