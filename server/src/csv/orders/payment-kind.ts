import { keysOf, PAYMENT_KIND, type PaymentKind } from '@renkei/core/domain/order/states.ts';
import { type Bilingual, SAYS } from '../text/messages.ts';

/**
 * Words in a shop's own labels of payment methods, with the kind they mean, first match first:
 * NP後払い names convenience stores and banks too, and ゆうちょ銀行 is a bank as well as the post.
 */
const WORDS: readonly (readonly [RegExp, PaymentKind])[] = [
  [/決済不要|お支払い不要/, 'none'],
  [/np ?後払い/, 'np_deferred'],
  [/代引|代金引換|コレクト/, 'cash_on_delivery'],
  [/apple ?pay/, 'apple_pay_fregi'],
  [/モバイル ?edy|mobile ?edy/, 'mobile_edy_fregi'],
  [/サイバー ?edy|cyber ?edy/, 'cyber_edy_fregi'],
  [/コンビニ/, 'convenience_fregi'],
  [/クレジット|カード決済|カード払い/, 'card_fregi'],
  [/楽天銀行/, 'rakuten_bank'],
  [/郵便|ゆうちょ/, 'postal_transfer'],
  [/銀行|振込/, 'bank_transfer'],
  [/店頭|店舗受取/, 'pay_in_store'],
];

/** Names of other services: Renkei must never take their cards and bills for F-REGI's or NP's. */
const OTHER_SERVICES =
  /sbps|ソフトバンク|gmo|ゼウス|イプシロン|amazon|楽天ペイ|paypay|au ?pay|d払い|(?<!np ?)後払い/;

export type KindFound =
  | { readonly kind: 'found'; readonly paymentKind: PaymentKind }
  | { readonly kind: 'not_found'; readonly message: Bilingual };

/**
 * Finds the payment kind in its own column (the manual's label or the code), or otherwise from the
 * method's label. It does not guess.
 */
export function findPaymentKind(method: string, kindCell: string): KindFound {
  const named = fold(kindCell);
  const wanted = named === '' ? fold(method) : named;
  const exact = KINDS.find((kind) => kind === wanted || fold(PAYMENT_KIND[kind].ja) === wanted);
  if (exact !== undefined) return { kind: 'found', paymentKind: exact };
  if (named !== '') return notFound(SAYS.notOneOf(KINDS.map((kind) => PAYMENT_KIND[kind].ja)));
  if (OTHER_SERVICES.test(wanted)) return notFound(SAYS.otherService());

  const told = WORDS.find(([words]) => words.test(wanted));
  return told === undefined
    ? notFound(SAYS.unknownMethod())
    : { kind: 'found', paymentKind: told[1] };
}

const KINDS = keysOf(PAYMENT_KIND);

function fold(text: string): string {
  return text.normalize('NFKC').trim().toLowerCase();
}

function notFound(message: Bilingual): KindFound {
  return { kind: 'not_found', message };
}
