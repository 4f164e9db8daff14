import type { MailKind } from '@renkei/core/domain/mails/mail-kinds.ts';

/** Subject and body of a mail, with variables; plain text. */
export type Template = { readonly subject: string; readonly body: string };

/** A template with the parts that a shop may add: 会員専用本文 and あとがき. */
export type TemplateParts = Template & {
  readonly memberBody: string;
  readonly afterword: string;
};

/** Joins a template: 本文, for members 会員専用本文, and あとがき, with a line between them. */
export function wholeOf(parts: TemplateParts, isMember: boolean): Template {
  const { subject, body, memberBody, afterword } = parts;
  const added = [isMember ? memberBody : '', afterword].filter((text) => text.trim() !== '');
  if (added.length === 0) return { subject, body };
  return { subject, body: [body.trimEnd(), ...added].join('\n\n') };
}

const GREETING = `$NAME$ 様

$SHOPNAME$です。
このたびはご注文いただき、誠にありがとうございます。`;

const ORDER = `受注コード：$ORDERCODE$
受注日：$ORDERDATE$
決済方法：$PAYMENT$`;

const SUMS = `【ご注文内容】
$ITEMS$

送料：$POSTAGE$
ポイント利用額：$POINTS$
総合計金額：$TOTAL$
請求金額：$BILLED$
$TAX$`;

const CLOSING = `ご不明な点がございましたら、当店までお問い合わせください。

$SHOPNAME$
`;

function mail(subject: string, ...paragraphs: readonly string[]): Template {
  return {
    subject: `【$SHOPNAME$】${subject}（受注コード $ORDERCODE$）`,
    body: paragraphs.join('\n\n'),
  };
}

/** The shop's mails until it writes its own. */
export const DEFAULT_TEMPLATE: Record<MailKind, Template> = {
  order_confirmation: mail(
    'ご注文を承りました',
    `${GREETING}\n下記の内容でご注文を承りました。`,
    ORDER,
    SUMS,
    '【お届け先】\n$DESTINATIONS$\nお届け希望：$REQUESTED$',
    CLOSING,
  ),
  preorder_confirmation: mail(
    'ご予約を承りました',
    `${GREETING}\n下記の内容でご予約を承りました。商品が入荷しましたら、あらためてご連絡いたします。`,
    ORDER,
    SUMS,
    CLOSING,
  ),
  thanks: mail(
    'ご注文ありがとうございます',
    `${GREETING}\nご注文の内容を確認いたしました。商品の準備を進めてまいります。`,
    ORDER,
    SUMS,
    CLOSING,
  ),
  payment_confirmation: mail(
    'ご入金を確認いたしました',
    `${GREETING}\n下記のご注文のご入金を確認いたしました。`,
    '受注コード：$ORDERCODE$\n入金日：$PAIDDATE$\n決済方法：$PAYMENT$',
    '【ご注文内容】\n$ITEMS$',
    '総合計金額：$TOTAL$\n$BALANCE$',
    '商品の発送まで、いましばらくお待ちください。',
    '$SHOPNAME$\n',
  ),
  shipping_notice: mail(
    '商品を発送いたしました',
    `${GREETING}\n下記のご注文の商品を発送いたしました。`,
    '受注コード：$ORDERCODE$',
    '$SHIPMENTS$',
    CLOSING,
  ),
  cancellation: mail(
    'ご注文をキャンセルいたしました',
    '$NAME$ 様\n\n$SHOPNAME$です。\n下記のご注文のキャンセルを承りました。',
    `${ORDER}\n請求金額：$BILLED$`,
    CLOSING,
  ),
  status_change: {
    subject: '【$SHOPNAME$】$STATUSTITLE$（受注コード $ORDERCODE$）',
    body: [
      `${GREETING}\n$STATUSNOTE$`,
      '受注コード：$ORDERCODE$\n決済方法：$PAYMENT$\n請求金額：$BILLED$',
      CLOSING,
    ].join('\n\n'),
  },
  order_notice_1: notice(),
  order_notice_2: notice(),
};

/** For another system, which parses it: short lines, one fact each. */
function notice(): Template {
  return mail('受注のお知らせ', ORDER, 'お客様名：$NAME$', SUMS, '【お届け先】\n$DESTINATIONS$\n');
}
