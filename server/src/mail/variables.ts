import type { MailKind } from '@renkei/core/domain/mails/mail-kinds.ts';
import { type Balance, balanceOf, receivedOf } from '@renkei/core/domain/order/balance.ts';
import { billedOf, type Order, totalOf } from '@renkei/core/domain/order/order.ts';
import type { Destination, OrderDetails } from '@renkei/core/domain/order/order-details.ts';
import { ORDER_STATUS } from '@renkei/core/domain/order/states.ts';
import { taxesOf } from '@renkei/core/domain/order/tax.ts';
import { jstDateOf } from '@renkei/core/domain/values/jst.ts';
import {
  foldTrackingNumbers,
  trackingNumbersIn,
} from '@renkei/core/domain/values/tracking-number.ts';
import { statusNote } from './status-notes.ts';

/** The facts for writing a mail. */
export type MailContext = {
  readonly shopName: string;
  readonly order: Order;
  readonly details: OrderDetails;
  /** The subject of the mail: `cancelled:7` for a status, `shipped:7:0,1` for destinations. */
  readonly occasion: string;
};

/** 置換文字: a name between two dollar signs, replaced by a value of the order. */
export type Variable = {
  readonly ja: string;
  readonly en: string;
  /** The kinds of mail in which it has a value; all if absent. */
  readonly kinds?: readonly MailKind[];
  readonly value: (context: MailContext) => string;
};

const yenText = (amount: number): string => `${amount.toLocaleString('ja-JP')}円`;
const dateText = (on: string | null): string => on?.replaceAll('-', '/') ?? '';

/** Returns the destinations shipped on the occasion; all shipped ones if it names none. */
function sentOn({ details, occasion }: MailContext): readonly Destination[] {
  const [, numbers] = /^shipped:\d+:([\d,]+)$/.exec(occasion) ?? [];
  const wanted = numbers?.split(',').map(Number);
  return details.destinations.filter(({ shippedOn }, index) =>
    wanted === undefined ? shippedOn !== null : wanted.includes(index),
  );
}

function itemsText(destinations: readonly Destination[]): string {
  return destinations
    .flatMap(({ lines }) => lines)
    .map(({ name, variation, quantity, unitPrice }) => {
      const what = variation === '' ? name : `${name}（${variation}）`;
      return `  ${what}  ${yenText(unitPrice)} × ${quantity}`;
    })
    .join('\n');
}

function destinationText({ name, postalCode, prefecture, address, phone }: Destination): string {
  const whole = address.startsWith(prefecture) ? address : `${prefecture}${address}`;
  return [`${name} 様`, `〒${postalCode} ${whole}`, `電話番号：${phone}`].join('\n');
}

function shipmentText(destination: Destination): string {
  const { name, carrier, trackingNumber, shippedOn } = destination;
  return [
    `お届け先：${name} 様`,
    `発送日：${dateText(shippedOn)}`,
    ...(carrier === '' ? [] : [`配送会社：${carrier}`]),
    ...(trackingNumber === '' ? [] : [`送り状番号：${numbersText(trackingNumber)}`]),
    itemsText([destination]),
  ].join('\n');
}

/** Several parcels have several numbers. */
function numbersText(trackingNumber: string): string {
  return trackingNumbersIn(foldTrackingNumbers(trackingNumber)).join('、');
}

const SHIPPED: readonly MailKind[] = ['shipping_notice'];
const PAID: readonly MailKind[] = ['payment_confirmation', 'shipping_notice', 'thanks'];
const STATUS: readonly MailKind[] = ['status_change'];

const amount = (of: (order: Order) => number) => (context: MailContext) =>
  yenText(of(context.order));

const balance = (of: (balance: Balance) => number) => (context: MailContext) =>
  yenText(of(balanceOf(context.order)));

/**
 * O2: the billed amount, and the received and open amounts if there are any. It never calls money
 * received that nobody has confirmed.
 */
function balanceText({ order }: MailContext): string {
  const own = balanceOf(order);
  const received = receivedOf(own);
  const lines = [`請求金額：${yenText(own.billed)}`];
  if (received <= 0) return lines.join('\n');
  lines.push(`ご入金額：${yenText(received)}`);
  if (own.open > 0) lines.push(`差額：${yenText(own.open)}（別の方法でご請求いたします）`);
  if (own.open < 0) lines.push(`差額：${yenText(-own.open)}（別の方法でご返金いたします）`);
  return lines.join('\n');
}

