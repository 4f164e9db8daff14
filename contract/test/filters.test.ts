import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type Filter, type FilterTable, readFilter, sayFilter } from '../src/lists/filters.ts';
import {
  ACTIVITY_FILTERS,
  ATTENTION_FILTERS,
  DEADLINE_FILTERS,
  RECONCILIATION_FILTERS,
  SUBSCRIPTION_FILTERS,
} from '../src/lists/list-filters.ts';
import { ORDER_FILTERS } from '../src/lists/order-filters.ts';
import { keepFilter, orderFilterSchema, orderListQuerySchema } from '../src/lists/order-list.ts';
import { flag, pageOf, querySchemas, someOf, whole } from '../src/query.ts';

/** One filter of each kind, with what a URL may say of it. */
const KINDS: Record<
  Filter['kind'],
  {
    readonly filter: Filter;
    /** text → value below the edge */
    readonly good: readonly (readonly [text: string, value: unknown])[];
    /** Refused by the API, left out by the screens. */
    readonly bad: readonly string[];
  }
> = {
  words: {
    filter: { kind: 'words', of: 'kind', words: ['card', 'bank', 'none'] },
    good: [
      ['card', ['card']],
      ['none,card', ['none', 'card']],
      ['card,,bank,', ['card', 'bank']],
      ['bank,bank', ['bank']],
    ],
    bad: ['cash', 'Card', ' card', 'toString', 'card\u0000'],
  },
  flag: {
    filter: { kind: 'flag' },
    good: [
      ['true', true],
      ['false', false],
    ],
    bad: ['', 'TRUE', '1', 'yes', 'true,false', 'true\u0000'],
  },
  date: {
    filter: { kind: 'date', from: 'day' },
    good: [
      ['2026-11-30', '2026-11-30'],
      ['2028-02-29', '2028-02-29'],
      ['2000-01-01', '2000-01-01'],
    ],
    bad: ['', '2026-02-30', '2026-2-1', '20261130', '1999-12-31', '2101-01-01', '2026-11-30\u0000'],
  },
  yen: {
    filter: { kind: 'yen', max: 99_999_999, from: 'billed' },
    good: [
      ['0', 0],
      ['99999999', 99_999_999],
      ['007', 7],
    ],
    bad: ['', '-1', '1.5', '1e3', '1e9', '0x10', ' 7', '７', '100000000', 'NaN', '7\u0000'],
  },
  days: {
    filter: { kind: 'days', max: 365 },
    good: [
      ['0', 0],
      ['365', 365],
    ],
    bad: ['', '366', '-3', 'week', '1e2', '99999999999999999999'],
  },
  text: {
    filter: { kind: 'text', max: 8 },
    good: [
      ['髙﨑 花子', '髙﨑 花子'],
      ['12345678', '12345678'],
    ],
    bad: [],
  },
};

describe.each(Object.entries(KINDS))('a filter of the kind %s', (_kind, { filter, good, bad }) => {
  const { asked } = querySchemas({ asked: filter } satisfies FilterTable);
  const schema = z.object({ asked });

  test.each(good)('takes %j', (text, value) => {
    expect(readFilter(filter, text)).toEqual(value);
    const { asked: parsed } = schema.parse({ asked: text });
    const sorted = Array.isArray(value) ? value.toSorted() : value;
    expect(Array.isArray(parsed) ? parsed.toSorted() : parsed).toEqual(sorted);
  });

  test('says a value as the text that is read as the same value', () => {
    for (const [text, value] of good) {
      const read = readFilter(filter, text);
      if (read === undefined) throw new Error(`${text} was not read`);
      expect(readFilter(filter, String(sayFilter(read)))).toEqual(value);
    }
  });

  test.each(bad.map((text) => [text]))(
    'refuses %j with a pointer; screens leave it out',
    (text) => {
      expect(readFilter(filter, text)).toBeUndefined();
      const { success, error } = schema.safeParse({ asked: text });
      expect([success, error?.issues[0]?.path]).toEqual([false, ['asked']]);
    },
  );

  test('is left out, and is no list of answers', () => {
    expect(schema.parse({})).toEqual({});
    expect(schema.safeParse({ asked: ['true', 'false'] }).success).toBe(false);
    expect(schema.safeParse({ asked: null }).success).toBe(false);
  });
});

