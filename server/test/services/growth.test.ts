import {
  equationOf,
  listUnseen,
  match,
  matchDays,
  type OwnEntry,
  type TheirEntry,
} from '@renkei/core/domain/reconciliation/match.ts';
import { ourEntriesOf } from '@renkei/core/domain/reconciliation/our-entries.ts';
import { describe, expect, test } from 'vitest';
import { counted } from '../../../test/kit/counted.ts';
import type { ShipmentRow } from '../../src/csv/parse-shipments.ts';
import { judgeShipments } from '../../src/services/judge-shipments.ts';

/**
 * Work on a whole file or a whole month reads each of its rows a fixed number of times. A search in
 * a list inside of a loop over a list shows here as a hundred times the reads for ten times the
 * rows.
 */
const MONTH = { from: '2026-10-01', to: '2026-10-31' };

function entries(n: number): (OwnEntry & TheirEntry)[] {
  return Array.from({ length: n }, (_, index) => ({
    kind: index % 9 === 0 ? 'refund' : 'capture',
    seqno: String(index),
    amount: 1_000 + index,
    on: `2026-10-${String(1 + (index % 31)).padStart(2, '0')}`,
    orderNumber: null,
    knownAt: 0,
    answered: true,
    lookedAt: null,
    evidence: 'seen',
  }));
}

function shipments(n: number, ordered: (index: number) => string): ShipmentRow[] {
  return Array.from({ length: n }, (_, index) => ({
    line: index + 2,
    orderNumber: ordered(index),
    destination: index,
    trackingNumber: `5555-${index}`,
    shippedOn: '2026-10-10',
    carrier: null,
  }));
}

function judge(rows: readonly ShipmentRow[], destinations: number) {
  const sent = { shippedOn: '2026-10-09', trackingNumber: 'another' };
  const order = { paidOn: '2026-10-01', placedAt: Date.UTC(2026, 8, 1) };
  const found = {
    order,
    open: false,
    destinations: Array.from({ length: destinations }, () => sent),
  };
  const terms = { plan: { kind: 'mark_paid' }, paidOn: '2026-10-10', mail: 'manual' };
  const orders = { get: () => found };
  const given = [rows, orders, terms, {}, '2026-10-10'] as unknown;
  return judgeShipments(...(given as Parameters<typeof judgeShipments>));
}

/** Returns the number of reads of `work` for `n` rows. */
type Work = (n: number) => number;

const WORK: readonly (readonly [string, Work])[] = [
  [
    'the search for our unseen transactions',
    (n) => {
      const [ours, seen] = [counted(entries(n)), counted(entries(n).reverse())];
      expect(listUnseen(ours.list, seen.list)).toEqual([]);
      return ours.reads() + seen.reads();
    },
  ],
  [
    'the matching of a month',
    (n) => {
      const [ours, theirs] = [counted(entries(n)), counted(entries(n).reverse())];
      expect(match(ours.list, theirs.list, MONTH)).toHaveLength(n);
      return ours.reads() + theirs.reads();
    },
  ],
  [
    'the matching of each day',
    (n) => {
      const [ours, theirs] = [counted(entries(n)), counted(entries(n).reverse())];
      expect([...matchDays(ours.list, theirs.list, MONTH).values()].flat()).toHaveLength(n);
      return ours.reads() + theirs.reads();
    },
  ],
  [
    'the equation of a month',
    (n) => {
      const lines = counted(match(entries(n), entries(n), MONTH));
      expect(equationOf(lines.list, MONTH).unexplained).toBe(0);
      return lines.reads();
    },
  ],
  [
    'the journal of an order',
    (n) => {
      const events = Array.from({ length: n }, (_, at) => ({ at, event: { kind: 'mail_queued' } }));
      const journal = counted(events);
      ourEntriesOf('100000000001', journal.list as unknown as Parameters<typeof ourEntriesOf>[1]);
      return journal.reads();
    },
  ],
  [
    'a file of shipments to an order each',
    (n) => {
      const rows = counted(shipments(n, (index) => String(100_000_000_000 + index)));
      expect(judge(rows.list, n).invalid).toBe(n);
      return rows.reads();
    },
  ],
  [
    'a file of shipments to one order',
    (n) => {
      const rows = counted(shipments(n, () => '100000000001'));
      expect(judge(rows.list, n).errors).toHaveLength(n);
      return rows.reads();
    },
  ],
];

describe('ten times the rows are read ten times as often, not a hundred times', () => {
  test.each(WORK)('%s reads ten times the rows ten times as often', (_what, work) => {
    const few = work(200);
    expect(few).toBeGreaterThanOrEqual(200);
    expect(work(2_000) / few).toBeLessThan(11);
  });
});

test('a month that is matched once for all its days costs as much as one that has fewer days', () => {
  const readsOf = (to: string) => {
    const [ours, theirs] = [counted(entries(300)), counted(entries(300))];
    matchDays(ours.list, theirs.list, { from: MONTH.from, to });
    return ours.reads() + theirs.reads();
  };
  expect(readsOf('2026-10-31') / readsOf('2026-10-02')).toBeLessThan(3);
});
