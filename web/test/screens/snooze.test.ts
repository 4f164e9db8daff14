import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SNOOZES, snoozeUntil } from '../../src/screens/attention/item/snooze.ts';

test.each([
  ['hour', '2026-11-14T14:30:00Z', '2026-11-14T15:30:00.000Z'],
  // 23:30 in Japan: tomorrow is the 15th.
  ['tomorrow', '2026-11-14T14:30:00Z', '2026-11-15T00:00:00.000Z'],
  // 00:30 on the 15th in Japan, still the 14th in UTC: tomorrow is the 16th.
  ['tomorrow', '2026-11-14T15:30:00Z', '2026-11-16T00:00:00.000Z'],
  ['days3', '2026-12-30T03:00:00Z', '2027-01-02T00:00:00.000Z'],
  ['week', '2028-02-24T03:00:00Z', '2028-03-02T00:00:00.000Z'],
] as const)('%s after %s it is seen again at %s', (snooze, now, until) => {
  expect(snoozeUntil(snooze, new Date(now))).toBe(until);
});

test('it is always seen again later, and at nine in Japan but for the hour', () => {
  const moment = fc.date({
    min: new Date('2020-01-01T00:00:00Z'),
    max: new Date('2050-01-01T00:00:00Z'),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(moment, fc.constantFrom(...SNOOZES), (now, snooze) => {
      const until = snoozeUntil(snooze, now);
      expect(Date.parse(until)).toBeGreaterThan(now.getTime());
      if (snooze !== 'hour') expect(until).toMatch(/T00:00:00\.000Z$/);
    }),
  );
});
