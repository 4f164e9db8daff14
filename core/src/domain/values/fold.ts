/**
 * The fold of names for search, sorting and matching. It loses differences of writing on purpose, so
 * it stands beside the text and never in its place. The database has the same fold as the function
 * `folded` (migration 049), and a test holds the two together.
 */

/**
 * Forms of one character in names, the common form first. The same person writes them in one place
 * so and in the next otherwise, and many programs have the common form only.
 */
export const VARIANTS: readonly string[] = [
  '高髙',
  '崎﨑嵜碕',
  '辺邊邉',
  '斉齊斎齋',
  '沢澤',
  '浜濱濵',
  '島嶋嶌',
  '広廣',
  '国國',
  '桜櫻',
  '真眞',
  '恵惠',
  '徳德',
  '曽曾',
  '瀬瀨',
  '竜龍',
  '桑桒',
  '富冨',
  '吉𠮷',
  '条條',
  '栄榮',
  '豊豐',
  '円圓',
  '寿壽',
  '万萬',
  '与與',
  '亀龜',
  '館舘',
  '巌巖',
  '渕淵渊',
  '縄繩',
  '衛衞',
  '鴎鷗',
  '桧檜',
  '滝瀧',
  '黒黑',
  '郎郞',
  '頼賴',
  '実實',
  '学學',
  '関關',
  '鉄鐵銕',
  '剣劍劔',
  '蔵藏',
  '彦彥',
  '為爲',
  '礼禮',
  '野埜',
  '峰峯',
  '松枩',
  '秋穐',
  '藤籘',
  '柳栁',
  '来來',
  '弥彌',
  '静靜',
  '穂穗',
  '芦蘆',
  '芸藝',
  '横橫',
  '教敎',
  '清淸',
  '青靑⻘',
  '長⻑',
  '西⻄',
  '尚尙',
  '増增',
];

const COMMON = new Map(
  VARIANTS.flatMap(([common = '', ...others]) => others.map((other) => [other, common] as const)),
);

/** Returns the common form of a name's character; the character itself if it has none. */
export function commonFormOf(character: string): string {
  return COMMON.get(character) ?? character;
}
