import { describe, expect, test } from 'vitest';
import { createRandom } from '../../../test/sim/random.ts';
import { findCardNumbers } from '../../src/fregi/card-numbers.ts';

/**
 * The card guard, measured: S17 and F6 ask it to find cards as people write them, F5 and API 4.1 to
 * leave every other number alone.
 */
const random = createRandom(20_261_129);
const digits = (count: number) => Array.from({ length: count }, () => random.int(0, 9)).join('');

const BRANDS: readonly (readonly [starts: readonly string[], length: number])[] = [
  [['4'], 16],
  [['4'], 19],
  [['51', '55', '2221', '2500', '2720'], 16],
  [['34', '37'], 15],
  [['3528', '3540', '3589'], 16],
  [['300', '305', '36', '38'], 14],
  [['6011', '65'], 16],
  [['62'], 19],
];

function cardNumber(): string {
  const [starts, length] = random.pick(BRANDS);
  const start = random.pick(starts);
  const body = `${start}${digits(length - start.length - 1)}`;
  const sum = [...body].reverse().reduce((total, digit, index) => {
    const weighed = index % 2 === 0 ? Number(digit) * 2 : Number(digit);
    return total + (weighed > 9 ? weighed - 9 : weighed);
  }, 0);
  return `${body}${(10 - (sum % 10)) % 10}`;
}

/** An article number: JAN, EAN and ISBN have the same check digit. */
function article(start: string): string {
  const body = `${start}${digits(12 - start.length)}`;
  const sum = [...body].reduce((total, digit, at) => total + Number(digit) * (at % 2 ? 3 : 1), 0);
  return `${body}${(10 - (sum % 10)) % 10}`;
}

function groupsOf(number: string): string[] {
  if (number.length > 15) return number.match(/.{1,4}/g) ?? [];
  return [number.slice(0, 4), number.slice(4, 10), number.slice(10)];
}

const BETWEEN = [
  ...['', ' ', '  ', '\t', '\n', '\r\n', '-', ' - ', '.', '/', '_', ',', '~', '*', ':', '+', '|'],
  ...['　', '\u00a0', '\u200b', '－', '‐', '‑', '–', '—', '−', 'ー', 'ｰ', '・', '·'],
];

const SCRIPTS: readonly ((number: string) => string)[] = [
  (number) => number,
  (number) => shifted(number, '０'),
  (number) => shifted(number, '٠'),
  (number) => number.replace(/\d/g, (digit) => '〇一二三四五六七八九'.charAt(Number(digit))),
];

function shifted(number: string, zero: string): string {
  const from = zero.charCodeAt(0);
  return number.replace(/\d/g, (digit) => String.fromCharCode(from + Number(digit)));
}

test('10,000 cards of seven brands are found in thirty writings: 99.9 % at least', () => {
  const missed: string[] = [];
  let written = 0;
  for (let card = 0; card < 10_000; card += 1) {
    const groups = groupsOf(cardNumber());
    for (const shift of [0, 10, 20]) {
      const text = groups.join(BETWEEN[(card + shift) % BETWEEN.length]);
      const inScript = SCRIPTS[card % SCRIPTS.length]?.(text) ?? text;
      written += 1;
      if (findCardNumbers(`カードは${inScript}で12/28です`).length === 0) missed.push(inScript);
    }
  }
  expect(BETWEEN).toHaveLength(30);
  expect(missed.length / written, missed.slice(0, 5).join('\n')).toBeLessThanOrEqual(0.001);
});

