import { describe, expect, test } from 'vitest';
import { type Cells, fileOf, OTHER, only, read } from '../../../test/kit/sheets.ts';
import { parseOrdersCsv } from '../../src/csv/orders/parse-orders.ts';
import { type Bilingual, SAYS } from '../../src/csv/text/messages.ts';

test('a row of futureshop’s file is an order', () => {
  const address = {
    name: '髙﨑 花子',
    kana: 'タカサキ ハナコ',
    phone: '06-0000-0000',
    postalCode: '530-0001',
    prefecture: '大阪府',
    address: '大阪市北区梅田 0-0-0',
  };
  expect(only([{}])).toEqual({
    orderNumber: '100000394011',
    type: 'regular',
    channel: 'pc',
    placedAt: '2012-11-08T10:28:26.000Z',
    paymentKind: 'card_fregi',
    paymentMethod: 'クレジットカード',
    amounts: {
      items: 9_350,
      shipping: 500,
      paymentFee: 0,
      wrapping: 0,
      pointsUsed: 735,
      couponDiscount: 0,
    },
    details: {
      customer: { ...address, email: 'hanako@example.jp' },
      destinations: [
        {
          ...address,
          requestedDate: '2012-11-14',
          requestedTime: '午前中',
          carrier: 'ヤマト運輸',
          trackingNumber: '',
          shippedOn: null,
          lines: [
            {
              productCode: 'pen-01',
              name: '万年筆',
              variation: '黒',
              quantity: 1,
              unitPrice: 9_350,
              taxRate: 10,
            },
          ],
        },
      ],
      customerMessage: '',
      memo: '',
    },
    transaction: {
      kind: 'authorized',
      seqno: '00000000000000002954',
      authCode: 'A1b2C3',
      amount: 9_115,
    },
  });
});

describe('rows make orders and destinations', () => {
  test('the rows of one order are its lines, and the next number is the next order', () => {
    const file = fileOf([{}, { productCode: 'ink-01' }, OTHER]);
    const { orders, rows } = parseOrdersCsv(file);
    expect(rows).toBe(3);
    expect(orders.map(({ line, order }) => [line, order.orderNumber])).toEqual([
      [2, '100000394011'],
      [4, '100000394012'],
    ]);
    const [first] = orders[0]?.order.details.destinations ?? [];
    expect(first?.lines.map(({ productCode }) => productCode)).toEqual(['pen-01', 'ink-01']);
  });

  test('rows make two destinations if their columns differ, also where the rows alternate', () => {
    const other = { toLastName: '田中', toFirstName: '太郎' };
    const order = only([
      { productCode: 'a' },
      { ...other, productCode: 'b' },
      { productCode: 'c' },
      { ...other, productCode: 'd' },
    ]);
    const found = order.details.destinations.map(({ name, lines }) => [
      name,
      lines.map(({ productCode }) => productCode).join(''),
    ]);
    expect(found).toEqual([
      ['髙﨑 花子', 'ac'],
      ['田中 太郎', 'bd'],
    ]);
  });

  test('delivery instructions go into the memo', () => {
    const rows = [{ memo: '常連', instructions: '置き配' }];
    expect(only(rows).details.memo).toBe('常連\n詳細指定事項欄：置き配');
  });

  test('branch numbers and options are part of the product', () => {
    const [destination] = only([{ branch: '02', options: '名入れ' }]).details.destinations;
    expect(destination?.lines[0]).toMatchObject({
      productCode: 'pen-01-02',
      variation: '名入れ 黒',
    });
  });

  test.each([
    ['on top of the price', '9000', 9_350],
    ['within the price', '9350', 9_350],
  ])('with options %s the products come to 商品合計金額', (_, unitPrice, expected) => {
    const [destination] = only([{ unitPrice, optionPrice: '350' }]).details.destinations;
    expect(destination?.lines[0]?.unitPrice).toBe(expected);
  });
});

describe('amounts', () => {
  test.each([
    ['tax within the prices', { tax: '850' }, { items: 9_350 }],
    ['tax on top', { items: '8500', tax: '850' }, { items: 9_350 }],
    ['a cool fee', { shipping: '200', coolFee: '300' }, { shipping: 200, coolFee: 300 }],
    ['an other fee', { shipping: '400', otherFee: '100' }, { shipping: 400, otherFee: 100 }],
    [
      'two discounts',
      { pointsUsed: '', itemsDiscount: '700', shippingDiscount: '35' },
      { pointsUsed: 0, couponDiscount: 735 },
    ],
    ['a total that is right', { total: '9,850' }, { items: 9_350 }],
  ] as const)('the amounts come out right with %s', (_, changes, amounts) => {
    expect(only([changes]).amounts).toMatchObject(amounts);
  });

  test.each<[string, Cells, string, Bilingual]>([
    ['parts', { shipping: '501' }, '請求合計金額', SAYS.sumDiffers(9_115, [9_116])],
    ['with tax', { billed: '1', tax: '850' }, '請求合計金額', SAYS.sumDiffers(1, [9_115, 9_965])],
    ['trap', { billed: '9850' }, '請求合計金額', SAYS.billedBeforeDeductions(9_850, 9_115)],
    ['total', { total: '9851' }, '総合計金額', SAYS.totalDiffers(9_851, 9_850)],
  ])('a sum that differs (%s) leaves the order out', (_, changes, column, message) => {
    expect(read([changes])).toEqual({
      orders: [],
      errors: [{ line: 2, column, message }],
      invalid: 1,
    });
  });
});

describe('payment', () => {
  test('F-REGI承認金額 is the authorized amount, if the file has it', () => {
    expect(only([{ authorizedAmount: '9000' }]).transaction).toMatchObject({ amount: 9_000 });
  });

  test('slip number and time of the authorization are kept', () => {
    const changes = { slipId: 'S-1', authorizedAt: '2012/11/08 19:28:30' };
    expect(only([changes]).transaction).toMatchObject({
      slipId: 'S-1',
      authorizedAt: '2012-11-08T10:28:30.000Z',
    });
  });

  test('a card order without F-REGI’s numbers has no transaction', () => {
    expect(only([{ seqno: '', authCode: '' }])).not.toHaveProperty('transaction');
    expect(only([{}], ['seqno', 'authCode'])).not.toHaveProperty('transaction');
  });

  test.each<[Cells, string, Bilingual]>([
    [{ paid: '1' }, '入金フラグ', SAYS.alreadyPaid()],
    [{ paidOn: '2012/11/09' }, '入金確認日', SAYS.alreadyPaid()],
    [{ paymentMethod: '' }, '決済方法', SAYS.blank()],
    [{ paymentMethod: '請求書' }, '決済方法', SAYS.unknownMethod()],
    [{ seqno: '' }, 'F-REGI取引番号', SAYS.halfOfTransaction()],
    [{ authCode: '' }, 'F-REGI承認番号', SAYS.halfOfTransaction()],
    [{ paymentMethod: '銀行振込' }, 'F-REGI取引番号', SAYS.transactionOfOtherKind()],
  ])('%j is refused at %s', (changes, column, message) => {
    expect(read([changes]).errors).toEqual([{ line: 2, column, message }]);
  });
});
