import { keysOf, PAYMENT_KIND } from '@renkei/core/domain/order/states.ts';
import { describe, expect, test } from 'vitest';
import { findPaymentKind, foldMethod } from '../../src/csv/orders/payment-kind.ts';

describe('the kind is told from the method', () => {
  test.each([
    ['クレジットカード', 'card_fregi'],
    ['クレジットカード決済（ＶＩＳＡ）', 'card_fregi'],
    ['コンビニ払い', 'convenience_fregi'],
    ['ＮＰ後払い（コンビニ・銀行）', 'np_deferred'],
    ['代引き', 'cash_on_delivery'],
    ['ゆうちょ銀行振込', 'postal_transfer'],
    ['銀行振込（前払い）', 'bank_transfer'],
    ['楽天銀行決済', 'rakuten_bank'],
    ['Apple Pay', 'apple_pay_fregi'],
    ['モバイルEdy', 'mobile_edy_fregi'],
    ['店頭でお支払い', 'pay_in_store'],
    ['決済不要', 'none'],
    ['任意決済2', 'optional_2'],
  ] as const)('the method %s is of the kind %s', (method, paymentKind) => {
    expect(findPaymentKind(method, '')).toEqual({ kind: 'found', paymentKind });
  });

  test.each([
    'クレジットカード(SBPS)',
    'GMOクレジット',
    'PayPay銀行振込',
    'Amazon Pay',
    'コンビニ後払い',
    '請求書',
    'クロネコwebコレクト',
    'クレジットカード（クロネコwebコレクト）',
    'クロネコｗｅｂコレクト（クレジットカード）',
    'クロネコwebコレクト（コンビニ）',
    'クレジットカード（ペイジェント）',
    'クレジットカード(Stripe)',
    'PayPal（クレジットカード）',
    'クレジットカード決済（ソニーペイメント）',
    '店頭受取・カード払い',
    'ギフトカード払い',
    'デビットカード',
    '現金書留',
    'Paidy',
  ])('the kind of the method %s is not guessed', (method) => {
    expect(findPaymentKind(method, '')).toEqual({ kind: 'unknown' });
  });

  test.each([
    ['宅急便コレクト', 'cash_on_delivery'],
    ['e-コレクト', 'cash_on_delivery'],
    ['代金引換（e-コレクト カード払い）', 'cash_on_delivery'],
    ['クレジットカード（F-REGI）', 'card_fregi'],
    ['クレジットカード（VISA・Master・JCB）', 'card_fregi'],
    ['コンビニ決済（セブンイレブン、ローソン）', 'convenience_fregi'],
  ] as const)('each word of %s is known, so that it tells the kind %s', (method, paymentKind) => {
    expect(findPaymentKind(method, '')).toEqual({ kind: 'found', paymentKind });
  });

  test('the shop’s own table decides, whatever a label seems to say', () => {
    const known = new Map([
      [foldMethod('クロネコｗｅｂコレクト'), 'optional_1' as const],
      [foldMethod('コンビニ'), 'optional_2' as const],
    ]);
    for (const [method, paymentKind] of [
      ['クロネコwebコレクト ', 'optional_1'],
      ['コンビニ', 'optional_2'],
    ] as const) {
      expect(findPaymentKind(method, '', known)).toEqual({ kind: 'found', paymentKind });
    }
  });
});

describe('the column 決済種別 decides', () => {
  test.each(keysOf(PAYMENT_KIND))(
    'the column is read by the manual’s word or the code: %s',
    (paymentKind) => {
      const found = { kind: 'found', paymentKind };
      expect(findPaymentKind('クレジットカード(SBPS)', PAYMENT_KIND[paymentKind].ja)).toEqual(
        found,
      );
      expect(findPaymentKind('コンビニ', paymentKind)).toEqual(found);
    },
  );

  test('an unknown word is refused, whatever the method says', () => {
    expect(findPaymentKind('クレジットカード', 'カード').kind).toBe('wrong');
  });
});
