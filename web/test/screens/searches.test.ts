import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseActivitySearch } from '../../src/screens/activity/search.ts';
import { kindsThere, parseAttentionSearch, wishOf } from '../../src/screens/attention/search.ts';
import { parseDeadlinesSearch } from '../../src/screens/deadlines/search.ts';
import { parseOrdersSearch } from '../../src/screens/orders/search.ts';
import { parsePreordersSearch } from '../../src/screens/pre-orders/search.ts';
import { monthAway, parseReconciliationSearch } from '../../src/screens/reconciliation/search.ts';
import { parseRunsSearch } from '../../src/screens/runs/search.ts';
import { parseSettingsSearch } from '../../src/screens/settings/search.ts';
import {
  wishOf as applicationsWishOf,
  parseSubscriptionsSearch,
} from '../../src/screens/subscriptions/search.ts';

type Search = Record<string, unknown>;
const RUN = 'a3bb189e-8bf9-4888-9912-ace4e6543002';

/** Every screen with an address: a search that it keeps whole, and values that it drops. */
const SCREENS: [screen: string, read: (search: Search) => object, takes: Search, drops: Search][] =
  [
    [
      'activity',
      parseActivitySearch,
      {
        areas: 'order,settings',
        actor: 'tanaka',
        orderNumber: '100000394011',
        from: '2026-11-01',
        to: '2026-11-14',
      },
      { areas: 'Orders', orderNumber: '394011', from: '1.11.', to: 'today' },
    ],
    [
      'attention',
      parseAttentionSearch,
      { state: 'snoozed', kind: 'charge_left', mine: 'true', item: '12' },
      { state: 'open', kind: 'Charge left', mine: 'yes' },
    ],
    ['deadlines', parseDeadlinesSearch, { within: '7', all: 'true' }, { within: '5', all: '1' }],
    ['orders', parseOrdersSearch, { tab: 'unpaid', q: '髙﨑' }, { tab: 'all', paid: 'maybe' }],
    [
      'pre-orders',
      parsePreordersSearch,
      { show: 'declined', cursor: 'abc', run: RUN },
      { show: 'waiting', run: 'none' },
    ],
    [
      'reconciliation',
      parseReconciliationSearch,
      { month: '2026-11', day: '2026-11-14', bucket: 'only_ours', offset: '200' },
      { month: '2026-13', day: '14', bucket: 'none', offset: '0' },
    ],
    ['runs', parseRunsSearch, { failed: 'true' }, { failed: 'false' }],
    [
      'settings',
      parseSettingsSearch,
      { page: 'csv', layout: 'new' },
      { page: 'basic', layout: '7' },
    ],
    [
      'applications',
      parseSubscriptionsSearch,
      { show: 'held', q: '花子', after: 'S-0001' },
      { show: 'active', after: 'あ' },
    ],
  ];

const said = (search: object) =>
  Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined));

describe.each(SCREENS)('the URL of %s', (_screen, read, takes, drops) => {
  test('is read whole, and read again the same', () => {
    expect(said(read(takes))).toEqual(takes);
    expect(said(read(read(takes) as Search))).toEqual(takes);
  });

  test('is the default where it makes no sense', () => {
    expect(said(read(drops))).toEqual({});
    expect(said(read({}))).toEqual({});
  });

  test('is never an error, whatever it says', () => {
    const names = fc.constantFrom(...Object.keys(takes));
    const value = fc.oneof(fc.jsonValue(), fc.constant({ toString: 1 }));
    fc.assert(
      fc.property(fc.dictionary(names, value), (search) => {
        const once = read(search);
        expect(read(once as Search)).toEqual(once);
      }),
    );
  });
});

test('the layout of a CSV stands in the URL beside its page only', () => {
  expect(parseSettingsSearch({ page: 'log', layout: '7' })).toEqual({ page: 'log' });
});

test('要対応 asks the API for what is open, of anybody, by default', () => {
  expect(wishOf({})).toEqual({ state: 'open', kinds: undefined, assignee: undefined });
  expect(wishOf({ state: 'closed', mine: 'true' })).toMatchObject({
    state: 'closed',
    assignee: 'me',
  });
});

test('the kinds of 要対応 come with the most frequent first, and none without an item', () => {
  const counts = { charge_left: 2, not_found: 0, deadline_near: 40 } as Parameters<
    typeof kindsThere
  >[0];
  expect(kindsThere(counts)).toEqual([
    ['deadline_near', 40],
    ['charge_left', 2],
  ]);
});

test('定期 asks the API for what goes on by default, and for held orders across all', () => {
  expect(applicationsWishOf({})).toMatchObject({ status: 'active' });
  expect(applicationsWishOf({ show: 'all' })).toMatchObject({ status: undefined });
  expect(applicationsWishOf({ show: 'held', q: 'a' })).toMatchObject({ held: 'true', q: 'a' });
});

test.each([
  ['2026-01', -1, '2025-12'],
  ['2026-12', 1, '2027-01'],
  ['2026-11', 0, '2026-11'],
  ['2026-03', -14, '2025-01'],
])('from %s by %d months it is %s', (month, by, away) => {
  expect(monthAway(month, by)).toBe(away);
});

test('a month away and back is the same month', () => {
  const month = fc
    .tuple(fc.integer({ min: 2000, max: 2099 }), fc.integer({ min: 1, max: 12 }))
    .map(([year, number]) => `${year}-${String(number).padStart(2, '0')}`);
  fc.assert(
    fc.property(month, fc.integer({ min: -100, max: 100 }), (any, by) => {
      expect(monthAway(monthAway(any, by), -by)).toBe(any);
    }),
  );
});
