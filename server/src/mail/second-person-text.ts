import type { Limited } from '@renkei/core/domain/order/proposal.ts';
import type { Person } from '@renkei/core/domain/order/witnesses.ts';
import type { Instant } from '@renkei/core/domain/values/jst.ts';

type SecondPersonFacts = {
  readonly shopId: string;
  readonly shopName: string;
  readonly orderNumber: string;
  readonly proposal: { readonly limited: Limited; readonly by: Person; readonly until: Instant };
};

const KIND = {
  refund: { ja: '返金', en: 'A refund' },
  raise: { ja: '増額', en: 'A higher amount' },
} as const;

/**
 * Writes the mail to those who may be the second person (F59), in both languages. It names the order
 * and the amount, and no customer.
 */
export function writeSecondPersonMail(
  { shopId, shopName, orderNumber, proposal }: SecondPersonFacts,
  publicUrl: string,
) {
  const { limited, by, until } = proposal;
  const yen = `¥${limited.amount.toLocaleString('ja-JP')}`;
  const { ja, en } = KIND[limited.kind];
  const end = new Date(until);
  const inJapan = { timeZone: 'Asia/Tokyo', dateStyle: 'medium', timeStyle: 'short' } as const;
  const subject = `【${shopName}】${ja} ${yen} の確認 / ${en} of ${yen} awaits you`.replace(
    /[\r\n]+/g,
    ' ',
  );
  const body = [
    `${by.name} さんの操作（${ja} ${yen}、受注コード ${orderNumber}）が、別の担当者の確認を待っています。`,
    `${end.toLocaleString('ja-JP', inJapan)} までに、受注の画面で内容を確かめ、確認または差し戻しをしてください。`,
    '',
    `${publicUrl}/orders/${orderNumber}?shop=${encodeURIComponent(shopId)}#proposal`,
    '',
    '---',
    '',
    `${en} of ${yen} by ${by.name}, for order ${orderNumber}, waits for a second person.`,
    `Agree to it or decline it on the order’s page, by ${end.toLocaleString('en-GB', inJapan)} (Japan).`,
    '',
  ].join('\n');
  return { subject, body };
}
