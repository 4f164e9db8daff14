import { readFileSync } from 'node:fs';
import { startOfJstDate } from '@renkei/core/domain/values/jst.ts';
import { describe, expect, test } from 'vitest';
import { parseConsoleCsv } from '../../src/csv/console/console-csv.ts';
import { type ParsedOrders, parseOrdersCsv } from '../../src/csv/orders/parse-orders.ts';
import { parseShipmentsCsv } from '../../src/csv/parse-shipments.ts';
import { decodeCsv } from '../../src/csv/text/decode.ts';
import { type CsvError, tellErrors } from '../../src/csv/text/error-list.ts';
import { SAYS } from '../../src/csv/text/messages.ts';

/** Files as the world really sends them: exact bytes in test/fixtures/files, by the fault they had. */
const bytesOf = (name: string): Uint8Array =>
  readFileSync(new URL(`../../../test/fixtures/files/${name}`, import.meta.url));

function textOf(name: string): string {
  const decoded = decodeCsv(bytesOf(name), 'auto');
  if (decoded.kind === 'refused') throw new Error(decoded.message.en);
  return decoded.text;
}

const refusalOf = (bytes: Uint8Array) => {
  const decoded = decodeCsv(bytes, 'auto');
  return decoded.kind === 'refused' ? decoded.message : decoded.text;
};

const orders = (name: string): ParsedOrders => parseOrdersCsv(textOf(name));
const shipments = (name: string) => parseShipmentsCsv(textOf(name));
const told = (errors: readonly CsvError[]) =>
  tellErrors(errors, 'ja').map(({ line, column, value }) => [line, column, value]);

test('F1: no payment service of another company is taken for cash on delivery or for F-REGI’s card', () => {
  const { orders: found, unknownMethods } = orders('F1-methods.csv');
  const kinds = Map.groupBy(found, ({ order }) => order.paymentKind);
  const methodsOf = (kind: 'cash_on_delivery' | 'card_fregi') =>
    (kinds.get(kind) ?? []).map(({ order }) => order.paymentMethod);
  expect(methodsOf('cash_on_delivery')).toEqual([
    '宅急便コレクト',
    'e-コレクト',
    '代金引換（e-コレクト カード払い）',
  ]);
  expect(methodsOf('card_fregi')).toEqual(['ｸﾚｼﾞｯﾄｶｰﾄﾞ']);
  expect([...unknownMethods.keys()]).toEqual(
    expect.arrayContaining(['クロネコwebコレクト', 'クレジットカード(Stripe)', 'ギフトカード払い']),
  );
});

describe('F2: a row of another shape is refused, so that no wrong cell becomes a 送り状番号', () => {
  test.each(['F2-shifted.csv', 'F2-shifted-phone.csv'])('%s', (name) => {
    const { shipments: taken, errors } = shipments(name);
    expect(taken.map(({ trackingNumber }) => trackingNumber)).toEqual(
      name === 'F2-shifted.csv' ? ['451234567901'] : [],
    );
    expect(errors).toEqual([{ line: 2, column: null, message: SAYS.ragged(5, 4) }]);
  });
});

test('F3: a column that stands twice refuses the file, by its name', () => {
  const { shipments: taken, errors } = shipments('F3-repeated-column.csv');
  expect(taken).toEqual([]);
  expect(errors).toEqual([
    { line: 1, column: '伝票番号', message: SAYS.repeatedColumn(['伝票番号']) },
  ]);
});

test('F4: a cell that is not one mail address is told with its line and itself', () => {
  const { orders: found, errors } = orders('F4-addresses.csv');
  const taken = found.map(({ order }) => order.details.customer.email);
  expect(taken).toEqual([
    'foo..bar@docomo.ne.jp',
    'foo.@docomo.ne.jp',
    '.foo@docomo.ne.jp',
    'a---b_@ezweb.ne.jp',
    'taro@example.jp', // with blanks around it
    'taro@example.jp', // before a full-width blank
    'taro@example.jp', // before a zero-width one
    'taro@example',
    'たろう@example.jp',
    'taro@日本語.jp',
    'TARO@EXAMPLE.JP',
    'taro+tag@example.jp',
  ]);
  expect(new Set(errors.map(({ column }) => column))).toEqual(new Set(['メールアドレス']));
  expect(errors.map(({ value }) => value)).toEqual([
    '"foo..bar"@docomo.ne.jp',
    'a@example.jp,b@example.jp',
    'a@example.jp b@example.jp',
    'a@example.jp、b@example.jp',
    '<taro@example.jp>',
    '試験 太郎 <taro@example.jp>',
    'mailto:taro@example.jp',
    'taro',
    'taro@example.jp.',
    'taro@example..jp',
    'taro@exam ple.jp',
    'taro@example.jp\nbcc: x@example.jp',
    'taro@example.jp\r\nX-Injected: 1',
    'taro(comment)@example.jp',
    '"a@evil.example x"@example.jp',
    'なし',
    '-',
    'xxx@docomo.ne.jp>',
    'taro@example.jp, ',
  ]);
});

