import { describe, expect, test } from 'vitest';
import {
  addDays,
  addDaysWithin,
  addMonths,
  DateRangeError,
  datesBetween,
  endOfJstDate,
  isBusinessDate,
  jstDateOf,
  lastOfMonth,
  startOfJstDate,
} from '../../src/domain/values/jst.ts';

describe('S1: business dates are from 2000 to 2100', () => {
  test.each([
    ['2000-01-01', true],
    ['2100-12-31', true],
    ['2028-02-29', true],
    ['1999-12-31', false],
    ['2101-01-01', false],
    ['0000-01-01', false],
    ['0001-01-01', false],
    ['9999-12-31', false],
    ['10000-01-01', false],
    ['+010000-01-01', false],
    ['2026-02-30', false],
    ['2026-2-3', false],
    ['infinity', false],
    ['', false],
  ])('the text “%s” is a business date: %s', (text, expected) => {
    expect(isBusinessDate(text)).toBe(expected);
  });

  test.each<[string, () => unknown]>([
    ['a day after the last', () => addDays('2100-12-31', 1)],
    ['a day before the first', () => addDays('2000-01-01', -1)],
    ['a day after one that is none', () => addDays('9999-12-31', 1)],
    ['no number of days', () => addDays('2026-11-14', Number.NaN)],
    ['a month after the last', () => addMonths('2100-12-01', 1, 1)],
    ['a month after one that is none', () => addMonths('9999-12-01', 1, 1)],
    ['the last day of a month that is none', () => lastOfMonth('9999-12')],
    ['the date of an instant in the year 10000', () => jstDateOf(253_402_268_400_000)],
    ['the date of no instant', () => jstDateOf(Number.NaN)],
    ['the beginning of no date', () => startOfJstDate('2026-02-30')],
  ])('%s is told as out of range', (_what, compute) => {
    expect(compute).toThrow(DateRangeError);
  });

  test('a deadline beyond the last date is on the last date', () => {
    expect(addDaysWithin('2100-12-01', 60)).toBe('2100-12-31');
    expect(addDaysWithin('9999-12-31', 60)).toBe('2100-12-31');
    expect(addDaysWithin('2000-01-03', -7)).toBe('2000-01-01');
    expect(addDaysWithin('2026-11-14', 60)).toBe('2027-01-13');
  });

  test('the last date ends, although none begins after it', () => {
    expect(endOfJstDate('2100-12-31') - startOfJstDate('2100-12-31')).toBe(86_400_000);
    expect(lastOfMonth('2100-12')).toBe('2100-12-31');
    expect(lastOfMonth('2028-02')).toBe('2028-02-29');
  });

  test('a loop over dates ends at its bound', () => {
    expect(datesBetween('2026-11-29', '2026-12-02', 31)).toEqual([
      '2026-11-29',
      '2026-11-30',
      '2026-12-01',
      '2026-12-02',
    ]);
    expect(datesBetween('2000-01-01', '2100-12-31', 31)).toHaveLength(31);
    expect(datesBetween('2026-11-29', '2026-11-28', 31)).toEqual([]);
  });
});
