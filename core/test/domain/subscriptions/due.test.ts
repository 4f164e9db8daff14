import { describe, expect, test } from 'vitest';
import {
  decideOverdue,
  dueOf,
  type OverdueAnswer,
  upcomingDeliveries,
  wishedOn,
} from '../../../src/domain/subscriptions/due.ts';
import {
  type Cycle,
  changesOf,
  dayOfMonthAfter,
  plannedDeliveries,
  type Schedule,
  scheduleAfter,
} from '../../../src/domain/subscriptions/schedule.ts';

const WEEKLY: Cycle = { every: 1, unit: 'week' };
const MONTHLY: Cycle = { every: 1, unit: 'month' };

/** Weekly, delivered next on 8 January, so that its order is due on the 1st. */
function schedule(changes: Partial<Schedule> = {}): Schedule {
  return {
    cycle: WEEKLY,
    nextDeliveryOn: '2027-01-08',
    dayOfMonth: 8,
    leadDays: 7,
    deliveries: null,
    lastDelivery: 0,
    ...changes,
  };
}

/** The due work, in short: one delivery without a person, or those that a person decides. */
function short(given: Schedule, today: string) {
  const due = dueOf(given, today);
  if (due.kind === 'none') return 'none';
  return due.kind === 'due' ? `due ${due.delivery.n}` : `overdue ${due.overdue.map(({ n }) => n)}`;
}

describe('B4: the deliveries that are made by themselves, and those that wait for a person', () => {
  test.each<[string, Partial<Schedule>, string, string]>([
    ['before the day of the order', {}, '2026-12-31', 'none'],
    ['on the day of the order', {}, '2027-01-01', 'due 1'],
    ['six days late', {}, '2027-01-07', 'due 1'],
    ['a whole cycle late', {}, '2027-01-08', 'overdue 1'],
    ['five weeks late', {}, '2027-02-05', 'overdue 1,2,3,4,5'],
    ['ended', { nextDeliveryOn: null }, '2027-02-05', 'none'],
    ['the last one, late', { deliveries: 1 }, '2027-01-07', 'due 1'],
    ['the last one, a cycle late', { deliveries: 1 }, '2027-01-08', 'overdue 1'],
    ['the last two, months late', { deliveries: 2 }, '2027-06-01', 'overdue 1,2'],
    ['monthly, ten days late', { cycle: MONTHLY }, '2027-01-11', 'due 1'],
    ['monthly, its day has passed', { cycle: MONTHLY }, '2027-01-31', 'due 1'],
    ['monthly, a month late', { cycle: MONTHLY }, '2027-02-01', 'overdue 1'],
    ['without lead days', { leadDays: 0 }, '2027-01-08', 'due 1'],
    ['without lead days, a week late', { leadDays: 0 }, '2027-01-15', 'overdue 1'],
    ['ordered longer before than a cycle', { leadDays: 60 }, '2027-01-01', 'overdue 1,2,3,4,5,6,7'],
    [
      'on the 31st, at the end of February',
      { cycle: MONTHLY, nextDeliveryOn: '2027-01-31', dayOfMonth: 31, leadDays: 0 },
      '2027-02-28',
      'overdue 1',
    ],
    [
      'on the 31st, a day before that',
      { cycle: MONTHLY, nextDeliveryOn: '2027-01-31', dayOfMonth: 31, leadDays: 0 },
      '2027-02-27',
      'due 1',
    ],
  ])('a weekly schedule: %s', (_what, changes, today, expected) => {
    expect(short(schedule(changes), today)).toBe(expected);
  });

  test('after any pause, at most one delivery is made by itself until the next turn comes', () => {
    for (let days = 0; days < 400; days += 1) {
      const today = new Date(Date.UTC(2027, 0, 1 + days)).toISOString().slice(0, 10);
      const due = dueOf(schedule(), today);
      if (due.kind !== 'due') continue;
      expect(short(scheduleAfter(schedule(), due.delivery), today)).toBe('none');
    }
  });

  test('a delivery whose day has passed asks for no day any more', () => {
    const [first] = plannedDeliveries(schedule(), 1);
    if (first === undefined) throw new Error('there is a first');
    expect(
      ['2027-01-07', '2027-01-08', '2027-01-09'].map((today) => wishedOn(first, today)),
    ).toEqual(['2027-01-08', '2027-01-08', null]);
  });
});

