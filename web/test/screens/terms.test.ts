import type { RunPreviewRow } from '@renkei/contract';
import { describe, expect, test } from 'vitest';
import {
  groupsOf,
  irreversibleIn,
  kindOf,
  newTerms,
  type Terms,
} from '../../src/screens/bulk/terms.ts';

type Part = Pick<RunPreviewRow, 'group' | 'asks' | 'gateway' | 'billed'>;

function row(
  group: Part['group'],
  verbs: readonly [string, number][],
  billed = 500,
): RunPreviewRow {
  const asks = verbs.map(([verb, amount]) => ({ verb, amount, seqno: null }));
  const last = verbs.at(-1)?.[0];
  const irreversible = last === 'void' || last === 'refund' ? last : null;
  const nothing = { gateway: null, doubt: null, revoked: [] };
  return { group, asks, irreversible, billed, ...nothing } as unknown as RunPreviewRow;
}

const ISSUED = { settleno: '00000000000000002596', amount: 500, status: 'issued' } as const;

describe('the orders of a run by what becomes of them', () => {
  test('what is told F-REGI last decides, and its yen are added up', () => {
    const groups = groupsOf({
      rows: [
        row('excluded', []),
        row('as_is', [['capture', 9_115]]),
        row('with_change', [
          ['change_amount', 12_000],
          ['capture', 12_000],
        ]),
        row('as_is', [['capture', 1_000]]),
        row('as_is', [['void', 300]]),
        row('as_is', [['refund', 200]]),
        row('as_is', [['authorize', 100]]),
        row('local_only', []),
        { ...row('local_only', []), gateway: 'left_alone' },
        { ...row('local_only', []), revoked: [ISSUED] },
      ],
    });
    expect(groups.map(({ outcome, rows, yen }) => [outcome, rows.length, yen])).toEqual([
      ['as_is', 2, 10_115],
      ['with_change', 1, 12_000],
      ['authorize', 1, 100],
      ['void', 1, 300],
      ['refund', 1, 200],
      ['revoke', 1, 500],
      ['left_alone', 1, 500],
      ['local_only', 1, 500],
      ['excluded', 1, 500],
    ]);
    expect(irreversibleIn(groups).map(({ outcome }) => outcome)).toEqual(['void', 'refund']);
  });

  test('no row is no group', () => {
    expect(groupsOf({ rows: [] })).toEqual([]);
  });
});

describe('what a run begins with', () => {
  test.each(['mark_paid', 'ship', 'cancel', 'authorize', 'dismiss_cancel_request'] as const)(
    'V1, V6: %s asks for nothing that cannot be taken back',
    (kind) => {
      const { plan, mail, paidOn } = newTerms(kind);
      expect(plan.kind).toBe(kind);
      expect(mail).toBe('auto');
      expect(paidOn).toMatch(/^\d{4}-\d\d-\d\d$/);
      expect(Object.values(plan)).not.toContain(true);
    },
  );

  test('発送 with 入金済 has a name of its own', () => {
    const shipping: Terms = newTerms('ship');
    if (shipping.plan.kind !== 'ship') throw new Error('no plan to ship');
    expect(kindOf(shipping)).toBe('ship');
    expect(kindOf({ ...shipping, plan: { ...shipping.plan, andPay: true } })).toBe('ship_and_pay');
  });
});
