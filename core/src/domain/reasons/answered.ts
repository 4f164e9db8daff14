import { type ReasonFacts, says } from './words.ts';

/** F-REGI's answers: it refused and nothing happened, or the outcome is unknown. */
export const ANSWERED = {
  already_captured: {
    ja: says(
      'すでに売上処理済みです（F-REGI管理画面での売上請求、または入金日取消後の再更新）。',
      '請求は1回だけです。F-REGIには送らず入金済にできます。',
    ),
    en: says(
      'It was captured already (in F-REGI’s console, or before its payment date was cleared).',
      'The customer is charged only once. Record the order as paid without telling F-REGI.',
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
      'This transaction charges nothing. After a change of amount, capture the new one there.',
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
    remedies: ['change_method', 'ask_customer'],
  },
  transaction_not_found: {
    ja: says('F-REGIにこの取引番号の取引がありません。', '店舗IDと取引番号を確認してください。'),
    en: says(
      'F-REGI has no transaction with this number.',
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
  captured_change_declined: {
    ja: says(
      '売上金額の変更がカード会社に承認されませんでした。変更前の売上はそのまま残っています。',
      'お客様とご相談のうえ、売上を取り消して再度購入していただくか、売上を取り消して別の方法で請求してください。',
    ),
    en: says(
      'The card company declined the new amount; the former capture stands.',
      'Refund it and have the customer buy again, or refund it and bill by another method.',
    ),
    remedies: ['refund_and_buy_again', 'refund_and_bill_otherwise'],
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
      'Look up F-REGI’s error code, and check the settings.',
    ),
    remedies: ['check_at_gateway'],
  },
  gateway_down: {
    ja: says(
      'F-REGIに接続できないため、送信を待っています。まだ何も送っていません。',
      'つながり次第、自動で続けます。二重になることはありません。ほかの受注はそのまま操作できます。',
    ),
    en: says(
      'F-REGI is out of reach, so this operation waits. Nothing has been sent yet.',
      'Renkei carries it out once, as soon as F-REGI is back. You can work on other orders.',
    ),
    remedies: ['see_operation'],
  },
  safe_mode: {
    ja: says(
      'データベースが過去の時点に復元されたため、入金・取消は停止しています。',
      'F-REGIとの照合が終わり、管理者が再開するまでお待ちください。何も送っていません。',
    ),
    en: says(
      'The database was restored to an earlier time, so payments and cancellations are stopped.',
      'Wait until the comparison is complete and the administrator resumes. Nothing was sent.',
    ),
    remedies: ['check_at_gateway'],
  },
  withdrawn: {
    ja: says(
      'F-REGIに接続できない間に、取り下げられました。何も送っていません。',
      '必要であれば、もう一度実行してください。',
    ),
    en: says(
      'It was withdrawn while F-REGI was out of reach. Nothing was sent.',
      'Do it again if you still want it.',
    ),
    remedies: ['try_again'],
  },
  gateway_unreachable: {
    ja: says(
      'F-REGIに接続できませんでした。何も送信していません。',
      'しばらくしてから、もう一度実行してください。',
    ),
    en: says('F-REGI could not be reached; nothing was sent.', 'Try again later.'),
    remedies: ['try_again'],
  },
  not_noted: {
    ja: says(
      'サーバーの控え（記録ファイル）に書き込めないため、F-REGIへは何も送信していません。',
      'サーバーの管理者に、ディスクの空き容量を確認するよう依頼してください。復旧後に、もう一度実行してください。',
    ),
    en: says(
      'The server could not write its file of marks, so nothing was sent to F-REGI.',
      'Ask the administrator to check whether the server’s disk is full; then try again.',
    ),
    remedies: ['try_again'],
  },
  confirmed_not_executed: {
    ja: says(
      '確認の結果、F-REGIでは実行されていませんでした。何も変わっていません。',
      '必要であれば、もう一度実行してください。',
    ),
    en: says(
      'F-REGI certainly did not carry it out; nothing was changed.',
      'Try again if you still want it.',
    ),
    remedies: ['try_again'],
  },

  // Asked, but the outcome is unknown.
  outcome_unknown: {
    ja: says(
      'F-REGIの処理結果をまだ確認できていません。請求された可能性も、されていない可能性もあります。',
      '二重に操作せず、結果がわかるまでお待ちください。',
    ),
    en: says(
      'F-REGI’s result is not confirmed yet. The customer may or may not have been charged.',
      'Do not repeat it. Wait until the result is known.',
    ),
    remedies: ['see_operation'],
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
      'Cancel the unwanted one in F-REGI’s console, then enter the one that stays.',
    ),
    remedies: ['answer_review', 'check_at_gateway'],
  },
} as const satisfies Record<string, ReasonFacts>;