export const VARIABLES: Readonly<Record<string, Variable>> = {
  SHOPNAME: { ja: '店舗名', en: 'Shop', value: ({ shopName }) => shopName },
  NAME: { ja: 'お客様名', en: 'Customer', value: ({ details }) => details.customer.name },
  ORDERCODE: { ja: '受注コード', en: 'Order number', value: ({ order }) => order.orderNumber },
  ORDERDATE: {
    ja: '受注日',
    en: 'Order date',
    value: ({ order }) => dateText(jstDateOf(order.placedAt)),
  },
  PAYMENT: { ja: '決済方法', en: 'Payment method', value: ({ order }) => order.paymentMethod },
  PAIDDATE: {
    ja: '入金日',
    en: 'Payment date',
    kinds: PAID,
    value: ({ order }) => dateText(order.paidOn) || '未入金',
  },
  ITEMS: {
    ja: 'ご注文内容',
    en: 'Products',
    value: ({ details }) => itemsText(details.destinations),
  },
  DESTINATIONS: {
    ja: 'お届け先',
    en: 'Destinations',
    value: ({ details }) => details.destinations.map(destinationText).join('\n\n'),
  },
  REQUESTED: {
    ja: 'お届け希望',
    en: 'Wished delivery',
    value: ({ details }) =>
      details.destinations
        .map(({ requestedDate, requestedTime }) =>
          `${dateText(requestedDate)} ${requestedTime}`.trim(),
        )
        .find((wish) => wish !== '') ?? '指定なし',
  },
  SUBTOTAL: {
    ja: '商品合計金額',
    en: 'Products, sum',
    value: amount(({ amounts }) => amounts.items),
  },
  POSTAGE: { ja: '送料', en: 'Postage', value: amount(({ amounts }) => amounts.shipping) },
  PAYMENTFEE: {
    ja: '決済手数料',
    en: 'Payment fee',
    value: amount(({ amounts }) => amounts.paymentFee),
  },
  POINTS: {
    ja: 'ポイント利用額',
    en: 'Points used',
    value: amount(({ amounts }) => amounts.pointsUsed),
  },
  COUPON: {
    ja: 'クーポン割引',
    en: 'Coupon',
    value: amount(({ amounts }) => amounts.couponDiscount),
  },
  TOTAL: { ja: '総合計金額', en: 'Total', value: amount(({ amounts }) => totalOf(amounts)) },
  BILLED: {
    ja: '請求金額',
    en: 'Billed amount',
    value: amount(({ amounts }) => billedOf(amounts)),
  },
  BALANCE: {
    ja: '請求金額・ご入金額・差額（確認できたものだけ）',
    en: 'Billed, received and open amounts, as far as they are confirmed',
    value: balanceText,
  },
  RECEIVED: {
    ja: 'ご入金額（売上金額＋その他の入金－売上取消）',
    en: 'Total received, minus amounts given back',
    value: balance(receivedOf),
  },
  OPEN: { ja: '差額（未収。返金は－）', en: 'Open amount', value: balance(({ open }) => open) },
  HELD: { ja: '承認金額', en: 'Held at F-REGI', value: balance(({ held }) => held) },
  CAPTURED: {
    ja: '売上金額',
    en: 'Captured at F-REGI',
    value: balance(({ captured }) => captured),
  },
  REFUNDED: {
    ja: '売上取消金額',
    en: 'Refunded at F-REGI',
    value: balance(({ refunded }) => refunded),
  },
  RECEIVEDOTHERWISE: {
    ja: 'カード以外の入金額',
    en: 'Received otherwise than by card',
    value: balance(({ receivedOtherwise }) => receivedOtherwise),
  },
  TAX: {
    ja: '消費税の内訳',
    en: 'Tax by rate',
    value: ({ order }) =>
      taxesOf(order.amounts, order.lines)
        .map(({ rate, taxed, tax }) => `${rate}%対象 ${yenText(taxed)}（内消費税 ${yenText(tax)}）`)
        .join('\n') || '対象なし',
  },
  STATUS: {
    ja: 'ステータス',
    en: 'Status',
    value: ({ order }) => ORDER_STATUS[order.status].ja,
  },
  STATUSTITLE: {
    ja: 'ステータス変更の件名',
    en: 'Note on the change, in short',
    kinds: STATUS,
    value: ({ occasion }) => statusNote(occasion).title,
  },
  STATUSNOTE: {
    ja: 'ステータス変更の説明',
    en: 'Note on the change for the customer',
    kinds: STATUS,
    value: ({ occasion }) => statusNote(occasion).text,
  },
  SHIPMENTS: {
    ja: '発送内容（お届け先・発送日・配送会社・送り状番号・商品）',
    en: 'Shipments, with tracking numbers',
    kinds: SHIPPED,
    value: (context) => sentOn(context).map(shipmentText).join('\n\n'),
  },
  TRACKING: {
    ja: '送り状番号',
    en: 'Tracking numbers',
    kinds: SHIPPED,
    value: (context) =>
      sentOn(context)
        .map(({ trackingNumber }) => numbersText(trackingNumber))
        .filter((number) => number !== '')
        .join('、') || 'なし',
  },
};
