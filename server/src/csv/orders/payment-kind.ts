import { keysOf, PAYMENT_KIND, type PaymentKind } from '@renkei/core/domain/order/states.ts';
import { type Bilingual, SAYS } from '../text/messages.ts';

/** A shop's own answers: 決済方法, folded by {@link foldMethod} → 決済種別. */
export type PaymentMethods = ReadonlyMap<string, PaymentKind>;

/**
 * The words of shops' labels. `says` are whole words that name a kind, `beside` those that may stand
 * beside them and change nothing. A label tells a kind only if each of its words is known here: a
 * list of other services' names (クロネコwebコレクト, Stripe, ソニーペイメント …) can never be complete.
 */
const WORDS: Readonly<Partial<Record<PaymentKind, { says: string; beside?: string }>>> = {
  none: { says: '決済不要 支払不要 お支払い不要' },
  np_deferred: { says: 'np後払い', beside: 'コンビニ 郵便局 郵便 銀行 銀行振込 後払い' },
  cash_on_delivery: {
    says:
      '代引 代引き 代引決済 代引き決済 代引払い 代金引換 代金引換え 代金引換払い 商品代引 ' +
      '宅急便コレクト e-コレクト eコレクト e-コレクトカード払い',
    beside: 'ヤマト運輸 クロネコヤマト 佐川急便 日本郵便 ゆうパック 現金 現金のみ 現金払い',
  },
  apple_pay_fregi: { says: 'applepay', beside: 'f-regi fregi' },
  mobile_edy_fregi: { says: 'モバイルedy mobileedy', beside: 'f-regi fregi' },
  cyber_edy_fregi: { says: 'サイバーedy cyberedy', beside: 'f-regi fregi' },
  convenience_fregi: {
    says: 'コンビニ コンビニ払い コンビニ支払 コンビニ支払い コンビニ決済 コンビニ前払い',
    beside:
      'f-regi fregi 前払い 先払い セブンイレブン セブン-イレブン ローソン ファミリーマート ' +
      'ミニストップ セイコーマート デイリーヤマザキ',
  },
  card_fregi: {
    says:
      'クレジット クレジットカード クレジット決済 クレジットカード決済 クレジットカード払い ' +
      'クレジットカード支払い カード決済 カード払い',
    beside:
      'f-regi fregi visa master mastercard jcb amex americanexpress アメリカン エキスプレス ' +
      'diners ダイナース dinersclub ダイナースクラブ 一括 一括払い 分割 分割払い リボ リボ払い',
  },
  rakuten_bank: { says: '楽天銀行 楽天銀行決済', beside: 'リアルタイム自動引落' },
  postal_transfer: {
    says: '郵便振込 郵便振替 ゆうちょ ゆうちょ銀行 ゆうちょ振込 ゆうちょ振替 ゆうちょ銀行振込',
    beside: '前払い 先払い',
  },
  bank_transfer: { says: '銀行振込 銀行振込み 銀行前払い 振込 お振込', beside: '前払い 先払い' },
  pay_in_store: { says: '店頭 店頭払い 店頭支払い 店頭決済 店頭でお支払い 店頭でのお支払い' },
};

export type KindFound =
  | { readonly kind: 'found'; readonly paymentKind: PaymentKind }
  /** The column 決済種別 has an unknown word. */
  | { readonly kind: 'wrong'; readonly message: Bilingual }
  /** Only a person knows: the shop is asked once. */
  | { readonly kind: 'unknown' };

/**
 * Finds the payment kind in its own column (the manual's label or the code), or otherwise from the
 * method's label: by the shop's own table, then if the label says it for sure. It does not guess: a
 * kind decides whether a card is captured and whether a driver collects money.
 */
export function findPaymentKind(
  method: string,
  kindCell: string,
  known: PaymentMethods = new Map(),
): KindFound {
  const named = foldMethod(kindCell);
  if (named !== '') {
    const wanted = kindNamed(named);
    if (wanted !== undefined) return { kind: 'found', paymentKind: wanted };
    return { kind: 'wrong', message: SAYS.notOneOf(KINDS.map((kind) => PAYMENT_KIND[kind].ja)) };
  }
  const label = foldMethod(method);
  const paymentKind = known.get(label) ?? kindNamed(label) ?? kindSaid(label);
  return paymentKind === undefined ? { kind: 'unknown' } : { kind: 'found', paymentKind };
}

/** The form in which labels of payment methods are compared. */
export function foldMethod(label: string): string {
  return label.normalize('NFKC').trim().toLowerCase().replace(/\s+/gu, '');
}

const KINDS = keysOf(PAYMENT_KIND);

function kindNamed(label: string): PaymentKind | undefined {
  return KINDS.find((kind) => kind === label || foldMethod(PAYMENT_KIND[kind].ja) === label);
}

/** Brackets and points between the words of a label. */
const BETWEEN = /[()[\]【】「」・、,/:+]+/u;

function kindSaid(label: string): PaymentKind | undefined {
  const words = label.split(BETWEEN).filter((word) => word !== '');
  const fitting = keysOf(WORDS).filter((kind) => {
    const { says = '', beside = '' } = WORDS[kind] ?? {};
    const [naming, other] = [says.split(' '), beside.split(' ')];
    return (
      words.some((word) => naming.includes(word)) &&
      words.every((word) => naming.includes(word) || other.includes(word))
    );
  });
  return fitting.length === 1 ? fitting[0] : undefined;
}
