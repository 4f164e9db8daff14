/**
 * The mails that a shop sends to a customer about an order, and the two that tell another system of
 * a new one. `cancellation` goes out with the cancel requests of customers only, `status_change`
 * where a change of status asks for it (V6).
 */
export const MAIL_KIND = {
  order_confirmation: { ja: 'ご注文確認メール', en: 'Order confirmation' },
  preorder_confirmation: { ja: 'ご予約確認メール', en: 'Pre-order confirmation' },
  thanks: { ja: 'サンクスメール', en: 'Thanks' },
  payment_confirmation: { ja: '入金確認メール', en: 'Payment confirmation' },
  shipping_notice: { ja: '発送完了メール', en: 'Shipping notice' },
  cancellation: { ja: '注文キャンセル完了メール', en: 'Cancellation' },
  status_change: { ja: 'ステータス変更メール', en: 'Change of status' },
  order_notice_1: { ja: '任意受注連絡メール1', en: 'Order notice 1' },
  order_notice_2: { ja: '任意受注連絡メール2', en: 'Order notice 2' },
} as const;
export type MailKind = keyof typeof MAIL_KIND;

/** A mail that is to go out because of an event; written in the event's own transaction. */
export type MailRequest = {
  readonly kind: MailKind;
  readonly occasion: string;
};
