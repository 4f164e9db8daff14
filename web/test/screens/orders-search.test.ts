import { ORDER_FILTERS, type OrderFilterName, readFilter, sayFilter, TABS } from '@renkei/contract';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { textOf } from '../../src/app/read-filters.ts';
import { jaWords } from '../../src/locale/ja/words.ts';
import { type Draft, readDraft } from '../../src/screens/filters/draft.ts';
import { DAYS, FLAGS, RANGES, TEXTS, WORDS } from '../../src/screens/filters/fields.ts';
import {
  FILTER_NAMES,
  findsSame,
  isFiltered,
  type OrdersSearch,
  orderTabOf,
  parseOrdersSearch,
  sortOf,
  wishOf,
} from '../../src/screens/orders/search.ts';

/** A filter → a value that it takes, and values that make no sense; every filter has its row. */
const FILTERS: Record<
  OrderFilterName,
  { readonly takes: string; readonly drops: readonly string[] }
> = {
  kinds: { takes: 'card_fregi,bank_transfer', drops: ['cash', ',', 'toString'] },
  statuses: { takes: 'processing,on_hold', drops: ['open', 'constructor'] },
  types: { takes: 'regular,subscription', drops: ['other'] },
  channels: { takes: 'pc,smartphone', drops: ['fax'] },
  authentication: { takes: 'authenticated,lapsed', drops: ['05', 'yes'] },
  transactionState: { takes: 'authorized,voided', drops: ['paid'] },
  paid: { takes: 'true', drops: ['yes', '1'] },
  shipped: { takes: 'false', drops: ['no', '0'] },
  placedFrom: { takes: '2026-10-31', drops: ['2026-11-31', '2026-2-1', '20261031', 'today'] },
  placedTo: { takes: '2026-11-01', drops: ['2026-13-01'] },
  paidFrom: { takes: '2028-02-29', drops: ['2026-02-29'] },
  paidTo: { takes: '2026-12-31', drops: ['2026-00-10'] },
  shippedFrom: { takes: '2026-11-14', drops: ['2026-11-00'] },
  shippedTo: { takes: '2026-11-14', drops: ['14.11.2026'] },
  requestedFrom: { takes: '2026-11-14', drops: ['2026-11-14T00:00'] },
  requestedTo: { takes: '2026-11-14', drops: ['+002026-11-14'] },
  tracked: { takes: 'true', drops: ['TRUE'] },
  multipleDestinations: { takes: 'false', drops: ['2'] },
  billedMin: { takes: '0', drops: ['-1', '1.5', '100000000', '1e3'] },
  billedMax: { takes: '99999999', drops: ['many', '999999999'] },
  withMessage: { takes: 'true', drops: ['あり'] },
  amountDiffers: { takes: 'true', drops: ['maybe'] },
  openAmount: { takes: 'true', drops: ['maybe'] },
  captureWithinDays: { takes: '365', drops: ['366', '-3', 'week'] },
  paymentMailSent: { takes: 'false', drops: ['sent'] },
  inDoubt: { takes: 'true', drops: ['?'] },
  q: { takes: '髙﨑 花子 100000394011', drops: [''] },
};

