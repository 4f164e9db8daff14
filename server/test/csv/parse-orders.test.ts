import { describe, expect, test } from 'vitest';
import { type Cells, fileOf, OTHER, only, read } from '../../../test/kit/sheets.ts';
import { parseOrdersCsv } from '../../src/csv/orders/parse-orders.ts';
import { SAYS } from '../../src/csv/text/messages.ts';
import { formatRow, readRows } from '../../src/csv/text/rows.ts';

describe('the header', () => {
  test('columns are found in any sequence, in full-width forms, by other names, with a BOM', () => {
    const [names, cells] = [...readRows(fileOf([{}]))].map((row) =>
      'cells' in row ? row.cells.toReversed() : [],
    );
    const renamed = (names ?? []).map((name) =>
      name.replace('注文日時', '受注日時').replace('(', '（').replace(')', '）').replace('1', '１'),
    );
    const file = `\ufeff${formatRow(renamed)}${formatRow(cells ?? [])}`;
    const { orders, errors } = parseOrdersCsv(file);
    expect(errors).toEqual([]);
    expect(orders[0]?.order).toEqual(only([{}]));
  });

  test('every missing column is named', () => {
    const { orders, errors } = parseOrdersCsv(fileOf([{}], ['billed', 'seqno', 'productName']));
    expect(orders).toEqual([]);
    expect(errors).toEqual(
      ['請求合計金額', '商品名'].map((column) => ({
        line: 1,
        column,
        message: expect.objectContaining({ ja: expect.stringContaining(`「${column}」の列`) }),
      })),
    );
  });

  test('a repeated column is refused', () => {
    const [header = '', row = ''] = fileOf([{}]).split('\r\n');
    const { errors } = parseOrdersCsv(`${header},送料\r\n${row},500`);
    expect(errors).toEqual([{ line: 1, column: '送料', message: SAYS.repeatedColumn(['送料']) }]);
  });

  test("a column's name takes precedence over its other names", () => {
    const [header = '', row = ''] = fileOf([{}]).split('\r\n');
    const { orders } = parseOrdersCsv(`${header},受注日時\r\n${row},x`);
    expect(orders).toHaveLength(1);
  });

  test.each([
    ['', SAYS.noOrders()],
    [fileOf([]), SAYS.noOrders()],
    ['"受注コード', SAYS.quoteNotClosed()],
    ['4111111111111111,x', SAYS.cardNumber()],
    [','.repeat(1_000), SAYS.tooManyCells(1_000)],
  ])('a file without a header is refused: %#', (text, message) => {
    expect(parseOrdersCsv(text)).toEqual({
      orders: [],
      errors: [{ line: 1, column: null, message }],
      warnings: [],
      rows: 0,
      invalid: 0,
      unknownMethods: new Map(),
    });
  });
});

describe('rows of one order must agree', () => {
  test('a difference is told with the line that it differs from', () => {
    const { orders, errors } = read([{}, { productCode: 'b', firstName: '花' }]);
    expect(orders).toEqual([]);
    expect(errors).toEqual([{ line: 3, column: '氏名(名)', message: SAYS.differsInOrder(2) }]);
  });

  test('a row without a number may belong to the order above, which is left out', () => {
    const { orders, errors } = read([{}, { productCode: 'b', orderNumber: '' }, OTHER]);
    expect(orders).toEqual([OTHER.orderNumber]);
    expect(errors).toEqual([{ line: 3, column: '受注コード', message: SAYS.blank() }]);
  });

  test('an order in two places is left out, both times', () => {
    const { orders, errors, invalid } = read([{}, OTHER, {}]);
    expect(orders).toEqual([OTHER.orderNumber]);
    expect(errors).toEqual([{ line: 4, column: '受注コード', message: SAYS.orderRepeated(2) }]);
    expect(invalid).toBe(1);
  });

  test('two orders with one transaction are both left out', () => {
    const { orders, errors, invalid } = read([{}, { orderNumber: OTHER.orderNumber }]);
    expect({ orders, invalid }).toEqual({ orders: [], invalid: 2 });
    expect(errors).toEqual([{ line: 3, column: 'F-REGI取引番号', message: SAYS.seqnoRepeated(2) }]);
  });

  test('a repeated row is refused if the products do not come to the sum', () => {
    expect(read([{}, {}]).errors).toEqual([{ line: 3, column: null, message: SAYS.repeatedRow() }]);
    expect(read([{ unitPrice: '4675' }, { unitPrice: '4675' }]).errors).toEqual([]);
  });
});

describe('torn rows', () => {
  const [header = '', row = ''] = fileOf([{}]).split('\r\n');
  const [, other = ''] = fileOf([OTHER]).split('\r\n');
  const width = header.split(',').length;

  test('a row with too few or too many cells leaves its order out', () => {
    const { orders, errors } = parseOrdersCsv([header, `${row},x`, other].join('\r\n'));
    expect(orders.map(({ line }) => line)).toEqual([3]);
    expect(errors).toEqual([{ line: 2, column: null, message: SAYS.ragged(width + 1, width) }]);
  });

  test('a piece that does not name its order leaves the order above out', () => {
    const { orders, errors } = parseOrdersCsv([header, row, '0-0-0,x', other].join('\r\n'));
    expect(orders.map(({ line }) => line)).toEqual([4]);
    expect(errors).toEqual([{ line: 3, column: null, message: SAYS.ragged(2, width) }]);
  });

  test.each([
    ['"a', SAYS.quoteNotClosed()],
    ['"a"b', SAYS.textAfterQuote()],
  ])('after %j nothing is read, and the order above is left out', (broken, message) => {
    const next = '100000394013,2012/11/08 19:28:26';
    const file = [header, other, row, `${row.slice(0, 12)},${broken}`, next].join('\r\n');
    const { orders, errors } = parseOrdersCsv(file);
    expect(orders.map(({ line }) => line)).toEqual([2]);
    expect(errors).toEqual([{ line: 4, column: null, message }]);
  });
});

describe('limits', () => {
  test('a file with too many rows gives no orders', () => {
    const { orders, errors } = parseOrdersCsv(fileOf([{}, OTHER]), { rowsMax: 1 });
    expect(orders).toEqual([]);
    expect(errors).toEqual([{ line: 3, column: null, message: SAYS.tooManyRows(1) }]);
  });

  test('the first thousand errors are told, and that there are more', () => {
    const rows = Array.from({ length: 1_001 }, (_, index) => ({
      orderNumber: String(200_000_000_000 + index),
      quantity: 'x',
    }));
    const { errors, invalid } = parseOrdersCsv(fileOf(rows));
    expect(invalid).toBe(1_001);
    expect(errors).toHaveLength(1_001);
    const last = { line: 1_001, column: null, message: SAYS.tooManyErrors(1_000) };
    expect(errors.at(-1)).toEqual(last);
  });

  test('an order with too many destinations or lines is refused in words', () => {
    const many = (count: number, cells: (index: number) => Cells) =>
      read(Array.from({ length: count }, (_, index) => cells(index))).errors;
    expect(many(51, (index) => ({ toLastName: String(index) }))).toEqual([
      { line: 2, column: null, message: SAYS.tooManyParts(50) },
    ]);
    expect(many(201, (index) => ({ productCode: String(index) }))).toEqual([
      { line: 2, column: null, message: SAYS.tooManyParts(200) },
    ]);
  });
});
