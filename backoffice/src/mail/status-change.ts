import type { OrderDetails } from '../contract/orders.ts';
import { billedOf, type Order } from '../domain/order.ts';
import { ORDER_STATUS, type OrderStatus } from '../domain/states.ts';
import type { Mail } from './payment-confirmation.ts';

type Words = { readonly subject: string; readonly text: readonly string[] };

/** What a customer is told of each change that a mail is offered for (V6). */
const WORDS: Partial<Record<OrderStatus, Words>> = {
  cancelled: {
    subject: 'ご注文をキャンセルいたしました',
    text: ['下記のご注文のキャンセルを承りました。'],
  },
  returned: {
    subject: '返品を承りました',
    text: ['下記のご注文の返品を承りました。'],
  },
  uncollectible: {
    subject: 'ご注文の処理を終了いたしました',
    text: [
      '下記のご注文は、お支払いを確認できなかったため、処理を終了いたしました。',
      'お支払いがお済みの場合は、お手数ですが当店までご連絡ください。',
    ],
  },
  on_hold: {
    subject: 'ご注文を一時お預かりしています',
    text: ['下記のご注文の処理を、一時保留しております。', 'あらためてご連絡いたします。'],
  },
};

/** Tells the customer of a change of status: plain text, to the customer of the order (V6). */
export function writeStatusChange(
  shopName: string,
  order: Order,
  { customer }: OrderDetails,
  status: OrderStatus,
): Mail {
  const words = WORDS[status];
  if (words === undefined) throw new Error(`no mail tells of ${ORDER_STATUS[status].en}`);
  const { orderNumber, paymentMethod, amounts } = order;
  const text = [
    `${customer.name} 様`,
    '',
    `${shopName}です。`,
    'このたびはご注文いただき、誠にありがとうございます。',
    ...words.text,
    '',
    `受注コード：${orderNumber}`,
    `決済方法：${paymentMethod}`,
    `請求金額：${billedOf(amounts).toLocaleString('ja-JP')}円`,
    '',
    'ご不明な点がございましたら、当店までお問い合わせください。',
    '',
    shopName,
    '',
  ].join('\n');
  const subject = `【${shopName}】${words.subject}（受注コード ${orderNumber}）`;
  return { to: customer.email, subject, text };
}
