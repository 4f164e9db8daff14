/** The place of a card number in a text, in UTF-16 units. */
export type CardNumberAt = { readonly from: number; readonly to: number };

/**
 * The brands by their first digits, with the lengths of their numbers (ISO/IEC 7812). A check digit
 * alone would take every tenth article number for a card.
 */
const BRANDS: readonly { readonly starts: RegExp; readonly lengths: readonly number[] }[] = [
  { starts: /^4/, lengths: [13, 16, 18, 19] }, // Visa
  { starts: /^(5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, lengths: [16] }, // Mastercard
  { starts: /^3[47]/, lengths: [15] }, // American Express
  { starts: /^35(2[89]|[3-8])/, lengths: [16, 17, 18, 19] }, // JCB
  { starts: /^3(0[0-5]|095|[689])/, lengths: [14, 15, 16, 17, 18, 19] }, // Diners Club
  { starts: /^(6011|64[4-9]|65)/, lengths: [16, 17, 18, 19] }, // Discover
  { starts: /^62/, lengths: [16, 17, 18, 19] }, // UnionPay
];

/** The groups in which people write a number; one in a single piece is a group of its own. */
const GROUPINGS: readonly (readonly number[])[] = [
  [4, 4, 4, 4],
  [4, 4, 4, 4, 3],
  [4, 4, 4, 4, 2],
  [4, 6, 5],
  [4, 6, 4],
  [4, 4, 4, 3],
  [4, 4, 4, 2],
  [4, 3, 3, 3],
  [6, 13],
  [8, 8],
];

/**
 * Anything between two groups: at most three characters that are neither letters nor digits, or the
 * long vowel 「ー」, which a Japanese keyboard gives in place of a hyphen.
 */
const BETWEEN = String.raw`[^\p{L}\p{N}]{1,3}|[^\p{L}\p{N}]{0,1}ー[^\p{L}\p{N}]{0,1}`;
const GROUPS = new RegExp(String.raw`\d+(?:(?:${BETWEEN})\d+)*`, 'gu');

const SHORTEST = 13;
const LONGEST = 19;

/**
 * Finds card numbers as people write them: in any kind of digits, in the usual groups, with any
 * separator. Returns their places.
 */
export function findCardNumbers(text: string): CardNumberAt[] {
  if (text.length < SHORTEST / 2 || countDigits(text) < SHORTEST / 2) return [];
  const { folded, origins } = fold(text);
  return [...folded.matchAll(GROUPS)].flatMap((match) =>
    cardsAmong(groupsOf(match[0], match.index), folded).map(({ from, to }) => ({
      from: origins?.[from] ?? from,
      to: origins?.[to] ?? to,
    })),
  );
}

/** A character can be one digit or two: ⑫. */
function countDigits(text: string): number {
  return text.match(DIGIT)?.length ?? 0;
}

const KANJI_DIGITS = '〇一二三四五六七八九';
const DIGIT = new RegExp(String.raw`[\p{Nd}\p{No}${KANJI_DIGITS}]`, 'gu');

type DigitGroup = { readonly digits: string; readonly from: number; readonly to: number };

function groupsOf(run: string, at: number): DigitGroup[] {
  return [...run.matchAll(/\d+/g)].map(({ 0: digits, index }) => {
    return { digits, from: at + index, to: at + index + digits.length };
  });
}

function cardsAmong(groups: readonly DigitGroup[], folded: string): CardNumberAt[] {
  const found: CardNumberAt[] = [];
  for (let first = 0; first < groups.length; first += 1) {
    const taken = cardFrom(groups, first, folded);
    const [begin, end] = [groups[first], groups[first + taken - 1]];
    if (taken === 0 || begin === undefined || end === undefined) continue;
    found.push({ from: begin.from, to: end.to });
    first += taken - 1;
  }
  return found;
}

/** Returns the number of groups, from `first` on, that are one card number; 0 if none are. */
function cardFrom(groups: readonly DigitGroup[], first: number, folded: string): number {
  const digits = groups[first]?.digits ?? '';
  if (isCard(digits) && !isArticle(digits) && !isWithinToken(groups[first], folded)) return 1;
  for (const sizes of [...GROUPINGS, singles(groups, first)]) {
    const part = groups.slice(first, first + sizes.length);
    const fits =
      part.length === sizes.length && part.every((one, n) => one.digits.length === sizes[n]);
    if (!fits || !isCard(part.map((one) => one.digits).join(''))) continue;
    if (areJoinedAlike(part, folded) && !areTrackingNumbers(groups)) return sizes.length;
  }
  return 0;
}

/** A number written digit by digit. */
function singles(groups: readonly DigitGroup[], first: number): readonly number[] {
  const alone = first === 0 && groups.every(({ digits }) => digits.length === 1);
  return alone ? groups.map(() => 1) : [0];
}

/** Nobody changes the separator within a number; a line may break there. */
function areJoinedAlike(groups: readonly DigitGroup[], folded: string): boolean {
  const between = groups
    .slice(1)
    .map(({ from }, n) => folded.slice(groups[n]?.to, from).replaceAll(/\s+/gu, ' '));
  return new Set(between).size <= 1;
}

/** 送り状番号 are written as three groups of four: two or more of them are no card. */
function areTrackingNumbers(groups: readonly DigitGroup[]): boolean {
  const isOfFours = groups.every(({ digits }) => digits.length === 4);
  return isOfFours && groups.length >= 6 && groups.length % 3 === 0;
}

function isCard(digits: string): boolean {
  const { length } = digits;
  if (length < SHORTEST || length > LONGEST) return false;
  const isOfBrand = BRANDS.some(
    ({ starts, lengths }) => lengths.includes(length) && starts.test(digits),
  );
  return isOfBrand && luhnSum(digits) % 10 === 0;
}

function luhnSum(digits: string): number {
  return [...digits].reverse().reduce((total, digit, index) => {
    const weighed = index % 2 === 1 ? Number(digit) * 2 : Number(digit);
    return total + (weighed > 9 ? weighed - 9 : weighed);
  }, 0);
}

/** True for an article number (JAN, EAN, ISBN): 13 digits with a right check digit. */
function isArticle(digits: string): boolean {
  if (digits.length !== 13) return false;
  const sum = [...digits].reduce((total, digit, at) => total + Number(digit) * (at % 2 ? 3 : 1), 0);
  return sum % 10 === 0;
}

/** The shortest machine-made word in which digits are no number of their own, in characters. */
const TOKEN_LENGTH = 24;

/** True for digits inside of a long word of Latin letters and digits: a token, a hash. */
function isWithinToken(group: DigitGroup | undefined, folded: string): boolean {
  if (group === undefined) return false;
  const before = /[A-Za-z\d]*$/.exec(folded.slice(Math.max(0, group.from - 64), group.from));
  const after = /^[A-Za-z\d]*/.exec(folded.slice(group.to, group.to + 64));
  const around = (before?.[0].length ?? 0) + (after?.[0].length ?? 0);
  return around + group.digits.length >= TOKEN_LENGTH && around > 0;
}

type Folded = {
  /** The text with all digits as 0–9. */
  readonly folded: string;
  /** The place in the text of each character of `folded`, and of its end; null if it is the same. */
  readonly origins: readonly number[] | null;
};

const NOT_ASCII = /\P{ASCII}/u;

/** Writes the digits of all scripts and widths as 0–9. */
function fold(text: string): Folded {
  if (!NOT_ASCII.test(text)) return { folded: withoutIds(text), origins: null };
  const folded: string[] = [];
  const origins: number[] = [];
  let at = 0;
  for (const character of text) {
    for (const plain of foldCharacter(character)) {
      folded.push(plain);
      for (let unit = 0; unit < plain.length; unit += 1) origins.push(at);
    }
    at += character.length;
  }
  return { folded: withoutIds(folded.join('')), origins: [...origins, at] };
}

/** Ids of operations and keys of requests: one in forty thousand has digits like a card's. */
const UUID = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/gi;

function withoutIds(text: string): string {
  return text.replace(UUID, (id) => 'x'.repeat(id.length));
}

function foldCharacter(character: string): string {
  const kanji = KANJI_DIGITS.indexOf(character);
  if (kanji >= 0) return String(kanji);
  return character.normalize('NFKC').replace(/\p{Nd}/gu, (digit) => String(digitValue(digit)));
}

/** Returns the value of a decimal digit of any script: each script has its ten digits in a row. */
function digitValue(digit: string): number {
  const code = digit.codePointAt(0) ?? 0;
  let zero = code;
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return code - zero;
}
