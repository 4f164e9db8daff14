import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  CSV_CELLS_MAX,
  formatRow,
  guardFormula,
  readRows,
  unguardFormula,
} from '../../src/csv/text/rows.ts';

const read = (text: string) => [...readRows(text)];

describe('reading rows', () => {
  test.each([
    ['one row without an end', 'a,b', [{ line: 1, cells: ['a', 'b'] }]],
    [
      'CRLF, LF and CR end a row',
      'a\r\nb\nc\rd',
      ['a', 'b', 'c', 'd'].map((cell, index) => ({ line: index + 1, cells: [cell] })),
    ],
    ['an empty last cell is a cell', 'a,', [{ line: 1, cells: ['a', ''] }]],
    ['quotes are doubled in quotes', '"a ""b"", c"', [{ line: 1, cells: ['a "b", c'] }]],
    ['a quote within a plain cell is text', 'a"b', [{ line: 1, cells: ['a"b'] }]],
    ['an empty quoted cell', '"",a', [{ line: 1, cells: ['', 'a'] }]],
    ['a file of nothing', '', []],
  ])('rows are read: %s', (_, text, rows) => {
    expect(read(text)).toEqual(rows);
  });

  test('empty rows are skipped, and still counted as lines', () => {
    expect(read('a,b\r\n\r\n,\r\n"",""\r\nc,d\r\n')).toEqual([
      { line: 1, cells: ['a', 'b'] },
      { line: 5, cells: ['c', 'd'] },
    ]);
  });

  test('after line breaks within quotes, line numbers are those of the file', () => {
    expect(read('"a\r\nb\nc\rd",x\r\ny,z').map(({ line }) => line)).toEqual([1, 5]);
  });

  test.each([
    ['a\r\n"b', 'quote_not_closed'],
    ['a\r\n"b"c,d\r\ne', 'text_after_quote'],
    [`a\r\n${','.repeat(CSV_CELLS_MAX)}\r\nb`, 'too_many_cells'],
  ] as const)('a row is broken on line 2, and nothing after it is read: %#', (text, broken) => {
    expect(read(text)).toEqual([
      { line: 1, cells: ['a'] },
      { line: 2, broken },
    ]);
  });
});

const cell = fc.string({ unit: fc.constantFrom('a', '髙', '"', ',', '\r', '\n', "'", '=', ' ') });
const cells = fc.array(cell, { minLength: 1 }).filter((row) => row.some((text) => text !== ''));

test('ASVS 1.1.2: every written row is read back on its line', () => {
  fc.assert(
    fc.property(fc.array(cells), (rows) => {
      const text = rows.map(formatRow).join('');
      const found = read(text);
      expect(found.map((row) => ('cells' in row ? row.cells : row.broken))).toEqual(rows);
      for (const [index, row] of found.entries()) {
        const before = rows.slice(0, index).map(formatRow).join('');
        expect(row.line).toBe(1 + (before.match(/\r\n|\n|\r/g)?.length ?? 0));
      }
    }),
  );
});

describe('the guard against formulas', () => {
  test.each(['=1+1', '+81', '-1', '@a', '\ta', '\ra', '\na', '＝1', '＋1', '－1', '＠a', "'=1"])(
    'ASVS 1.2.10, 1.3.3: the guard puts an apostrophe before %j',
    (text) => {
      expect(guardFormula(text)).toBe(`'${text}`);
    },
  );

  test.each(['', 'a=1', "'a", "'", '06-0000-0000', ' 1'])(
    'the guard leaves %j as it is',
    (text) => {
      expect(guardFormula(text)).toBe(text);
    },
  );

  test('a guarded text without its guard is the same text', () => {
    fc.assert(fc.property(cell, (text) => unguardFormula(guardFormula(text)) === text));
  });
});
