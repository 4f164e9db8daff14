import type { Dice } from './dice.ts';

/** Invented customers with the characters that Japanese software must not lose: 髙, 﨑, 𠮷, 々. */
const FAMILY = [
  ['佐藤', 'サトウ'],
  ['鈴木', 'スズキ'],
  ['髙橋', 'タカハシ'],
  ['髙﨑', 'タカサキ'],
  ['𠮷田', 'ヨシダ'],
  ['𠮷野', 'ヨシノ'],
  ['佐々木', 'ササキ'],
  ['野々村', 'ノノムラ'],
  ['渡邊', 'ワタナベ'],
  ['渡邉', 'ワタナベ'],
  ['齋藤', 'サイトウ'],
  ['濵田', 'ハマダ'],
  ['山﨑', 'ヤマザキ'],
  ['伊藤', 'イトウ'],
  ['中村', 'ナカムラ'],
  ['小林', 'コバヤシ'],
  ['加藤', 'カトウ'],
  ['長谷川', 'ハセガワ'],
  ['五十嵐', 'イガラシ'],
  ['勅使河原', 'テシガワラ'],
] as const;

const GIVEN = [
  ['花子', 'ハナコ'],
  ['太郎', 'タロウ'],
  ['さくら', 'サクラ'],
  ['陽菜', 'ヒナ'],
  ['蓮', 'レン'],
  ['結衣', 'ユイ'],
  ['大翔', 'ヒロト'],
  ['美咲', 'ミサキ'],
  ['健一', 'ケンイチ'],
  ['奈々', 'ナナ'],
  ['翔太', 'ショウタ'],
  ['真理子', 'マリコ'],
] as const;

const PLACES = [
  ['北海道', '060-0001', '札幌市中央区北一条西', '011'],
  ['宮城県', '980-0021', '仙台市青葉区中央', '022'],
  ['東京都', '113-0033', '文京区本郷', '03'],
  ['東京都', '150-0041', '渋谷区神南', '03'],
  ['神奈川県', '231-0023', '横浜市中区山下町', '045'],
  ['石川県', '920-0902', '金沢市尾張町', '076'],
  ['愛知県', '460-0008', '名古屋市中区栄', '052'],
  ['京都府', '604-8166', '京都市中京区三条通', '075'],
  ['大阪府', '530-0001', '大阪市北区梅田', '06'],
  ['兵庫県', '650-0021', '神戸市中央区三宮町', '078'],
  ['広島県', '730-0035', '広島市中区本通', '082'],
  ['福岡県', '810-0001', '福岡市中央区天神', '092'],
  ['沖縄県', '900-0014', '那覇市松尾', '098'],
] as const;

export type Person = {
  readonly name: string;
  readonly kana: string;
  readonly phone: string;
  readonly postalCode: string;
  readonly prefecture: string;
  readonly address: string;
};

export function makePerson(dice: Dice): Person {
  const [family, familyKana] = dice.pick(FAMILY);
  const [given, givenKana] = dice.pick(GIVEN);
  const [prefecture, postalCode, town, area] = dice.pick(PLACES);
  return {
    name: `${family} ${given}`,
    kana: `${familyKana} ${givenKana}`,
    phone: `${area}-0000-${dice.digits(4)}`,
    postalCode,
    prefecture,
    address: `${town}${1 + dice.below(9)}丁目${1 + dice.below(20)}-${1 + dice.below(15)}`,
  };
}

/** Makes an address that can receive nothing but the demo's own mail. */
export function makeEmail(dice: Dice): string {
  return `customer-${dice.digits(6)}@example.jp`;
}
