import type { OrderDetails } from '../contract/orders.ts';
import { billedOf, type Order, totalOf } from '../domain/order.ts';

/** A mail as it goes out. */
export type Mail = { readonly to: string; readonly subject: string; readonly text: string };

/** 入金確認メール (C8): plain text, to the customer of the order. */
export function writePaymentConfirmation(
  shopName: string,
  order: Order,
  { customer, destinations }: OrderDetails,
): Mail {
  const { orderNumber, paidOn, paymentMethod, amounts } = order;
  const lines = destinations
    .flatMap((destination) => destination.lines)
    .map(({ name, variation, quantity, unitPrice }) => {
      const what = variation === '' ? name : `${name}（${variation}）`;
      return `  ${what}  ${yenText(unitPrice)} × ${quantity}`;
    });
  const text = [
    `${customer.name} 様`,
    '',
    `${shopName}です。`,
    'このたびはご注文いただき、誠にありがとうございます。',
    '下記のご注文のご入金を確認いたしました。',
    '',
    `受注コード：${orderNumber}`,
    `入金日：${paidOn?.replaceAll('-', '/') ?? ''}`,
    `決済方法：${paymentMethod}`,
    '',
    '【ご注文内容】',
    ...lines,
    '',
    `総合計金額：${yenText(totalOf(amounts))}`,
    `請求金額：${yenText(billedOf(amounts))}`,
    '',
    '商品の発送まで、いましばらくお待ちください。',
    '',
    shopName,
    '',
  ].join('\n');
  const subject = `【${shopName}】ご入金を確認いたしました（受注コード ${orderNumber}）`;
  return { to: customer.email, subject, text };
}

function yenText(amount: number): string {
  return `${amount.toLocaleString('ja-JP')}円`;
}
