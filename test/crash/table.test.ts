import { expect, test } from 'vitest';
import { slopeOf } from './table.ts';

/** Ten minutes of a server's memory, a sample every five seconds. */
const samples = (mibAt: (minutes: number) => number) =>
  Array.from({ length: 120 }, (_, n) => [n / 12, mibAt(n / 12)] as const);

test.each<[what: string, mibAt: (minutes: number) => number, perTenMinutes: number]>([
  ['flat', () => 313, 0],
  ['one step up', (minutes) => (minutes < 3 ? 313 : 316), 0],
  ['one peak', (minutes) => (minutes > 4 && minutes < 5 ? 400 : 313), 0],
  ['a leak', (minutes) => 313 + 0.3 * minutes, 3],
])('G13: the slope of memory is right for: %s', (_what, mibAt, perTenMinutes) => {
  expect(slopeOf(samples(mibAt)) * 10).toBeCloseTo(perTenMinutes);
});

test('G13: the slope shows a leak, also in steps and under noise', () => {
  expect(slopeOf(samples((minutes) => 313 + Math.floor(minutes / 2))) * 10).toBeGreaterThan(4);
  const noisy = (minutes: number) => 313 + 0.3 * minutes + 2 * Math.sin(50 * minutes);
  expect(slopeOf(samples(noisy)) * 10).toBeGreaterThan(2);
});