describe('the URL of the list of orders', () => {
  test.each(FILTER_NAMES)('says the filter %s, and nothing that makes no sense', (name) => {
    const { takes, drops } = FILTERS[name];
    expect(parseOrdersSearch({ [name]: takes })[name]).toBe(takes);
    for (const value of drops) expect(parseOrdersSearch({ [name]: value })[name]).toBeUndefined();
    expect(isFiltered(parseOrdersSearch({ [name]: takes }))).toBe(true);
    expect(wishOf(parseOrdersSearch({ [name]: takes }))).toMatchObject({ [name]: takes });
  });

  test('keeps the known words of a list, and leaves out the others', () => {
    expect(parseOrdersSearch({ kinds: 'card_fregi,cash,none' }).kinds).toBe('card_fregi,none');
  });

  test('reads what the router took for a number or a truth', () => {
    expect(parseOrdersSearch({ billedMin: 500, paid: true, q: 100000394011 })).toMatchObject({
      billedMin: '500',
      paid: 'true',
      q: '100000394011',
    });
  });

  test('cuts a search that is too long', () => {
    expect(parseOrdersSearch({ q: 'x'.repeat(9_000) }).q).toHaveLength(8_000);
  });

  test('leaves out the defaults, so that one list has one URL', () => {
    const defaults = { tab: 'all', sort: 'placedAt', direction: 'desc', limit: 200, q: '' };
    expect(
      Object.values(parseOrdersSearch(defaults)).filter((value) => value !== undefined),
    ).toEqual([]);
    expect(isFiltered(parseOrdersSearch(defaults))).toBe(false);
  });

  test.each(TABS)('knows the tab %s', (tab) => {
    expect(parseOrdersSearch({ tab }).tab).toBe(tab === 'all' ? undefined : tab);
  });

  test('asks the API for orders where the tab of applications is named', () => {
    expect(orderTabOf({ tab: 'subscription' })).toBe('all');
    expect(orderTabOf({ tab: 'unpaid' })).toBe('unpaid');
    expect(orderTabOf({})).toBe('all');
  });

  test('asks the API for 200 orders, where the URL says no other number that there is', () => {
    expect(wishOf(parseOrdersSearch({})).limit).toBe(200);
    expect(wishOf(parseOrdersSearch({ limit: '50' })).limit).toBe(50);
    expect(wishOf(parseOrdersSearch({ limit: '7' })).limit).toBe(200);
  });

  test.each([
    ['billed', 'asc', 'billed', 'asc'],
    ['billed', undefined, 'billed', 'desc'],
    ['placedAt', 'asc', 'placedAt', 'asc'],
    ['placedAt', 'desc', undefined, undefined],
    ['nonsense', 'asc', 'placedAt', 'asc'],
    [undefined, 'up', undefined, undefined],
  ])('sorted by %s %s it says %s %s', (sort, direction, saidSort, saidDirection) => {
    expect(sortOf(sort, direction)).toEqual({ sort: saidSort, direction: saidDirection });
  });

  test('another page is the same list; another filter, tab or sort is another one', () => {
    const list: OrdersSearch = { tab: 'unpaid', kinds: 'card_fregi', cursor: 'a', limit: 50 };
    expect(findsSame(list, { ...list, cursor: 'b', limit: 100 })).toBe(true);
    expect(findsSame(list, { ...list, kinds: 'none' })).toBe(false);
    expect(findsSame(list, { ...list, tab: undefined })).toBe(false);
    expect(findsSame(list, { ...list, sort: 'billed', direction: 'desc' })).toBe(false);
  });
});

/** Any search that the list can show. */
const words = (some: readonly string[]) =>
  fc.subarray([...some], { minLength: 1 }).map((chosen) => chosen.join(','));
const date = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((day) => day.toISOString().slice(0, 10));
const flag = fc.constantFrom('true', 'false');
const whole = (max: number) => fc.integer({ min: 0, max }).map(String);
const ofWords = WORDS.map((name) => [name, words(ORDER_FILTERS[name].words)]);
const ofRanges = RANGES.flatMap(({ kind, ends }) =>
  ends.map((name) => [name, kind === 'date' ? date : whole(99_999_999)]),
);
const ofFlags = FLAGS.map((name) => [name, flag]);
const filters: Record<OrderFilterName, fc.Arbitrary<string>> = {
  ...Object.fromEntries([...ofWords, ...ofRanges, ...ofFlags]),
  captureWithinDays: whole(365),
  q: fc.stringMatching(/^[a-z0-9一-龠]{1,20}( [a-z0-9一-龠]{1,20})?$/),
};

test('every filter has its generator here', () => {
  expect(Object.keys(filters).toSorted()).toEqual(FILTER_NAMES.toSorted());
  expect(Object.keys(FILTERS).toSorted()).toEqual(FILTER_NAMES.toSorted());
});

