import { describe, expect, test } from 'vitest';
import { closableOf, firstClosing } from '../../src/domain/reconciliation/closing.ts';

const TODAY = '2026-03-15';
const of = (from: string, to: string) => ({ from, to });
const january = of('2026-01-01', '2026-01-31');

describe('A4: the days of a period that can be closed', () => {
  test.each([
    ['nothing is closed yet', of('2026-02-01', '2026-02-28'), null, of('2026-02-01', '2026-02-28')],
    ['a day that is not over', of(TODAY, TODAY), null, 'not_over'],
    ['a month that is not over', of('2026-03-01', '2026-03-31'), january, 'not_over'],
    ['more than a year', of('2025-01-01', '2026-01-02'), null, 'too_long'],
    ['a leap year', of('2024-01-01', '2024-12-31'), null, of('2024-01-01', '2024-12-31')],
    ['the month after', of('2026-02-01', '2026-02-28'), january, of('2026-02-01', '2026-02-28')],
    ['the very month again', january, january, 'closed_already'],
    ['a day within a closed month', of('2026-01-10', '2026-01-10'), january, 'closed_already'],
    ['a month after a gap', of('2026-03-01', '2026-03-05'), january, 'not_next'],
    ['a day before the first closing', of('2025-12-31', '2025-12-31'), january, 'left_out'],
    [
      'a month of which some days are closed: the others',
      of('2026-02-01', '2026-02-28'),
      of('2026-01-01', '2026-02-10'),
      of('2026-02-11', '2026-02-28'),
    ],
    [
      'a month in which the first closing lies: the days after it',
      january,
      of('2026-01-10', '2026-01-10'),
      of('2026-01-11', '2026-01-31'),
    ],
  ] as const)('the closable days of a period: %s', (_what, period, closed, expected) => {
    const closable = closableOf(period, closed, TODAY);
    const found = closable.kind === 'closable' ? closable.period : closable.obstacle;
    expect(found).toEqual(expected);
  });
});

describe('A4: the first closing asks what to do with earlier records', () => {
  test.each([
    ['there are none', null, null, { kind: 'closes', period: january }],
    ['it was not said', '2025-11-03', null, { kind: 'asks', firstOn: '2025-11-03' }],
    [
      'they are closed with it',
      '2025-11-03',
      'included',
      { kind: 'closes', period: of('2025-11-03', '2026-01-31') },
    ],
    [
      'there is more than a year of them',
      '2025-01-30',
      'included',
      { kind: 'refused', obstacle: 'too_long' },
    ],
    ['they are left out', '2025-11-03', 'left_out', { kind: 'closes', period: january }],
  ] as const)(
    'the first closing decides about earlier records: %s',
    (_what, firstOn, earlier, expected) => {
      expect(firstClosing(january, firstOn, earlier)).toEqual(expected);
    },
  );
});