test.each(['F5-isbn.csv', 'F5-jan-in-name.csv'])(
  'F5: an article number is no card number: %s',
  (name) => {
    const { orders: found, errors } = orders(name);
    expect(errors).toEqual([]);
    expect(found.length).toBeGreaterThan(0);
  },
);

test('F8: phones and postal codes that a spreadsheet has ruined are told, the others come in', () => {
  const { orders: found, errors, warnings } = orders('F7-F8-phones-zips.csv');
  expect(found).toHaveLength(6);
  expect(told(errors)).toEqual([
    [6, 'お届け先郵便番号', '600001'],
    [7, 'お届け先郵便番号', '0001'],
    [8, 'お届け先電話番号', '9012345678'],
    [9, 'お届け先電話番号', '9.01235E+09'],
    [9, 'お届け先郵便番号', '5.3E+06'],
  ]);
  expect(told(warnings)).toEqual([
    [10, 'お届け先電話番号', 'なし'],
    [11, 'お届け先電話番号', '0120-000-000※夜'],
  ]);
});

test('F10: the result file of ゆうプリR is read by its own headers', () => {
  const { shipments: taken, errors } = shipments('F10-yupuri.csv');
  expect(errors).toEqual([]);
  expect(taken).toEqual([
    {
      line: 2,
      orderNumber: '700000007001',
      destination: 0,
      trackingNumber: '451234567890',
      shippedOn: null,
      carrier: null,
    },
  ]);
});

describe('F10: every name that the programs give to a number is known', () => {
  test.each([
    'お問い合せ送り状No',
    'お問い合せ送り状No.',
    'お問合せ送り状',
    'お問い合せ送り状',
    '問い合せ№',
    'お問合せ送り状No.',
    'お問い合わせ番号',
    '発送伝票番号',
  ])('the number of a parcel stands under %s', (name) => {
    const { shipments: taken } = parseShipmentsCsv(
      `受注コード,${name}\r\n100000000001,451234567890\r\n`,
    );
    expect(taken).toMatchObject([{ trackingNumber: '451234567890' }]);
  });

  test.each(['受注番号', '注文番号', '店舗伝票番号', 'お客様側管理番号', 'お客様管理ナンバー'])(
    'the number of an order stands under %s',
    (name) => {
      const file = `${name},送り状番号\r\n100000000001,451234567890\r\n`;
      expect(parseShipmentsCsv(file).shipments).toMatchObject([{ orderNumber: '100000000001' }]);
    },
  );

  test('ネクストエンジン calls its own slip 伝票番号: the carrier’s number is another column', () => {
    const file = '伝票番号,店舗伝票番号,発送伝票番号\r\n12345678,100000000001,451234567890\r\n';
    expect(parseShipmentsCsv(file).shipments).toMatchObject([{ trackingNumber: '451234567890' }]);
  });

  test('a missing column is told with the names that are known and those of the file', () => {
    const { errors, unknownHeader } = parseShipmentsCsv('注文ID,追跡\r\n1,2\r\n');
    expect(unknownHeader).toEqual(['注文ID', '追跡']);
    const [first] = errors;
    expect(first?.message.ja).toContain('受注コード');
    expect(first?.message.ja).toContain('注文ID、追跡');
  });

  test('a name that the shop has taught is read from then on', () => {
    const taught = new Map([
      ['注文ID', 'order'],
      ['追跡', 'tracking'],
    ] as const);
    const file = '注文ID,追跡\r\n100000000001,451234567890\r\n';
    expect(parseShipmentsCsv(file, taught).shipments).toMatchObject([
      { orderNumber: '100000000001', trackingNumber: '451234567890' },
    ]);
  });
});

describe('F15: the end mark of old programs is no row', () => {
  test.each(['F15-ctrl-z.csv', 'F15-space-line.csv'])('%s', (name) => {
    const { orders: found, errors } = orders(name);
    expect(errors).toEqual([]);
    expect(found.length).toBeGreaterThan(0);
  });
});

