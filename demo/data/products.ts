import type { DemoShop } from './shops.ts';

type Product = {
  readonly code: string;
  readonly name: string;
  readonly variations: readonly string[];
  readonly price: number;
  readonly taxRate: 10 | 8;
};

/** The products of the shops; prices in yen, tax included. */
export const PRODUCTS: Readonly<Record<DemoShop['shopId'], readonly Product[]>> = {
  hanamichi: [
    product('FP-101', '万年筆 花道', 13_200, ['細字（F）', '中字（M）', '太字（B）']),
    product('INK-07', 'ボトルインク 50ml', 1_650, ['藍', '若竹', '墨', '茜']),
    product('NB-A5', '糸かがり綴じノート A5', 880, ['方眼', '横罫', '無地']),
    product('BR-02', '真鍮ペンケース', 4_950, []),
    product('WP-31', '美濃和紙 便箋セット', 1_320, ['花', '月']),
    product('ST-90', 'あぢさゐ はんこ〈特注〉', 6_600, []),
    product('RF-01', '替芯 5本組', 550, ['黒', '青']),
  ],
  minato: [
    product('CB-200', '港ブレンド 200g', 1_480, ['豆のまま', '中挽き'], 8),
    product('CB-500', '港ブレンド 500g', 3_380, ['豆のまま', '中挽き'], 8),
    product('CE-200', 'エチオピア イルガチェフェ 200g', 1_980, ['豆のまま'], 8),
    product('DR-01', 'ドリッパー 波佐見焼', 3_850, ['白磁', '瑠璃']),
    product('DB-10', 'ドリップバッグ 10袋', 1_620, [], 8),
  ],
  kotori: [
    product('YA-11', '毛糸 メリノ 40g', 980, ['生成り', '小豆', '若草', '藤']),
    product('NE-05', '竹編み針 5号', 770, []),
    product('KT-20', 'ことり刺しゅうキット', 2_970, ['めじろ', 'しまえなが']),
    product('CL-08', '草木染めリネン 1m', 3_300, ['茜', '藍']),
  ],
};

function product(
  code: string,
  name: string,
  price: number,
  variations: readonly string[],
  taxRate: 10 | 8 = 10,
): Product {
  return { code, name, price, variations, taxRate };
}
