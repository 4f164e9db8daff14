import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  keyOf,
  linesOf,
  numbersIn,
  placesOf,
  shipmentsOf,
  twiceIn,
  withPasted,
} from '../../src/screens/bulk/tracking.ts';

const ROWS = [
  { orderNumber: '100000000011', unshipped: [0] },
  { orderNumber: '100000000022', unshipped: [0, 2] },
  { orderNumber: '100000000033', unshipped: [1] },
];
const PLACES = placesOf(ROWS);
const FIRST = { orderNumber: '100000000011', destination: 0 };

/** The texts of the fields after a paste, from top to bottom. */
function pasted(text: string, from = FIRST): string[] {
  const numbers = withPasted(new Map(), PLACES, from, linesOf(text));
  return PLACES.map((place) => numbers.get(keyOf(place)) ?? '');
}

describe('a pasted column of 送り状番号', () => {
  test.each([
    ['fills the fields on down', '1\n2\n3\n4', ['1', '2', '3', '4']],
    ['may end its last line, as sheets do', '1\r\n2\r\n', ['1', '2', '', '']],
    ['may come from an old sheet', '1\r2', ['1', '2', '', '']],
    ['keeps a blank cell blank', '1\n\n3', ['1', '', '3', '']],
    ['keeps blank cells above the first number', '\n\n3', ['', '', '3', '']],
    ['loses the spaces around a number', ' 1 \n　2\t', ['1', '2', '', '']],
    ['ends with the last field', '1\n2\n3\n4\n5', ['1', '2', '3', '4']],
    ['is cut to what a field takes', `${'9'.repeat(50)}\n2`, ['9'.repeat(40), '2', '', '']],
  ])('%s', (_what, text, fields) => {
    expect(pasted(text)).toEqual(fields);
  });

  test('begins at the field that it is pasted into', () => {
    const from = { orderNumber: '100000000022', destination: 2 };
    expect(pasted('1\n2', from)).toEqual(['', '', '1', '2']);
  });

  test('fills nothing at a field that is not shown any more', () => {
    const gone = { orderNumber: '100000000099', destination: 0 };
    expect(pasted('1\n2', gone)).toEqual(['', '', '', '']);
  });
});

describe('what goes with a run', () => {
  test('an order that nothing was typed for is left out', () => {
    const numbers = new Map([[keyOf({ orderNumber: '100000000022', destination: 2 }), ' 12 ']]);
    expect(shipmentsOf(ROWS, '', numbers)).toEqual([
      {
        orderNumber: '100000000022',
        shipments: [{ destination: 0 }, { destination: 2, trackingNumber: '12' }],
      },
    ]);
  });

  test('the carrier goes with every parcel', () => {
    const sent = shipmentsOf(ROWS, ' ヤマト運輸 ', new Map());
    const carriers = sent.flatMap(({ shipments }) => shipments.map(({ carrier }) => carrier));
    expect(carriers).toEqual(['ヤマト運輸', 'ヤマト運輸', 'ヤマト運輸', 'ヤマト運輸']);
  });

  test('numbers that were sent can be typed on', () => {
    const number = fc.stringMatching(/^[0-9]{1,12}$/);
    fc.assert(
      fc.property(fc.array(number, { minLength: 4, maxLength: 4 }), (typed) => {
        const numbers = new Map(PLACES.map((place, index) => [keyOf(place), typed[index] ?? '']));
        expect(numbersIn(shipmentsOf(ROWS, '', numbers))).toEqual(numbers);
      }),
    );
  });
});

test('a number at two orders is told; at two parcels of one order it is not', () => {
  const at = (orderNumber: string, destination: number) => keyOf({ orderNumber, destination });
  const within = new Map([
    [at('1', 0), '77'],
    [at('1', 1), '77'],
    [at('2', 0), ''],
    [at('3', 0), ' '],
  ]);
  expect(twiceIn(within)).toEqual([]);
  expect(twiceIn(new Map([...within, [at('2', 0), ' 77 ']]))).toEqual(['77']);
});