describe('F16: a file that is none says what it is', () => {
  test.each([
    ['F16-html.csv', SAYS.html()],
    ['F16-iso-2022-jp.csv', SAYS.otherEncoding('ISO-2022-JP（JIS）', 'ISO-2022-JP')],
    ['F16-utf-16le-no-bom.csv', SAYS.utf16()],
    ['F16-xls.csv', SAYS.excel()],
    ['F16-xlsx.csv', SAYS.excel()],
    ['F16-zip.csv', SAYS.zip()],
  ])('%s', (name, message) => {
    expect(refusalOf(bytesOf(name))).toEqual(message);
  });

  test.each(['F16-sep.csv', 'F16-two-boms.csv'])('%s is read all the same', (name) => {
    const { orders: found, errors } = orders(name);
    expect(errors).toEqual([]);
    expect(found.length).toBeGreaterThan(0);
  });

  test('a UTF-8 file that ends inside a character is cut off', () => {
    const bytes = new TextEncoder().encode('受注コード,氏名\r\n1,髙');
    expect(refusalOf(bytes.subarray(0, -1))).toEqual(SAYS.cutOff());
  });

  test('EUC-JP is named', () => {
    const euc = Uint8Array.from([
      0xbc, 0xf5, 0xc3, 0xed, 0xa5, 0xb3, 0xa1, 0xbc, 0xa5, 0xc9, 0x2c, 0xc1, 0xf7, 0xce, 0xc1,
    ]);
    expect(refusalOf(euc)).toEqual(SAYS.otherEncoding('EUC-JP', 'EUC-JP'));
  });

  test('a byte that is no character is told with its line', () => {
    const bytes = Uint8Array.from([
      ...new TextEncoder().encode('a,b\n1,2\n'),
      0x33,
      0xff,
      0x2c,
      0x0a,
    ]);
    expect(refusalOf(bytes)).toEqual(SAYS.notDecodable(['utf-8', 'cp932'], 3));
  });
});

describe('F17, F18: a cell is judged by what its column can hold', () => {
  const one = (order: string, tracking: string, day = '2026/11/28') =>
    parseShipmentsCsv(`受注コード,送り状番号,発送日\r\n${order},${tracking},${day}\r\n`);

  test.each([
    ['="100000394011"', '451234567890'],
    ["'100000394011", '="451234567890"'],
    ['100000394011', "'4512-3456-7890"],
  ])('a number that is kept from a spreadsheet is read: %s, %s', (order, tracking) => {
    const { errors, shipments: taken } = one(order, tracking);
    expect(errors).toEqual([]);
    expect(taken[0]?.orderNumber).toBe('100000394011');
  });

  test.each([
    ['7.00000E+11', '451234567890', '受注コード', SAYS.spreadsheetNumber()],
    ['100000394011.0', '451234567890', '受注コード', SAYS.spreadsheetNumber()],
    ['100000394011', '4.51235E+11', '送り状番号', SAYS.spreadsheetNumber()],
    ['100000394011', '0', '送り状番号', SAYS.notTracking()],
    ['100000394011', '-', '送り状番号', SAYS.notTracking()],
    ['100000394011', '090-1234-5678', '送り状番号', SAYS.notTracking()],
    ['100000394011-01', '451234567890', '受注コード', SAYS.notOrderNumber()],
  ])('%s, %s is refused with its value', (order, tracking, column, message) => {
    const value = column === '受注コード' ? order : tracking;
    expect(one(order, tracking).errors).toEqual([{ line: 2, column, value, message }]);
  });

  test('a day of a spreadsheet, with its hour of zero, is read', () => {
    expect(one('100000394011', '451234567890', '2026/11/28 0:00').shipments).toMatchObject([
      { shippedOn: '2026-11-28' },
    ]);
  });
});

test('F19: two parcels of one destination are two rows', () => {
  const { shipments: taken, errors } = shipments('F19-two-parcels.csv');
  expect(errors).toEqual([]);
  expect(taken.map(({ trackingNumber }) => trackingNumber)).toEqual([
    '451234567890',
    '451234567901',
  ]);
});

test('F15, F16: a console’s file is read by the same reader', () => {
  const expected = {
    fregiShopId: '90001',
    from: null,
    to: null,
    exportedAt: startOfJstDate('2026-11-24'),
  };
  const row = '00000000000000000001,100000394011,承認済,9115,90001';
  const file = `sep=,\r\n取引番号,伝票番号,ステータス,金額,店舗\r\n${row}\r\n \r\n`;
  const { observed, errors } = parseConsoleCsv(file, expected);
  expect(errors).toEqual([]);
  expect(observed).toHaveLength(1);
});
