import { describe, expect, test } from 'vitest';
import { readTable, wordOf } from '../../../test/kit/table.ts';
import type { CommandOf } from '../../src/domain/commands/command.ts';
import { previewCommand } from '../../src/domain/commands/preview-command.ts';
import { applyEvent } from '../../src/domain/order/events.ts';
import { orderOf } from './order-words.ts';
import { decided, outcomeOf, SHOP_SETTINGS, TODAY } from './orders.ts';

/** The orders of the table came in on 2026-11-08, and paid ones are paid on 2026-11-12. */
const PAID_ON = '2026-11-12';

function command(
  paidOn: string,
  changes: Partial<CommandOf<'correct_paid_on'>> = {},
): CommandOf<'correct_paid_on'> {
  return { kind: 'correct_paid_on', paidOn, dayConfirmed: false, closed: null, ...changes };
}

const TABLE = readTable(
  `
  order                        | day        | closed to  | confirmed → outcome

  # O6: the date of a paid order is corrected, however it was paid, and wherever it stands
  paid                         | 2026-11-10 | –          | no  → record paid_on_corrected
  paid captured_untransmitted  | 2026-11-10 | –          | no  → record paid_on_corrected
  paid voided                  | 2026-11-10 | –          | no  → record paid_on_corrected
  paid bank_transfer           | 2026-11-10 | –          | no  → record paid_on_corrected
  paid completed               | 2026-11-10 | –          | no  → record paid_on_corrected
  paid cancelled               | 2026-11-10 | –          | no  → record paid_on_corrected
  # O6: an unpaid order has none, and the same date is no correction
  -                            | 2026-11-10 | –          | no  → not_paid
  -                            | 2026-11-10 | –          | yes → not_paid
  paid                         | 2026-11-12 | –          | no  → paid_on_same
  paid                         | 2026-11-12 | –          | yes → paid_on_same
  # O6: a day after today, or before the order, is asked about
  paid                         | 2026-11-14 | –          | no  → record paid_on_corrected
  paid                         | 2026-11-15 | –          | no  → paid_on_after_today
  paid                         | 2026-11-15 | –          | yes → record paid_on_corrected
  paid                         | 2026-11-08 | –          | no  → record paid_on_corrected
  paid                         | 2026-11-07 | –          | no  → paid_on_before_order
  paid                         | 2026-11-07 | –          | yes → record paid_on_corrected
  # O6: a day of a closed period is asked about, be it the old one or the new one
  paid                         | 2026-11-10 | 2026-11-10 | no  → paid_on_closed
  paid                         | 2026-11-13 | 2026-11-12 | no  → former_paid_on_closed
  paid                         | 2026-11-10 | 2026-11-10 | yes → record paid_on_corrected
  paid                         | 2026-11-13 | 2026-11-11 | no  → record paid_on_corrected
  `,
  {
    order: orderOf,
    day: String,
    'closed to': (to: string) => (to === '–' ? null : { from: '2026-01-01', to }),
    confirmed: wordOf({ yes: true, no: false }),
    outcome: String,
  },
);

describe('入金日の訂正', () => {
  for (const row of TABLE) {
    const { title, order: plain, day, confirmed, outcome, 'closed to': closed } = row;
    test(title, () => {
      const order = plain.paidOn === null ? plain : { ...plain, paidOn: PAID_ON };
      const wanted = command(day, { dayConfirmed: confirmed, closed });
      expect(outcomeOf(decided(order, wanted))).toBe(outcome);
    });
  }

  test('O6: two doubts about one day are told together', () => {
    const order = { ...orderOf('paid'), paidOn: PAID_ON };
    const closed = { from: '2026-01-01', to: '2026-11-10' };
    expect(decided(order, command('2026-11-07', { closed }))).toEqual({
      kind: 'refuse',
      reason: 'paid_on_before_order',
      because: 'paid_on_closed',
    });
  });

  test('O6: the entry keeps the old date and the new one, and only the date changes', () => {
    const order = { ...orderOf('paid captured_untransmitted'), paidOn: PAID_ON };
    const decision = decided(order, command('2026-11-10'));
    if (decision.kind !== 'record') throw new Error(outcomeOf(decision));
    const { event } = decision;
    expect(event).toEqual({ kind: 'paid_on_corrected', before: PAID_ON, paidOn: '2026-11-10' });
    const after = applyEvent(order, event);
    expect(after).toEqual({ ...order, paidOn: '2026-11-10', version: 2, changedIn: 2 });
  });

  test('O6: no mail leaves with a correction', () => {
    const order = { ...orderOf('paid bank_transfer'), paidOn: PAID_ON };
    expect(previewCommand(order, false, command('2026-11-10'), SHOP_SETTINGS, TODAY)).toMatchObject(
      {
        kind: 'record',
        mail: false,
      },
    );
  });
});
