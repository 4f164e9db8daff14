import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { exportOrder, written } from '../../../test/kit/exported.ts';
import type { ExportOrder } from '../../src/csv/layouts/layout.ts';
import { SAGAWA_EHIDEN } from '../../src/csv/layouts/sagawa-ehiden.ts';
import { YAMATO_B2 } from '../../src/csv/layouts/yamato-b2.ts';
import { parseOrdersCsv } from '../../src/csv/orders/parse-orders.ts';
import { decodeCsv } from '../../src/csv/text/decode.ts';
import { messageOf } from '../../src/services/exports/losses.ts';

/** Labels of the example files: a value is printed as it is meant, or told. */
function ordersOf(name: string): ExportOrder[] {
  const url = new URL(`../../../test/fixtures/files/${name}`, import.meta.url);
  const decoded = decodeCsv(readFileSync(url), 'auto');
  if (decoded.kind === 'refused') throw new Error(decoded.message.en);
  const { orders } = parseOrdersCsv(decoded.text);
  return orders.map(({ order }) => {
    return { ...order, status: 'processing', transactionState: null };
  });
}

const AS_IT_IS = { leavesOut: true } as const;

test('F7, F8: phones and postal codes are printed in the domestic form, or told', async () => {
  const orders = ordersOf('F7-F8-phones-zips.csv');
  for (const layout of [YAMATO_B2, SAGAWA_EHIDEN]) {
    const { table, losses } = await written(orders, layout, 'cp932', AS_IT_IS);
    expect(table.map((row) => [row.お届け先電話番号, row.お届け先郵便番号])).toEqual([
      ['090-1234-5678', '530-0001'],
      ['090-1234-5678', '530-0001'],
      ['090-1234-5678', '530-0001'],
      ['090-1234-5678', '530-0001'],
    ]);
    expect(losses.cells.map(({ column, value }) => [column, value])).toEqual([
      ['お届け先電話番号', 'なし'],
      ['お届け先電話番号', '0120-000-000※夜'],
    ]);
  }
});

test('F9: a wished time is one of the carrier’s list, or told', async () => {
  const codesOf = async (layout: typeof YAMATO_B2, column: string) => {
    const { table, losses } = await written(ordersOf('F9-times.csv'), layout, 'cp932', AS_IT_IS);
    return [table.map((row) => row[column]), losses.cells.map(({ value }) => value)];
  };
  const never = ['18時以降', '20時-21時', '夜間', '12時まで', '午後', '2', 'ＡＭ'];
  expect(await codesOf(YAMATO_B2, '配達時間帯')).toEqual([
    // 午前中, 14:00～16:00, 14時〜16時, 19:00-21:00, 16-18, 指定なし, 14時から16時, 8-12, 0812, 1416,
    // 午前中(8時～12時), 18-20時(夜間), 19〜21時頃, 最短
    [
      '0812',
      '1416',
      '1416',
      '1921',
      '1618',
      '',
      '1416',
      '0812',
      '0812',
      '1416',
      '0812',
      '1820',
      '1921',
      '',
    ],
    ['12-14時', ...never],
  ]);
  expect(await codesOf(SAGAWA_EHIDEN, '配達指定時間帯')).toEqual([
    ['01', '12', '14', '14', '19', '16', '', '14', '01', '01', '14', '01', '18', '19', ''],
    never,
  ]);
});