describe('texts of a query', () => {
  test('screens cut a search that is too long, and leave out what nobody can keep', () => {
    const filter = { kind: 'text', max: 8 } as const;
    expect(readFilter(filter, '123456789')).toBe('12345678');
    expect(readFilter(filter, '1234567😀')?.isWellFormed()).toBe(true);
    expect(readFilter(filter, 'a\u0000b')).toBe('ab');
    expect(readFilter(filter, '\u0000')).toBeUndefined();
  });

  test('the API refuses a search that is too long or that nobody can keep', () => {
    const { q } = querySchemas({ q: { kind: 'text', max: 8 } });
    for (const text of ['123456789', 'a\u0000b', 'a\ud800b']) {
      expect(q.safeParse(text).success, JSON.stringify(text)).toBe(false);
    }
  });

  test('words of nothing say nothing', () => {
    expect(someOf(['a', 'b']).parse(',')).toBeUndefined();
    expect(someOf(['a', 'b']).parse('')).toBeUndefined();
  });

  test('screens take the words that they know', () => {
    expect(readFilter(ORDER_FILTERS.kinds, 'card_fregi,cash,none')).toEqual(['card_fregi', 'none']);
  });

  test('a number of JSON is as good as its digits', () => {
    expect(whole({ max: 9 }).parse(7)).toBe(7);
    expect(whole({ max: 9 }).parse('7')).toBe(7);
    for (const bad of [10, '10', 1.5, true, [], '1 ']) {
      expect(whole({ max: 9 }).safeParse(bad).success, String(bad)).toBe(false);
    }
    expect(whole({ min: 1, max: 9 }).safeParse('0').success).toBe(false);
  });

  test('a page has the usual number of rows where nothing is said', () => {
    expect(pageOf({ max: 200, usual: 50 }).parse(undefined)).toBe(50);
    expect(pageOf({ max: 200, usual: 50 }).parse('200')).toBe(200);
    expect(pageOf({ max: 200, usual: 50 }).safeParse('0').success).toBe(false);
    expect(flag.parse('true')).toBe(true);
  });
});

test('the query of the orders is typed below the edge', () => {
  const query = orderListQuerySchema.parse({
    kinds: 'card_fregi,bank_transfer',
    paid: 'false',
    billedMin: '500',
    placedFrom: '2026-11-01',
    captureWithinDays: '7',
  });
  expect(query).toEqual({
    tab: 'all',
    sort: 'placedAt',
    direction: 'desc',
    limit: 200,
    kinds: ['bank_transfer', 'card_fregi'],
    paid: false,
    billedMin: 500,
    placedFrom: '2026-11-01',
    captureWithinDays: 7,
  });
});

test('a filter is kept as a URL says it, and is read as the same filter again', () => {
  const said = {
    tab: 'unpaid',
    kinds: 'bank_transfer,card_fregi',
    paid: 'false',
    billedMin: 500,
    q: '花子',
    sort: 'billed',
    direction: 'asc',
  };
  const filter = orderFilterSchema.parse(said);
  expect(keepFilter(filter)).toEqual(said);
  expect(orderFilterSchema.parse(keepFilter(filter))).toEqual(filter);
});

test('both ends of each range are there', () => {
  const tables: readonly FilterTable[] = [
    ORDER_FILTERS,
    ACTIVITY_FILTERS,
    ATTENTION_FILTERS,
    DEADLINE_FILTERS,
    RECONCILIATION_FILTERS,
    SUBSCRIPTION_FILTERS,
  ];
  for (const table of tables) {
    const filters = Object.values(table);
    const from = filters.flatMap((one) => ('from' in one ? [`${one.kind} ${one.from}`] : []));
    const to = filters.flatMap((one) => ('to' in one ? [`${one.kind} ${one.to}`] : []));
    expect(to).toEqual(from);
    expect(new Set(to).size).toBe(to.length);
  }
});
