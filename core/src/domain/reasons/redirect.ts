import { type ReasonFacts, says } from './words.ts';

/** Reasons why a payment confirmed by F-REGI did not make its order 入金済 by itself (L2). */
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
} as const satisfies Record<string, ReasonFacts>;