/** Texts of a shop's day in which Luhn's check alone finds a card in one of ten. */
const OTHERS: Readonly<Record<string, () => string>> = {
  'an ISBN': () => article('978'),
  'an ISBN in a title': () => `本【${article('9784')}】`,
  'an EAN from abroad': () => article(random.pick(['40', '41', '44', '50', '80'])),
  'a JAN in a name': () => `万年筆 ${article('49')}`,
  'two phone numbers': () => `電話 090-${digits(4)}-${digits(4)} 03-${digits(4)}-${digits(4)}`,
  'a phone number with hours': () => `0${digits(1)}-${digits(4)}-${digits(4)} 10:00-18:30`,
  'a postal code with a phone number': () =>
    `〒${digits(3)}-${digits(4)} 06-${digits(4)}-${digits(4)}`,
  'both without hyphens': () => `${digits(7)} 0${digits(10)}`,
  'a phone number as abroad': () =>
    `+81 90 ${digits(4)} ${digits(4)} +81 3 ${digits(4)} ${digits(4)}`,
  'two 送り状番号': () => `送り状 ${tracking('-')} ${tracking('-')}`,
  'two 送り状番号 in groups of four': () => `${tracking(' ')} ${tracking(' ')}`,
  'a 送り状番号 and a phone number': () => `${tracking('-')} 090-${digits(4)}-${digits(4)}`,
  'an order number of Rakuten': () => `楽天 ${digits(6)}-20261101-${digits(10)}`,
  'an order number of Amazon': () => `${digits(3)}-${digits(7)}-${digits(7)}`,
  'a 受注コード and a count': () => `前回のご注文 1000000${digits(5)} 2件`,
  'a 取引番号': () => digits(20),
  moments: () =>
    `2026-11-${digits(2)} ${digits(2)}:${digits(2)} 2026-12-${digits(2)} ${digits(2)}:30`,
  'an id': () =>
    '00000000-0000-4000-8000-000000000000'.replaceAll('0', () =>
      random.pick([...'0123456789abcdef']),
    ),
  'a hash': () => Array.from({ length: 64 }, () => random.pick([...'0123456789abcdef'])).join(''),
};

function tracking(between: string): string {
  return [digits(4), digits(4), digits(4)].join(between);
}

test('of 100,000 other numbers of a shop’s day 0.01 % at most are taken for cards', () => {
  const kinds = Object.entries(OTHERS);
  const taken: string[] = [];
  for (let text = 0; text < 100_000; text += 1) {
    const [kind, make] = kinds[text % kinds.length] ?? [];
    const written = make?.() ?? '';
    if (findCardNumbers(written).length > 0) taken.push(`${kind}: ${written}`);
  }
  expect(taken.length, taken.slice(0, 5).join('\n')).toBeLessThanOrEqual(10);
});

describe('the place of a card number', () => {
  test.each([
    ['in plain text', 'memo 4111111111111111 end', '4111111111111111'],
    ['behind an order number', '100000000012-4111-1111-1111-1111', '4111-1111-1111-1111'],
    [
      'in full width',
      '注文：４１１１　１１１１　１１１１　１１１１。',
      '４１１１　１１１１　１１１１　１１１１',
    ],
    ['over a line’s end', '4111 1111\n1111 1111', '4111 1111\n1111 1111'],
    ['digit by digit', '4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1', '4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1'],
    ['behind its brand', 'VISA4111111111111111', '4111111111111111'],
    ['in circled digits', '④①①① ①①①① ①①①① ①①①①', '④①①① ①①①① ①①①① ①①①①'],
  ])('is found %s', (_where, text, number) => {
    expect(findCardNumbers(text).map(({ from, to }) => text.slice(from, to))).toEqual([number]);
  });

  test.each([
    ['a number whose check digit is wrong', '4111111111111112'],
    ['sixteen digits of no brand', '9111111111111116'],
    ['a number inside of a longer one', '41111111111111110000'],
    ['a word between its groups', '4111 1111 は 1111 1111'],
    ['the id of an operation', 'f55d5eb3-4383-4062-8355-4143b2507a73'],
    ['two numbers with different hyphens', '4512-3456-0009 4512-3456-7890'],
  ])('is not %s', (_what, text) => {
    expect(findCardNumbers(text)).toEqual([]);
  });
});
