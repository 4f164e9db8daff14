import { type ReasonFacts, says } from './words.ts';

/** Reasons about payments issued at F-REGI: why one did not make its order 入金済 (L2), 発行取消 (K3). */
export const REDIRECT_REFUSED = {
  redirect_amount_differs: {
    ja: says(
      'お支払いは完了していますが、発行時の金額が現在の請求金額と異なります。',
      '差額をお客様とご相談のうえ、入金済に更新してください。',
    ),
    en: says(
      'The payment is complete, but it was issued for another amount than the present bill.',
      'Settle the difference with the customer, then mark the order paid.',
    ),
    remedies: ['edit_amounts'],
  },
  redirect_given_back: {
    ja: says(
      'お支払いは完了していますが、返金の記録があるため、自動では入金済になりません。',
      '返金の記録とお支払いを確認し、請求金額を受領していれば入金済に更新してください。',
    ),
    en: says(
      'The payment is complete, but a refund is recorded, so the order does not become paid by itself.',
      'Check the refund and the payment, and mark the order paid if you have received the bill.',
    ),
    remedies: ['reload'],
  },
  redirect_kind_differs: {
    ja: says(
      'お支払いは完了していますが、受注の決済方法は変更されています。',
      'F-REGI管理画面でお支払いを確認し、二重のお支払いがないかご確認ください。',
    ),
    en: says(
      'The payment is complete, but the order’s payment method has changed since.',
      'Check the payment in F-REGI’s console, and make sure that the customer does not pay twice.',
    ),
    remedies: ['check_at_gateway'],
  },
  nothing_to_revoke: {
    ja: says(
      '発行取消ができるお支払い（発行受付・決済開始）がありません。',
      'F-REGI決済状況を照会し、現在の状態をご確認ください。',
    ),
    en: says(
      'No issued payment can be revoked (発行受付 or 決済開始).',
      'Ask F-REGI for the present state of the payment.',
    ),
    remedies: ['reload'],
  },
  revoke_not_offered: {
    ja: says(
      '「発行取消を行う」は、取消・返品・未回収への変更にだけ使えます。',
      'チェックを外すか、「お客様のお支払い（F-REGI）」から発行取消を行ってください。',
    ),
    en: says(
      'A change of status revokes payments only when it cancels, returns or gives up the order.',
      'Leave the box off, or revoke the payment on its own.',
    ),
    remedies: [],
  },
  revocation_open: {
    ja: says('発行取消をF-REGIに依頼しています。', '結果が表示されるまでお待ちください。'),
    en: says('The payment is being revoked at F-REGI.', 'Wait for the result to appear.'),
    remedies: ['reload'],
  },
} as const satisfies Record<string, ReasonFacts>;