test('a URL that was read and written again is the same', () => {
  const search = fc.record(
    {
      ...filters,
      tab: fc.constantFrom(...TABS),
      sort: fc.constantFrom('placedAt', 'billed', 'customer'),
      direction: fc.constantFrom('asc', 'desc'),
      limit: fc.constantFrom(50, 100, 200, 7),
      cursor: fc.string(),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(search, (any) => {
      const read = parseOrdersSearch(any);
      expect(parseOrdersSearch(read)).toEqual(read);
      for (const name of FILTER_NAMES) expect(read[name]).toBe(any[name]);
    }),
  );
});

test('no URL is an error', () => {
  const names = fc.constantFrom(...FILTER_NAMES, 'tab', 'sort', 'direction', 'limit', 'cursor');
  fc.assert(
    fc.property(fc.dictionary(names, fc.anything()), (any) => {
      const read = parseOrdersSearch(any);
      expect(parseOrdersSearch(read)).toEqual(read);
    }),
  );
});

test('the words of a filter are listed in one text, and read from it', () => {
  fc.assert(
    fc.property(fc.subarray(Object.keys(jaWords.kind), { minLength: 1 }), (some) => {
      expect(readFilter(ORDER_FILTERS.kinds, textOf(some) ?? '')).toEqual(some);
    }),
  );
});

test('a value of a filter is said as its text, and read as the same value', () => {
  fc.assert(
    fc.property(fc.record(filters), (texts) => {
      for (const name of FILTER_NAMES) {
        const value = readFilter(ORDER_FILTERS[name], texts[name]);
        expect(value).not.toBeUndefined();
        expect(String(sayFilter(value ?? ''))).toBe(texts[name]);
      }
    }),
  );
});

test('the dialog shows every filter of the table, and each word has its label', () => {
  const shown = [...TEXTS, ...DAYS, ...FLAGS, ...WORDS, ...RANGES.flatMap(({ ends }) => ends)];
  expect(shown.toSorted()).toEqual(FILTER_NAMES.toSorted());
  for (const name of WORDS) {
    const { of, words: some } = ORDER_FILTERS[name];
    expect(Object.keys(jaWords[of])).toEqual(some);
  }
});

describe('filters as they are typed', () => {
  test.each<[string, Draft, object]>([
    ['yen with a sign and commas', { billedMin: '¥9,850' }, { billedMin: '9850' }],
    ['full-width yen', { billedMax: '９，８５０' }, { billedMax: '9850' }],
    ['full-width days', { captureWithinDays: '１４' }, { captureWithinDays: '14' }],
    ['spaces around the words', { q: '  髙﨑 \n 花子 ' }, { q: '髙﨑 花子' }],
    ['both ends on one day', { paidFrom: '2026-11-14', paidTo: '2026-11-14' }, {}],
    ['both ends at one amount', { billedMin: '500', billedMax: '500' }, {}],
  ])('%s are read', (_what, draft, read) => {
    expect(readDraft(draft)).toMatchObject({ kind: 'read', filters: read });
  });

  test.each<[Draft, object]>([
    [{ placedFrom: '2026-02-29' }, { placedFrom: 'dateWrong' }],
    [{ shippedTo: 'tomorrow' }, { shippedTo: 'dateWrong' }],
    [{ paidFrom: '2026-11-15', paidTo: '2026-11-14' }, { paidTo: 'dateOrder' }],
    [{ billedMin: '-1' }, { billedMin: 'yenWrong' }],
    [{ billedMax: '100,000,000' }, { billedMax: 'yenWrong' }],
    [{ billedMin: '2', billedMax: '1' }, { billedMax: 'yenOrder' }],
    [{ captureWithinDays: '366' }, { captureWithinDays: 'daysWrong' }],
    [{ q: 'x'.repeat(8_001) }, { q: 'tooLong' }],
  ])('%j has to be mended: %j', (draft, errors) => {
    expect(readDraft(draft)).toEqual({ kind: 'wrong', errors });
  });

  test('a field that was emptied is no filter', () => {
    const empty = Object.fromEntries(FILTER_NAMES.map((name) => [name, '']));
    const read = readDraft(empty);
    if (read.kind !== 'read') throw new Error('an empty draft was refused');
    expect(isFiltered(read.filters)).toBe(false);
  });

  test('filters of a URL, opened in the dialog and read again, are the same', () => {
    fc.assert(
      fc.property(fc.record(filters, { requiredKeys: [] }), (any) => {
        const read = readDraft(any);
        if (read.kind === 'wrong') {
          const orders = Object.values(read.errors);
          expect(orders.every((error) => error === 'dateOrder' || error === 'yenOrder')).toBe(true);
          return;
        }
        for (const name of FILTER_NAMES) expect(read.filters[name]).toBe(any[name]);
      }),
    );
  });
});
