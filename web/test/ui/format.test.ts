import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  daysBetween,
  formatAge,
  formatClock,
  formatDate,
  formatDifference,
  formatInstant,
  formatYen,
  jstDateOf,
  normalized,
  parseYen,
} from '../../src/ui/browser/format.ts';

describe('yen', () => {
  test.each([
    [0, '¥0'],
    [735, '¥735'],
    [9_850, '¥9,850'],
    [99_999_999, '¥99,999,999'],
    [-735, '−¥735'],
    [-9_850, '−¥9,850'],
  ])('%d yen are written %s', (yen, text) => {
    expect(formatYen(yen)).toBe(text);
  });

  test.each([
    [735, '+¥735'],
    [-735, '−¥735'],
    [0, '±¥0'],
  ])('a difference of %d yen is written %s, with its sign', (yen, text) => {
    expect(formatDifference(yen)).toBe(text);
  });

  test.each([
    ['9850', 9_850],
    ['9,850', 9_850],
    ['¥9,850', 9_850],
    ['￥9,850', 9_850],
    ['\\9850', 9_850],
    ['９８５０', 9_850],
    ['９，８５０', 9_850],
    [' 9 850 ', 9_850],
    ['　9850　', 9_850],
    ['0', 0],
    ['007', 7],
    ['99999999', 99_999_999],
    ['100000000', null],
    ['', null],
    [' ', null],
    ['-1', null],
    ['−735', null],
    ['1.5', null],
    ['1e3', null],
    ['0x10', null],
    ['9850円', null],
    ['¥', null],
    ['¥¥1', null],
  ])('“%s” is read as %s yen', (text, yen) => {
    expect(parseYen(text)).toBe(yen);
  });

  test('an amount that is written is read as the same amount, also in full-width digits', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999_999 }), (yen) => {
        const wide = String(yen).replaceAll(/\d/g, (digit) =>
          String.fromCodePoint(Number(digit) + 0xff10),
        );
        expect(parseYen(formatYen(yen))).toBe(yen);
        expect(parseYen(wide)).toBe(yen);
      }),
    );
  });

  test('a text is read as whole yen, or as none: never as NaN or a fraction', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const yen = parseYen(text);
        if (yen === null) return;
        expect(Number.isInteger(yen)).toBe(true);
        expect(yen).toBeGreaterThanOrEqual(0);
        expect(yen).toBeLessThanOrEqual(99_999_999);
      }),
    );
  });

  test('what was typed twice made plain is the same', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(normalized(normalized(text))).toBe(normalized(text));
      }),
    );
  });
});

describe('moments, in Japan’s time wherever the browser is', () => {
  test.each([
    ['2012-11-08T10:28:26.000Z', '2012/11/08 19:28:26', '2012-11-08'],
    ['2026-11-14T14:59:59.999Z', '2026/11/14 23:59:59', '2026-11-14'],
    ['2026-11-14T15:00:00.000Z', '2026/11/15 00:00:00', '2026-11-15'],
    ['2026-12-31T15:00:00.000Z', '2027/01/01 00:00:00', '2027-01-01'],
    ['2028-02-28T15:00:00.000Z', '2028/02/29 00:00:00', '2028-02-29'],
  ])('%s is %s, on %s', (instant, text, date) => {
    expect(formatInstant(instant)).toBe(text);
    expect(formatClock(instant)).toBe(text.slice(11));
    expect(jstDateOf(new Date(instant))).toBe(date);
  });

  test('a moment’s date is written as its JST date is', () => {
    const moment = fc.date({
      min: new Date('2000-01-01T00:00:00Z'),
      max: new Date('2100-01-01T00:00:00Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(moment, (date) => {
        expect(formatInstant(date.toISOString()).slice(0, 10)).toBe(formatDate(jstDateOf(date)));
      }),
    );
  });

  test.each([
    ['2026-11-14', '2026-11-14', 0],
    ['2026-11-14', '2026-11-15', 1],
    ['2026-11-14', '2026-11-13', -1],
    ['2026-12-31', '2027-01-01', 1],
    ['2028-02-28', '2028-03-01', 2],
    ['2026-11-14', '2027-01-13', 60],
  ])('from %s to %s there are %d days', (from, to, days) => {
    expect(daysBetween(from, to)).toBe(days);
  });

  const NOW = Date.parse('2026-11-14T10:00:00Z');
  test.each([
    ['2026-11-14T09:59:58Z', 'ja', '2秒前'],
    ['2026-11-14T09:57:00Z', 'ja', '3分前'],
    ['2026-11-14T09:57:00Z', 'en', '3 min. ago'],
    ['2026-11-14T07:00:00Z', 'en', '3 hr. ago'],
    ['2026-11-11T10:00:00Z', 'en', '3 days ago'],
    ['2026-11-14T10:00:00Z', 'en', 'just now'],
    ['2026-11-14T10:00:00Z', 'ja', 'たった今'],
    ['2026-11-13T10:00:00Z', 'ja', '昨日'],
  ])('the age of %s is told in %s as %s', (instant, language, text) => {
    expect(formatAge(instant, NOW, language)).toBe(text);
  });

  test('a moment that this clock takes for the future reads “just now”', () => {
    expect(formatAge('2026-11-14T10:00:05Z', NOW, 'en')).toBe('just now');
  });
});
