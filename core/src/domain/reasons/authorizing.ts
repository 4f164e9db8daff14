import { type ReasonFacts, says } from './words.ts';

/** Reasons to refuse an incoming order, or to refuse authorizing its card now or again (B1–B4). */
export const AUTHORIZING_REFUSED = {
  cannot_reauthorize: {
    ja: says(
      'この取引はもう一度承認を受けることができません。',
      '決済方法を変更するか、受注を取り消してください。定期・頒布会の場合は、次回のお届けから修正後のカードで請求できます。',
    ),
    en: says(
      'The transaction cannot be authorized again.',
      'Change the payment method or cancel the order; the next delivery can charge a renewed card.',
    ),
    remedies: ['change_method', 'ask_customer'],
  },
  not_by_card: {
    ja: says(
      'この受注の決済方法はカードではないため、承認（オーソリ）は受けられません。',
      '決済方法を確認してください。',
    ),
    en: says(
      'The order is not paid by card, so no card can be authorized for it.',
      'Check its payment method.',
    ),
    remedies: ['reload'],
  },
  customer_not_registered: {
    ja: says(
      'この顧客番号のカードは、F-REGIに登録されていません。承認は行われていません。',
      'お客様にカードを登録し直していただくか、決済方法を変更してください。',
    ),
    en: says(
      'F-REGI keeps no card under this customer number; nothing was authorized.',
      'Have the customer register a card again, or change the payment method.',
    ),
    remedies: ['change_method', 'ask_customer'],
  },
  order_from_future: {
    ja: says(
      '受注日時または承認日時が未来の日時です。',
      '日本時間をUTCとして送っていないか、カートの時計を確かめて、もう一度登録してください。',
    ),
    en: says(
      'The time of the order, or of its authorization, lies in the future.',
      'Check the cart’s clock, and whether it sends Japanese time as UTC; then place it again.',
    ),
    remedies: [],
  },
  token_cannot_wait: {
    ja: says(
      'カードのトークンは一度しか使えず、後日の承認まで保存できません。',
      'カードをF-REGIに登録し、顧客番号（customerId）を指定して登録してください。',
    ),
    en: says(
      'A card token works once and cannot be kept for a later authorization.',
      'Register the card at F-REGI and place the order with its customer number (customerId).',
    ),
    remedies: [],
  },
} as const satisfies Record<string, ReasonFacts>;
