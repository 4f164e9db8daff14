import { describe, expect, test } from 'vitest';
import { type Cycle, nextDelivery } from '../../src/subscriptions/schedule.ts';

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
  ])('after %s, every %o on the %i., is %s', (from, cycle, day, expected) => {
    expect(nextDelivery(from, cycle, day)).toBe(expected);
  });
});