describe('F12, F13: the characters of labels', () => {
  const nameOf = (name: string) => exportOrder({}, [{ name }]);

  test.each([
    ['ウ゛ィラ', 'ウ゛ィラ'],
    ['ｱﾞｱﾞ荘', 'ア゛ア゛荘'],
    ['ｳﾞｨﾗ', 'ヴィラ'],
    ['L´Avenue', 'Ｌ´Ａｖｅｎｕｅ'],
    ['\ufa19\ufa1b\ufa10', '\ufa19\ufa1b\ufa10'],
    ['①②㈱℡№', '①②㈱℡№'],
    ['花\u200b子\u00ad\ufeff', '花子'],
    ['渡\u{e0101}辺', '渡辺'],
    ['1\u20112\u00b7', '１‐２・'],
  ])('%s is printed as %s', async (name, printed) => {
    const { table, losses } = await written([nameOf(name)], YAMATO_B2);
    expect(losses.cells).toEqual([]);
    expect(table[0]?.お届け先名).toBe(printed);
  });

  test('the characters that Shift_JIS lacks are listed with a proposal, and the others go out', async () => {
    const orders = [nameOf('𠮷田'), nameOf('José'), nameOf('花子🌸'), nameOf('田中')];
    const { table, losses } = await written(orders, YAMATO_B2, 'cp932', AS_IT_IS);
    expect(losses.characters).toEqual([
      { character: '𠮷', orders: 1, proposal: '吉' },
      { character: 'é', orders: 1, proposal: 'e' },
      { character: '🌸', orders: 1, proposal: '' },
    ]);
    expect(table.map((row) => row.お届け先名)).toEqual(['田中']);
    expect(losses.orders).toEqual(orders.slice(0, 3).map(({ orderNumber }) => orderNumber));
  });

  test('what the shop has answered is written, and nothing is lost', async () => {
    const replacements = new Map([
      ['𠮷', '吉'],
      ['🌸', ''],
    ]);
    const { table, losses } = await written([nameOf('𠮷田🌸')], YAMATO_B2, 'cp932', {
      replacements,
    });
    expect(losses.cells).toEqual([]);
    expect(table[0]?.お届け先名).toBe('吉田');
  });

  test('a character that nobody sees is told by its code point', async () => {
    const { losses } = await written([nameOf('花\u{e000}子')], YAMATO_B2);
    expect(losses.cells.map((loss) => messageOf(loss).ja)).toEqual([
      '「U+E000」はShift_JISで表せません',
    ]);
  });

  test('the example file: each of its orders is written or told, none is changed', async () => {
    const orders = ordersOf('F12-F13-labels.csv');
    const { rows, losses } = await written(orders, YAMATO_B2, 'cp932', AS_IT_IS);
    expect(rows + losses.orders.length).toBe(orders.length);
    expect(losses.characters.map(({ character }) => character)).toMatchInlineSnapshot(`
      [
        "﹣",
        "㋿",
        "é",
        "𠮷",
        "🌸",
        "⼤",
        "⽥",
        "⻑",
        "⾕",
      ]
    `);
  });
});

describe('W7, W8: what a driver collects', () => {
  const cash = (changes: Partial<ExportOrder> = {}) =>
    exportOrder({ paymentKind: 'cash_on_delivery', ...changes });

  test('nothing is collected of an order that is paid, or comes to nothing', async () => {
    const amounts = {
      items: 1_000,
      shipping: 0,
      paymentFee: 0,
      wrapping: 0,
      pointsUsed: 1_000,
      couponDiscount: 0,
    };
    const orders = [cash(), cash({ paidOn: '2026-11-20' }), cash({ amounts })];
    const b2 = await written(orders, YAMATO_B2);
    expect(b2.table.map((row) => [row.送り状種類, row['ｺﾚｸﾄ代金引換額（税込)']])).toEqual([
      ['2', '9115'],
      ['0', ''],
      ['0', ''],
    ]);
    const sagawa = await written(orders, SAGAWA_EHIDEN);
    expect(sagawa.table.map((row) => row.代引金額)).toEqual(['9115', '', '']);
  });

  test('the tax is that of the screen and the mail, and is computed once', async () => {
    const amounts = {
      items: 10_800,
      shipping: 0,
      paymentFee: 0,
      wrapping: 0,
      pointsUsed: 0,
      couponDiscount: 0,
    };
    const base = cash({ amounts });
    const [destination] = base.details.destinations;
    if (destination === undefined) throw new Error('an order goes somewhere');
    const [line] = destination.lines;
    if (line === undefined) throw new Error('an order has a product');
    const lines = [{ ...line, quantity: 10, unitPrice: 1_080, taxRate: 8 as const }];
    const details = { ...base.details, destinations: [{ ...destination, lines }] };
    const { table } = await written([{ ...base, details }], YAMATO_B2);
    expect(table[0]?.内消費税額等).toBe('800');
  });

  test('no label is made for an order that is not to be shipped', async () => {
    const orders = [cash({ status: 'cancelled' }), cash({ status: 'on_hold' }), cash()];
    const { table, losses } = await written(orders, YAMATO_B2, 'cp932', AS_IT_IS);
    expect(table).toHaveLength(1);
    expect(losses.cells.map(({ column, value }) => [column, value])).toEqual([
      ['送り状種類', '取消'],
      ['送り状種類', '保留'],
    ]);
  });
});
