import { expect, test } from 'vitest';
import { readTable, wordOf } from '../../../test/kit/table.ts';
import { DEADLINE_LEVELS, deadlineLevel } from '../../src/domain/transaction/deadline.ts';
import { named } from './order-words.ts';

const TABLE = readTable(
  `
  days left → level

  # C10: the levels are passed, 1, 3, 7 and 14 days
  -1        → passed
  0         → d1
  1         → d1
  2         → d3
  3         → d3
  4         → d7
  7         → d7
  8         → d14
  14        → d14
  15        → later
  365       → later
  `,
  { 'days left': Number, level: wordOf(named(DEADLINE_LEVELS)) },
);

for (const { title, 'days left': daysLeft, level } of TABLE) {
  test(title, () => {
    expect(deadlineLevel(daysLeft)).toBe(level);
  });
}
