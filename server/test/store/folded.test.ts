import { VARIANTS } from '@renkei/core/domain/values/fold.ts';
import { beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/kit/databases.ts';

/** The fold of names, by which search, sorting and matching compare them. */
let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});

async function foldsOf(names: readonly string[]): Promise<string[]> {
  const { rows } = await database.db.query<{ folded: string }>(
    'select folded(name) from unnest($1::text[]) with ordinality as given (name, n) order by n',
    [names],
  );
  return rows.map(({ folded }) => folded);
}

describe('one name in several writings', () => {
  test.each([
    ['ﾔﾏﾀﾞ', 'ヤマダ', 'やまだ'],
    ['Ｓｍｉｔｈ', 'smith', 'SMITH'],
    ['株式会社㈱検', '株式会社(株)検'],
    ['⻑⾕川', '長谷川'],
    ['葛\u{e0100}西', '葛西'],
    ['齋藤 花子', '齋藤　花子', '斉藤花子', '斎藤花子'],
    ['髙﨑', '高崎'],
    ['渡邊', '渡邉', '渡辺'],
    ['𠮷田', '吉田'],
    ['José', 'jose', 'Jose\u0301'],
    ['か\u3099', 'が', 'ガ', 'ｶﾞ'],
    ['ジョン−ポール', 'ジョンーポール', 'ジョン‐ポ－ル'],
    ['花\u200b子', '花子'],
  ])('%s is found by each of its writings', async (...writings) => {
    expect(new Set(await foldsOf(writings)).size).toBe(1);
  });

  test('the list of variants in the database is that of the code', async () => {
    const folds = await foldsOf(VARIANTS);
    for (const [n, [common = '', ...others]] of VARIANTS.map((row) => [...row]).entries()) {
      expect(folds[n]).toBe(common.repeat(others.length + 1));
    }
  });
});

const SURNAMES = (
  '佐藤 鈴木 高橋 田中 渡辺 伊藤 山本 中村 小林 加藤 吉田 山田 斉藤 高崎 浜田 島田 広瀬 桜井 沢田 ' +
  '竜崎 富田 栄田 豊田 長谷川 関口 黒田 滝沢 館野 清水 真田 恵比須 宮崎 国分 条野 円山'
).split(' ');
const GIVEN =
  '花子 太郎 恵 真一 徳子 寿 実 学 隆 彦一 礼子 静 穂 万里 亀吉 祐 晴 弥生 栄作 桜'.split(' ');
const KANA =
  'ハナコ タロウ メグミ シンイチ ガク ジュン パウラ ベティ ヴィオラ ショウ ジョージ'.split(' ');

const VARIANT_OF = new Map(
  VARIANTS.map((row) => {
    const [common = '', other = ''] = [...row];
    return [common, other] as const;
  }),
);
const toHiragana = (text: string) =>
  text.replace(/[ァ-ヶ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60));

/** Eight writings in which people and programs hand one name over. */
const WRITINGS: readonly ((name: string) => string)[] = [
  (name) => name.replace(' ', ''),
  (name) => name.replace(' ', '\u3000'),
  (name) => ` ${name} `,
  (name) => [...name].map((character) => VARIANT_OF.get(character) ?? character).join(''),
  (name) => name.normalize('NFD'),
  toHiragana,
  (name) =>
    name.toUpperCase().replace(/[A-Z]/g, (a) => String.fromCharCode(a.charCodeAt(0) + 0xfee0)),
  (name) => `${name.slice(0, 1)}\u{e0101}${name.slice(1)}\u200b`,
];

test('10,000 names in 8 writings are found, and no other name with them', async () => {
  const names = SURNAMES.flatMap((surname) =>
    [...GIVEN, ...KANA].flatMap((given) =>
      Array.from(
        { length: 10 },
        (_, n) => `${surname}${n === 0 ? '' : 'abcdefghi'[n - 1]} ${given}`,
      ),
    ),
  ).slice(0, 10_000);
  const folds = await foldsOf(names);
  const neighbours = new Map<string, Set<string>>();
  for (const [n, fold] of folds.entries()) {
    const known = neighbours.get(fold) ?? new Set();
    neighbours.set(fold, known.add(names[n] ?? ''));
  }
  let found = 0;
  for (const write of WRITINGS) {
    const written = await foldsOf(names.map(write));
    found += written.filter((fold, n) => fold === folds[n]).length;
  }
  const falseNeighbours = [...neighbours.values()].filter((same) => same.size > 1);
  expect(names).toHaveLength(10_000);
  expect(found / (names.length * WRITINGS.length)).toBeGreaterThanOrEqual(0.99);
  expect(falseNeighbours.map((same) => [...same])).toEqual([]);
}, 60_000);
