import { keysOf, PAYMENT_KIND } from '@renkei/core/domain/order/states.ts';
import { describe, expect, test } from 'vitest';
import { findPaymentKind } from '../../src/csv/orders/payment-kind.ts';

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
  ])('the kind of the method %s is not guessed', (method) => {
    expect(findPaymentKind(method, '').kind).toBe('not_found');
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
    expect(findPaymentKind('クレジットカード', 'カード').kind).toBe('not_found');
  });
});
