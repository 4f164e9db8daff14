import { describe, expect, test } from 'vitest';
import {
  type Chosen,
  nextOf,
  withPage,
  withToggled,
} from '../../src/screens/orders/select/selection.ts';

const ITEMS = [
  { orderNumber: '1', billed: 100 },
  { orderNumber: '2', billed: 200 },
];
const NONE: Chosen = new Map();
const chosen = (...numbers: string[]): Chosen => new Map(numbers.map((number) => [number, 0]));

describe('the orders that are ticked', () => {
  test('a tick adds an order with its amount, a second one takes it away', () => {
    const once = withToggled(NONE, ITEMS, '2');
    expect([...once]).toEqual([['2', 200]]);
    expect([...withToggled(once, ITEMS, '2')]).toEqual([]);
    expect([...NONE]).toEqual([]);
  });

  test('an order of another page can be taken away, and cannot be added', () => {
    expect([...withToggled(chosen('9'), ITEMS, '9').keys()]).toEqual([]);
    expect([...withToggled(NONE, ITEMS, '9').keys()]).toEqual([]);
  });

  test('a page is ticked or cleared; the other pages stay as they are', () => {
    const all = withPage(chosen('9', '1'), ITEMS, true);
    expect([...all.keys()]).toEqual(['9', '1', '2']);
    expect(all.get('1')).toBe(100);
    expect([...withPage(all, ITEMS, false).keys()]).toEqual(['9']);
  });

  test.each([
    ['nothing is ticked', NONE, 5, 'page'],
    ['a part of the page is ticked', chosen('1'), 5, 'page'],
    ['the page is ticked', chosen('1', '2'), 5, 'whole'],
    ['the result is this page', chosen('1', '2'), 2, 'nothing'],
    ['the whole result is ticked', chosen('1', '2', '3', '4', '5'), 5, 'nothing'],
    ['a run takes just so many', chosen('1', '2'), 20_000, 'whole'],
    ['no run takes so many', chosen('1', '2'), 20_001, 'nothing'],
  ] as const)('すべてチェック where %s', (_what, ticked, count, next) => {
    expect(nextOf(ticked, { items: ITEMS, count })).toBe(next);
  });
});