describe('B4: one answer settles the overdue deliveries', () => {
  const settle = (answer: OverdueAnswer, seen: number | null = null, today = '2027-01-22') => {
    const decided = decideOverdue(schedule(), { answer, seen }, today);
    if (decided.kind === 'refused') return decided.why;
    return [decided.made.map(({ n }) => n), decided.skipped.map(({ n }) => n)];
  };

  test.each<[OverdueAnswer, number[], number[]]>([
    ['make_one', [3], [1, 2]],
    ['make_all', [1, 2, 3], []],
    ['skip', [], [1, 2, 3]],
  ])('%s of three makes %o and skips %o', (answer, made, skipped) => {
    expect(settle(answer)).toEqual([made, skipped]);
    expect(settle(answer, 3)).toEqual([made, skipped]);
  });

  test('an answer for another number than is overdue is refused', () => {
    expect([settle('make_all', 2), settle('skip', 4)]).toEqual(['changed', 'changed']);
  });

  test('without an overdue delivery there is nothing to settle, though one is due', () => {
    expect([settle('skip', null, '2027-01-07'), settle('make_one', null, '2026-12-01')]).toEqual([
      'not_overdue',
      'not_overdue',
    ]);
  });

  test('one press does not make more than sixty; it may make one, or skip all', () => {
    const daily = schedule({ cycle: { every: 1, unit: 'day' } });
    const decide = (answer: OverdueAnswer) =>
      decideOverdue(daily, { answer, seen: null }, '2027-03-03');
    expect(decide('make_all')).toEqual({ kind: 'refused', why: 'too_many_overdue' });
    expect(decide('make_one')).toMatchObject({ kind: 'settled', made: [{ n: 61 }] });
    expect(decide('skip')).toMatchObject({ kind: 'settled', made: [] });
  });

  test('the next deliveries are those after the overdue ones', () => {
    const days = (today: string, changes: Partial<Schedule> = {}) =>
      upcomingDeliveries(schedule(changes), today, 2).map(({ n }) => n);
    expect(days('2027-01-22')).toEqual([4, 5]);
    expect(days('2027-01-07')).toEqual([1, 2]);
    expect(days('2027-01-22', { deliveries: 3 })).toEqual([]);
  });
});

describe('B4: an empty change is none, and the end of the month stays it', () => {
  const monthEnd = schedule({
    cycle: MONTHLY,
    nextDeliveryOn: '2027-02-28',
    dayOfMonth: 31,
    lastDelivery: 1,
  });

  test.each([
    ['all as it was', { cycle: { every: 1, unit: 'month' }, nextDeliveryOn: '2027-02-28' }, {}],
    ['nothing given', {}, {}],
    ['another day', { nextDeliveryOn: '2027-03-01' }, { nextDeliveryOn: '2027-03-01' }],
    ['another cycle', { cycle: WEEKLY, nextDeliveryOn: '2027-02-28' }, { cycle: WEEKLY }],
  ] as const)('a change keeps only the differences: %s', (_what, given, expected) => {
    expect(changesOf(monthEnd, given)).toEqual(expected);
  });

  test.each<[string, Schedule, Parameters<typeof dayOfMonthAfter>[1], number]>([
    ['nothing', monthEnd, {}, 31],
    ['to the end of April', monthEnd, { nextDeliveryOn: '2027-04-30' }, 31],
    ['to the 31st of March', monthEnd, { nextDeliveryOn: '2027-03-31' }, 31],
    ['to the 30th of March', monthEnd, { nextDeliveryOn: '2027-03-30' }, 30],
    ['to the 27th of February', monthEnd, { nextDeliveryOn: '2027-02-27' }, 27],
    ['every other month', monthEnd, { cycle: { every: 2, unit: 'month' } }, 31],
    [
      'from weeks to months',
      schedule({ dayOfMonth: 31, nextDeliveryOn: '2027-02-14' }),
      { cycle: MONTHLY },
      14,
    ],
    ['a leap day', monthEnd, { nextDeliveryOn: '2028-02-29' }, 31],
    ['the 28th of a leap year', monthEnd, { nextDeliveryOn: '2028-02-28' }, 28],
  ])('the day of the month after a change: %s', (_what, before, change, expected) => {
    expect(dayOfMonthAfter(before, change)).toBe(expected);
  });
});
