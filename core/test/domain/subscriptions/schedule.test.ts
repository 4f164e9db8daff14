import { describe, expect, test } from 'vitest';
import {
  type Cycle,
  nextDelivery,
  plannedDeliveries,
} from '../../../src/domain/subscriptions/schedule.ts';

describe('B4: the next delivery', () => {
  test.each<[string, Cycle, number, string]>([
    ['2026-11-24', { every: 1, unit: 'month' }, 24, '2026-12-24'],
    ['2026-12-24', { every: 1, unit: 'month' }, 24, '2027-01-24'],
    ['2027-01-31', { every: 1, unit: 'month' }, 31, '2027-02-28'],
    ['2028-01-31', { every: 1, unit: 'month' }, 31, '2028-02-29'],
    ['2027-02-28', { every: 1, unit: 'month' }, 31, '2027-03-31'],
    ['2026-08-31', { every: 6, unit: 'month' }, 31, '2027-02-28'],
    ['2026-12-31', { every: 2, unit: 'week' }, 31, '2027-01-14'],
    ['2028-02-28', { every: 1, unit: 'day' }, 28, '2028-02-29'],
  ])('after %s, every %o on the %i., the next delivery is on %s', (from, cycle, day, expected) => {
    expect(nextDelivery(from, cycle, day)).toBe(expected);
  });
});

describe('B4: the deliveries to come', () => {
  const monthly: Cycle = { every: 1, unit: 'month' };
  const schedule = { cycle: monthly, dayOfMonth: 31, leadDays: 7, lastDelivery: 2 };
  const days = (nextDeliveryOn: string | null, deliveries: number | null) =>
    plannedDeliveries({ ...schedule, nextDeliveryOn, deliveries }, 3).map(
      ({ n, deliverOn, orderOn }) => [n, deliverOn, orderOn],
    );

  test('the deliveries count on from the last one, each with the day of its order', () => {
    expect(days('2027-01-31', null)).toEqual([
      [3, '2027-01-31', '2027-01-24'],
      [4, '2027-02-28', '2027-02-21'],
      [5, '2027-03-31', '2027-03-24'],
    ]);
  });

  test.each([
    ['2027-01-31', 3, 1],
    ['2027-01-31', 4, 2],
    [null, 3, 0],
    [null, null, 0],
  ])('next on %s of %s in all: there are %i', (next, all, count) => {
    expect(days(next, all)).toHaveLength(count);
  });
});
