import { type ReasonFacts, says } from './words.ts';

/** H6: reasons not to erase the customer of an order, and not to do what needs one. */
export const ERASING_REFUSED = {
  customer_erased: {
    ja: says('この受注のお客様情報は消去されています。', 'お客様情報が必要な操作は行えません。'),
    en: says(
      'The customer data of this order was erased.',
      'Nothing that needs the customer can be done any more.',
    ),
    remedies: ['reload'],
  },
  order_not_closed: {
    ja: says(
      'この受注はまだ終わっていないため、お客様情報を消去できません。',
      '受注のステータスを「処理済み」「取消」「返品」「未回収」のいずれかにしてください。',
    ),
    en: says(
      'The order is not closed, so its customer data cannot be erased.',
      'Put it to completed, cancelled, returned or uncollectible first.',
    ),
    remedies: ['reload'],
  },
  money_open: {
    ja: says(
      '未精算の金額、または有効な承認や支払いが残っているため、お客様情報を消去できません。',
      '入金、取消、返金のいずれかで精算を終えてください。',
    ),
    en: says(
      'Money of this order is open: an amount, an authorization, or a payment that can still be made.',
      'Settle it first; then the customer data can be erased.',
    ),
    remedies: ['reload'],
  },
  attention_open: {
    ja: says(
      'この受注に要対応が残っているため、お客様情報を消去できません。',
      '要対応を先に処理してください。',
    ),
    en: says(
      'The order has an open item of attention, so its customer data cannot be erased.',
      'Handle that item first.',
    ),
    remedies: ['reload'],
  },
  mail_waiting: {
    ja: says(
      'この受注に送信待ちのメールがあるため、お客様情報を消去できません。',
      '送信が終わるのを待つか、メールを取り下げてください。',
    ),
    en: says(
      'A mail of this order has not left yet, so its customer data cannot be erased.',
      'Wait until it has left, or drop it.',
    ),
    remedies: ['reload'],
  },
} as const satisfies Record<string, ReasonFacts>;
