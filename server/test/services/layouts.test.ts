import { describe, expect, test } from 'vitest';
import { exportOrder as order, written as write } from '../../../test/kit/exported.ts';
import { checkFreeLayout, freeLayout } from '../../src/csv/layouts/free.ts';
import { FUTURESHOP, GANBARE_TENCHO } from '../../src/csv/layouts/futureshop.ts';
import { SAGAWA_EHIDEN } from '../../src/csv/layouts/sagawa-ehiden.ts';
import { YAMATO_B2 } from '../../src/csv/layouts/yamato-b2.ts';
import { formatOrdersCsv } from '../../src/csv/orders/format-orders.ts';

/** L6: the layouts of CSV out, and that nothing is lost on the way. */
describe('futureshop 形式', () => {
  test('L6: futureshop 形式 is byte for byte what the import reads back', async () => {
    const orders = [order(), order({ paidOn: '2026-11-20' }, [{}, { name: '佐藤 次郎' }])];
    const expected = formatOrdersCsv(orders, 'cp932');
    const { bytes } = await write(orders, FUTURESHOP);
    if (expected.kind !== 'formatted') throw new Error('it was refused');
    expect(Buffer.compare(bytes, expected.bytes)).toBe(0);
  });
});

describe('頑張れ♪店長！形式', () => {
  test('L6: 頑張れ♪店長！形式 has the billed amount, and the one before deductions, under two names', async () => {
    const { table } = await write([order()], GANBARE_TENCHO);
    expect(table).toMatchObject([
      { '合計金額(割引前)': '9850', 請求金額: '9115', 氏名: '髙﨑 花子', ステータス: '通常処理' },
    ]);
  });
});

describe('ヤマトB2', () => {
  test('ヤマトB2 has 95 columns and a row for each parcel', async () => {
    const { names, table } = await write([order({}, [{}, {}])], YAMATO_B2);
    expect(names).toHaveLength(95);
    expect(table).toHaveLength(2);
    const [first, second] = table.map((row) => row.お客様管理番号);
    expect(first).toMatch(/^\d{12}$/);
    expect(second).toBe(`${first}-2`);
  });

  test('ヤマトB2 is ready to print', async () => {
    const wish = { requestedDate: '2026-11-28', requestedTime: '14〜16時' };
    const { table } = await write([order({}, [wish])], YAMATO_B2);
    expect(table).toMatchObject([
      {
        送り状種類: '0',
        出荷予定日: '2026/11/24',
        お届け予定日: '2026/11/28',
        配達時間帯: '1416',
        お届け先電話番号: '06-0000-0000',
        お届け先住所: '大阪府大阪市北区梅田０－０－０',
        お届け先名: '髙﨑　花子',
        ご依頼主名: '花道文具店',
        請求先顧客コード: '061111222201',
        運賃管理番号: '01',
        'ｺﾚｸﾄ代金引換額（税込)': '',
      },
    ]);
  });

  test('ヤマトB2 collects cash on delivery once, with the tax in it', async () => {
    const cash = order({ paymentKind: 'cash_on_delivery' }, [{}, {}]);
    const { table } = await write([cash], YAMATO_B2);
    expect(
      table.map((row) => [row.送り状種類, row['ｺﾚｸﾄ代金引換額（税込)'], row.内消費税額等]),
    ).toEqual([
      ['2', '9115', '828'],
      ['0', '', ''],
    ]);
  });

  test('an address too long for the label is reported, not cut off', async () => {
    const long = order({}, [{ address: `大阪市北区梅田${'あ'.repeat(50)}` }]);
    const { losses } = await write([order(), long], YAMATO_B2);
    expect(losses.cells).toMatchObject([
      {
        line: 3,
        orderNumber: long.orderNumber,
        column: 'お届け先アパートマンション名',
        cause: { kind: 'length', bytesMax: 32 },
      },
    ]);
  });
});

describe('佐川e飛伝', () => {
  test('佐川e飛伝 has 74 columns, and the address in three parts', async () => {
    const address = '大阪市北区梅田一丁目二番地三号グランドメゾン梅田タワーズ東棟1201号室';
    const { names, table } = await write(
      [order({}, [{ address, requestedTime: '午前中' }])],
      SAGAWA_EHIDEN,
    );
    expect(names).toHaveLength(74);
    const [row] = table;
    const parts = ['１', '２', '３'].map((part) => row?.[`お届け先住所${part}`] ?? '');
    expect(parts.join('')).toBe(`大阪府${address.replace('1201', '１２０１')}`);
    for (const part of parts) expect(part.length).toBeLessThanOrEqual(16);
    expect(row).toMatchObject({ 配達指定時間帯: '01', 出荷日: '20261124', 出荷個数: '1' });
  });
});

describe('a free layout', () => {
  test('L6: a free layout has the shop’s columns in the shop’s sequence', async () => {
    const layout = freeLayout({
      name: '社内用',
      per: 'order',
      encoding: 'cp932',
      columns: [
        { field: 'billed', header: '金額' },
        { text: '花道', header: '店舗' },
        { field: 'orderNumber' },
      ],
    });
    const one = order({}, [{}, {}]);
    const { names, table } = await write([one], layout);
    expect(names).toEqual(['金額', '店舗', '受注コード']);
    expect(table).toEqual([{ 金額: '9115', 店舗: '花道', 受注コード: one.orderNumber }]);
  });

  test.each([
    ['order', 'toName', 'too_fine'],
    ['destination', 'quantity', 'too_fine'],
    ['line', 'cardNumber', 'unknown_field'],
  ] as const)('a free layout per %s cannot have %s', (per, field, kind) => {
    const layout = { name: 'x', per, encoding: 'cp932' as const, columns: [{ field }] };
    expect(checkFreeLayout(layout)).toEqual([{ index: 0, kind }]);
  });
});

describe('loss', () => {
  test('a character without a code is found with line and column; no ? is ever written', async () => {
    const lost = order({}, [{ name: '𠮷田 花子' }]);
    const cp932 = await write([order(), lost], FUTURESHOP);
    expect(cp932.losses.cells).toEqual([
      {
        line: 3,
        orderNumber: lost.orderNumber,
        column: 'お届け先氏名(姓)',
        value: '𠮷田',
        cause: { kind: 'characters', characters: ['𠮷'] },
      },
    ]);
    const utf8 = await write([lost], FUTURESHOP, 'utf-8');
    expect(utf8.losses.cells).toEqual([]);
    expect(utf8.table[0]?.['お届け先氏名(姓)']).toBe('𠮷田');
  });

  test('look-alikes are fitted as Windows does, byte for byte', async () => {
    const { bytes, losses } = await write([order({}, [{ name: '〜−— ①㈱髙﨑' }])], FUTURESHOP);
    expect(losses.cells).toEqual([]);
    expect(bytes.includes(0x3f)).toBe(false);
  });

  test('a cell that a spreadsheet would run is guarded; a label is not', async () => {
    const evil = order({}, [{ name: '=cmd 花子' }]);
    const sheet = await write([evil], FUTURESHOP);
    expect(sheet.table[0]?.['お届け先氏名(姓)']).toBe("'=cmd");
    const label = await write([evil], YAMATO_B2);
    expect(label.table[0]?.お届け先名).toBe('＝ｃｍｄ　花子');
  });
});
