import { describe, expect, test } from 'vitest';
import { incoming } from '../../../test/kit/orders.ts';
import { formatOrdersCsv, type OutgoingOrder } from '../../src/csv/orders/format-orders.ts';
import { COLUMNS, type ColumnName, FIELDS } from '../../src/csv/text/columns.ts';
import type { CsvEncoding } from '../../src/csv/text/decode.ts';
import { readRows } from '../../src/csv/text/rows.ts';

/** Returns the written cells of each row, by column, with all guards. */
function written(orders: readonly OutgoingOrder[], encoding: CsvEncoding = 'utf-8') {
  const formatted = formatOrdersCsv(orders, encoding);
  if (formatted.kind === 'refused') throw new Error('nothing should be lost');
  const label = encoding === 'utf-8' ? 'utf-8' : 'shift_jis';
  const text = new TextDecoder(label).decode(formatted.bytes);
  const [header, ...rows] = [...readRows(text)].map((row) => ('cells' in row ? row.cells : []));
  expect(header).toEqual(FIELDS.map((field) => COLUMNS[field].name));
  return rows.map((cells) => (field: ColumnName) => cells[FIELDS.indexOf(field)]);
}

function withMemo(memo: string, changes: Partial<OutgoingOrder> = {}): OutgoingOrder {
  const order = incoming();
  return { ...order, ...changes, details: { ...order.details, memo } };
}

describe('the layout', () => {
  test('each product has a row that repeats the order, its money and its times', () => {
    const order = incoming({ orderNumber: '100000394011' });
    const { destinations } = order.details;
    const twice = { ...order.details, destinations: [...destinations, ...destinations] };
    const rows = written([{ ...order, details: twice }]);
    const cells = rows.map((row) =>
      (['orderNumber', 'placedAt', 'billed', 'total', 'items', 'paid', 'toLastName'] as const).map(
        row,
      ),
    );
    const first = ['100000394011', '2026/11/08 19:28:26', '9115', '9850', '9350', '0', '髙﨑'];
    expect(cells).toEqual([first, first]);
    expect(rows.map((row) => [row('destinationNumber'), row('lineNumber')])).toEqual([
      ['1', '1'],
      ['2', '2'],
    ]);
  });

  test('a paid order says so', () => {
    const [row] = written([{ ...incoming(), paidOn: '2026-11-09' }]);
    expect([row?.('paid'), row?.('paidOn')]).toEqual(['1', '2026/11/09']);
  });

  test('a token is never written', () => {
    const order = incoming({ transaction: { kind: 'token', token: 'secret-token' } });
    const formatted = formatOrdersCsv([order], 'utf-8');
    if (formatted.kind === 'refused') throw new Error('nothing should be lost');
    expect(Buffer.from(formatted.bytes).toString()).not.toContain('secret-token');
  });

  test('UTF-8 has a BOM, CP932 none; both end their rows in CRLF', () => {
    for (const [encoding, start] of [
      ['utf-8', 'efbbbf'],
      ['cp932', '8ef3'],
    ] as const) {
      const formatted = formatOrdersCsv([incoming()], encoding);
      if (formatted.kind === 'refused') throw new Error('nothing should be lost');
      const bytes = Buffer.from(formatted.bytes);
      expect(bytes.toString('hex')).toMatch(new RegExp(`^${start}.*0d0a$`));
      expect(bytes.filter((byte) => byte === 0x0a)).toHaveLength(2);
    }
  });

  test('a file need not have Renkei’s own columns', () => {
    const columns = Object.values(COLUMNS);
    expect(columns.filter((column) => 'own' in column && 'required' in column)).toEqual([]);
  });
});

describe('formulas are guarded', () => {
  test.each(['=HYPERLINK("http://x")', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '＝1'])(
    'the formula %j is guarded',
    (memo) => {
      expect(written([withMemo(memo)])[0]?.('memo')).toBe(`'${memo}`);
    },
  );

  test('a formula is guarded also if only its fitted character makes it one: a full-width minus sign', () => {
    expect(written([withMemo('\u22121')], 'cp932')[0]?.('memo')).toBe("'－1");
  });
});

describe('CP932 never loses a character', () => {
  test('CP932 writes a character that it has, or that has a look-alike', () => {
    const memo = '髙﨑㈱①～〜—｢ﾀ｣か\u3099';
    expect(written([withMemo(memo)], 'cp932')[0]?.('memo')).toBe('髙﨑㈱①～～―｢ﾀ｣が');
  });

  test('a real question mark stays one', () => {
    expect(written([withMemo('本当?')], 'cp932')[0]?.('memo')).toBe('本当?');
  });

  test('a character without a code is listed by order and column, and nothing is written', () => {
    const order = withMemo('𠮷野家 🍣', { paymentMethod: 'é', orderNumber: '100000394012' });
    const { destinations } = order.details;
    const twice = { ...order.details, destinations: [...destinations, ...destinations] };
    const orders = [incoming(), { ...order, details: twice }];
    expect(formatOrdersCsv(orders, 'cp932')).toEqual({
      kind: 'refused',
      losses: [
        { orderNumber: '100000394012', column: '決済方法', characters: ['é'] },
        { orderNumber: '100000394012', column: 'ショップメモ', characters: ['𠮷', '🍣'] },
      ],
    });
  });
});
