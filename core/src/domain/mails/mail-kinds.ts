/**
 * The mails to a customer about an order, and two that report a new order to another system.
 * `cancellation` follows only customers' cancel requests; `status_change` follows only a change of
 * status that asks for it (V6).
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

/** A mail caused by an event; written in the event's own transaction. */
export type MailRequest = {
  readonly kind: MailKind;
  readonly occasion: string;
};
