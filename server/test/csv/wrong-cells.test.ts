import { describe, expect, test } from 'vitest';
import { type Cells, fileOf, OTHER, read } from '../../../test/kit/sheets.ts';
import { parseOrdersCsv } from '../../src/csv/orders/parse-orders.ts';
import { type Bilingual, SAYS } from '../../src/csv/text/messages.ts';
import { hasCardData } from '../../src/fregi/scrub.ts';

describe('one wrong cell leaves its order out, and no other', () => {
  test.each<[Cells, string, Bilingual]>([
    [{ orderNumber: '1000003940' }, '受注コード', SAYS.notOrderNumber()],
    [{ placedAt: '' }, '注文日時', SAYS.blank()],
    [{ quantity: '0' }, '購入数量', SAYS.notQuantity()],
    [{ quantity: '100000' }, '購入数量', SAYS.tooBig(99_999)],
    [{ lastName: '髙'.repeat(101) }, '氏名(姓)', SAYS.tooLong(100)],
    [{ toAddress1: 'あ'.repeat(301) }, 'お届け先住所1', SAYS.tooLong(300)],
    [{ productName: 'あ'.repeat(301) }, '商品名', SAYS.tooLong(300)],
    [{ requestedDate: '11/14' }, 'お届け希望日', SAYS.notDate()],
    [{ memo: '\ue000' }, 'ショップメモ', SAYS.unreadableCharacter()],
    [{ memo: 'a\u0000' }, 'ショップメモ', SAYS.unreadableCharacter()],
    [{ memo: '4111 1111 1111 1111' }, 'ショップメモ', SAYS.cardNumber()],
    [{ customerMessage: '４１１１－１１１１－１１１１－１１１１' }, '通信欄', SAYS.cardNumber()],
    [{ seqno: '4111111111111111' }, 'F-REGI取引番号', SAYS.cardNumber()],
  ])('the cell %j leaves only its own order out', (changes, column, message) => {
    const { orders, errors, invalid } = read([changes, OTHER]);
    expect(errors).toContainEqual({ line: 2, column, message });
    expect({ orders, invalid }).toEqual({ orders: [OTHER.orderNumber], invalid: 1 });
  });

  test('a wrong cell leaves its order out in any of its rows', () => {
    const { orders, errors } = read([{}, { productCode: 'ink-01', quantity: 'x' }, OTHER]);
    expect(orders).toEqual([OTHER.orderNumber]);
    expect(errors).toEqual([{ line: 3, column: '購入数量', message: SAYS.notQuantity() }]);
  });

  test('all mistakes are told at once, by line', () => {
    const { errors } = read([
      { placedAt: 'x', items: 'y' },
      { ...OTHER, billed: '-1' },
    ]);
    expect(errors.map(({ line, column }) => [line, column])).toEqual([
      [2, '商品合計金額'],
      [2, '注文日時'],
      [3, '請求合計金額'],
    ]);
  });

  test('lines are right after line breaks within quotes', () => {
    const rows = [{ memo: '一\r\n二\n三' }, { ...OTHER, quantity: '0' }];
    expect(read(rows).errors.map(({ line }) => line)).toEqual([5]);
  });
});

const JAN = '4900000000023';

describe('numbers that are no card numbers', () => {
  test.each<[string, Cells]>([
    ['an order number', {}],
    ['a transaction number that begins like a card', { seqno: '41111111111111110000' }],
    ['an article number that passes the check of cards', { productCode: JAN }],
    ['the number to pay with at a store', { convenienceNumber: '4222222222222' }],
  ])('%s is not taken for a card number', (_, changes) => {
    expect(read([changes]).errors).toEqual([]);
  });

  test('a card number of 13 digits is refused in every other column', () => {
    expect(hasCardData(JAN)).toBe(false);
    expect(read([{ memo: '4222222222222' }]).errors).toHaveLength(1);
  });
});

test('a card number in an ignored column leaves the order out', () => {
  const [header = '', row = ''] = fileOf([{}]).split('\r\n');
  const { orders, errors } = parseOrdersCsv(`${header},備考\r\n${row},4111111111111111\r\n`);
  expect(orders).toEqual([]);
  expect(errors).toEqual([{ line: 2, column: '備考', message: SAYS.cardNumber() }]);
});
