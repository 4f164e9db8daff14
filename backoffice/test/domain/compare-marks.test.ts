import { expect, test } from 'vitest';
import type { ComparisonFacts } from '../../src/domain/comparison.ts';
import { compared, daysAgo, facts, order, PAID, seen } from './scenes.ts';

test.each<[what: string, given: ComparisonFacts, differs: string[]]>([
  ['D1: paid ↔ 承認済', facts({ order: order('authorized', PAID) }), ['payment']],
  [
    'D2, not yet followed: our F-REGI status is behind, too',
    facts({ order: order('authorized'), sighted: [seen('captured_untransmitted')] }),
    ['payment', 'state'],
  ],
  ['D2, followed', facts({ order: order('captured_untransmitted') }), ['payment']],
  ['D3: the order goes on ↔ 承認取消', facts({ order: order('voided') }), ['status']],
  [
    'D4: cancelled ↔ 承認済',
    facts({ order: order('authorized', { status: 'cancelled' }) }),
    ['status'],
  ],
  [
    'D7: bank transfer ↔ 承認済',
    facts({ order: order('authorized', { paymentKind: 'bank_transfer' }) }),
    ['method'],
  ],
  ['D8: paid ↔ 売上失敗', facts({ order: order('capture_failed', PAID) }), ['payment']],
  [
    'D10: both say 承認済; it is the time',
    facts({ order: order('authorized', {}, daysAgo(58)) }),
    ['time'],
  ],
])('what is marked is what does not fit: %s', (_what, given, differs) => {
  expect(compared(given)[0]?.differs).toEqual(differs);
});
