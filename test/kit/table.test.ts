import { expect, test } from 'vitest';
import { readTable, whole, wordOf } from './table.ts';

const COLUMNS = {
  amount: whole,
  state: wordOf({ authorized: 'authorized', voided: 'voided' }),
  box: wordOf({ on: true, off: false }),
  outcome: String,
};
const HEADER = 'amount | state | box → outcome';

test('a table is read row by row, each cell by its column, each row under its title', () => {
  const rows = readTable(
    `
    amount | state      | box → outcome

    # X1: the box decides
     9,115 | authorized | on  → pursue cancelled
     9,115 | authorized | off → record

    // nothing is held
    # X5: nothing is asked
         0 | voided     | on  → record
    `,
    COLUMNS,
  );
  expect(rows).toEqual([
    {
      title: 'X1: the box decides: 9,115 | authorized | on → pursue cancelled',
      amount: 9_115,
      state: 'authorized',
      box: true,
      outcome: 'pursue cancelled',
    },
    {
      title: 'X1: the box decides: 9,115 | authorized | off → record',
      amount: 9_115,
      state: 'authorized',
      box: false,
      outcome: 'record',
    },
    {
      title: 'X5: nothing is asked: 0 | voided | on → record',
      amount: 0,
      state: 'voided',
      box: true,
      outcome: 'record',
    },
  ]);
});

test('the header decides the order of the columns', () => {
  expect(readTable('b | a\n1 | 2', { a: whole, b: whole })).toMatchObject([{ a: 2, b: 1 }]);
});

test('an empty cell is an empty text, also at either end of a row', () => {
  const columns = { a: String, b: String, c: String };
  expect(readTable('a | b → c\nx |  →', columns)).toMatchObject([{ a: 'x', b: '', c: '' }]);
  expect(readTable('a | b → c\n| y → z', columns)).toMatchObject([{ a: '', b: 'y', c: 'z' }]);
});

test('an arrow, a bar or a hash inside a word is a part of the word', () => {
  const rows = readTable('a | b\nD1→D2 | x|y#z', { a: String, b: String });
  expect(rows).toMatchObject([{ a: 'D1→D2', b: 'x|y#z' }]);
});

test.each([
  ['no rows', `${HEADER}\n# a title\n// a comment`, 'the table has no rows'],
  ['no header', '', 'the header has the columns'],
  ['an unknown column', 'sum | state | box → outcome\n1 | voided | on → b', 'the columns sum'],
  ['a missing column', 'amount | state → outcome\n1 | voided → b', 'the test reads amount'],
  ['a column named twice', 'state | amount | state | box → outcome\n1', 'the test reads amount'],
  ['too few cells', `${HEADER}\n1 | voided → b`, 'row 1 “1 | voided → b” has 3 cells'],
  ['too many cells', `${HEADER}\n1 | voided | on | c → b`, 'has 5 cells; the header has 4'],
  [
    'an unknown word',
    `${HEADER}\n# t\n1 | voided | on → b\n1 | void | on → d`,
    'row 2 “1 | void | on → d”, column state: unknown word “void”; known: authorized, voided',
  ],
  ['a word of the prototype', `${HEADER}\n1 | toString | on → b`, 'column state: unknown word'],
  ['no number', `${HEADER}\n1.5 | voided | on → b`, 'column amount: “1.5” is no whole number'],
  ['a missing number', `${HEADER}\n | voided | on → b`, 'column amount: “” is no whole number'],
  ['a number cut in two', `${HEADER}\n9,11 | voided | on → b`, 'column amount: “9,11”'],
])('a table with a mistake throws and names the place: %s', (_mistake, table, message) => {
  expect(() => readTable(table, COLUMNS)).toThrow(message);
});
