import { statusOf } from '@renkei/core/domain/mails/mails-after.ts';
import { ORDER_STATUS, type OrderStatus } from '@renkei/core/domain/order/states.ts';

type Note = { readonly title: string; readonly text: string };

/** The customer's text for each change of status that offers a mail (V6). */
const NOTES: Partial<Record<OrderStatus, Note>> = {
  cancelled: {
    title: 'ご注文をキャンセルいたしました',
    text: '下記のご注文のキャンセルを承りました。',
  },
  returned: { title: '返品を承りました', text: '下記のご注文の返品を承りました。' },
  uncollectible: {
    title: 'ご注文の処理を終了いたしました',
    text: [
      '下記のご注文は、お支払いを確認できなかったため、処理を終了いたしました。',
      'お支払いがお済みの場合は、お手数ですが当店までご連絡ください。',
    ].join('\n'),
  },
  on_hold: {
    title: 'ご注文を一時お預かりしています',
    text: ['下記のご注文の処理を、一時保留しております。', 'あらためてご連絡いたします。'].join(
      '\n',
    ),
  },
};

/** Returns the note of an occasion such as `cancelled:7`; for others, the status in plain words. */
export function statusNote(occasion: string): Note {
  const status = statusOf(occasion);
  const known = NOTES[status];
  if (known !== undefined) return known;
  const { ja } = ORDER_STATUS[status] ?? { ja: 'ご注文の状況' };
  const text = `下記のご注文のステータスが「${ja}」になりました。`;
  return { title: `ご注文の状況のお知らせ（${ja}）`, text };
}
