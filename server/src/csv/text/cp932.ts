import { commonFormOf } from '@renkei/core/domain/values/fold.ts';
import iconv from 'iconv-lite';

/**
 * Writes CP932, the Shift_JIS of Windows. It never replaces a character by `?`: a text counts as
 * written only if Node's decoder reads the same text back.
 */
export type Encoded = {
  readonly bytes: Uint8Array;
  /** The characters that CP932 lacks, as they appear; empty if everything is written. */
  readonly unwritable: readonly string[];
};

/**
 * Encodes a text in CP932, byte for byte as Windows would, without characters that it lacks. Fit
 * the text first with {@link bestFit}.
 */
export function encodeCp932(text: string): Encoded {
  const unwritable = unwritableIn(text);
  const rest = unwritable.length === 0 ? text : without(text, unwritable);
  return { bytes: iconv.encode(rest, 'cp932'), unwritable };
}

/** Returns the characters of a text that CP932 lacks. */
export function unwritableIn(text: string): readonly string[] {
  return isWritable(text) ? [] : [...new Set(text)].filter((character) => !isWritable(character));
}

function isWritable(text: string): boolean {
  return new TextDecoder('shift_jis').decode(iconv.encode(text, 'cp932')) === text;
}

function without(text: string, characters: readonly string[]): string {
  return [...text].filter((character) => !characters.includes(character)).join('');
}

/** What a shop writes in place of a character that CP932 lacks. */
export type Replacements = ReadonlyMap<string, string>;

/**
 * Replaces Unicode's look-alikes by CP932's own, as Windows does: a Mac's wave dash becomes the
 * full-width tilde, a decomposed が one character; and what the shop has answered for others.
 *
 * Only characters with combining marks are composed. NFC over the whole text would turn U+FA19 and
 * the other compatibility forms of names, which CP932 has, into the common ones.
 */
export function bestFit(text: string, replacements: Replacements = NONE): string {
  const fitted = text
    .replace(DECOMPOSED, (characters) => characters.normalize('NFC'))
    .replace(UNSEEN, '')
    .replace(LOOK_ALIKES, (character) => LOOK_ALIKE[character] ?? character);
  if (replacements.size === 0) return fitted;
  return [...fitted].map((character) => replacements.get(character) ?? character).join('');
}

const NONE: Replacements = new Map();
const DECOMPOSED = /\P{M}[\u0300-\u036f\u3099\u309a]+/gu;

/** Variation selectors, and characters that nobody sees. */
const UNSEEN =
  /[\ufe00-\ufe0f\u{e0100}-\u{e01ef}\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/gu;

const LOOK_ALIKE: Readonly<Record<string, string>> = {
  '\u301c': '～', // wave dash
  '\u2212': '－', // minus sign
  '\u2014': '―', // em dash
  '\u2013': '‐', // en dash
  '\u2010': '‐', // hyphen
  '\u2011': '‐', // no-break hyphen
  '\u2012': '‐', // figure dash
  '\u2043': '‐', // hyphen bullet
  '\u207b': '－', // superscript minus
  '\u2016': '∥', // double vertical line
  '\u00b7': '・', // middle dot
  '\u2022': '・', // bullet
  '\u00a2': '￠',
  '\u00a3': '￡',
  '\u00a5': '￥', // not 0x5C, which reads back as a backslash
  '\u00ac': '￢',
  '\u00a6': '￤',
  '\u00a0': ' ', // no-break space
};
const LOOK_ALIKES = new RegExp(`[${Object.keys(LOOK_ALIKE).join('')}]`, 'g');

/**
 * Proposes what may stand in place of a character that CP932 lacks: the common form of a name's
 * character, a letter without its accent, nothing for an emoji. Null: only a person knows.
 */
export function proposalFor(character: string): string | null {
  const plain = character.normalize('NFD').replace(/\p{M}/gu, '');
  const candidates = [commonFormOf(character), plain, character.normalize('NFKC')];
  const found = candidates.find(
    (candidate) => candidate !== character && candidate !== '' && isWritable(candidate),
  );
  if (found !== undefined) return found;
  return /\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{M}/u.test(character) ? '' : null;
}
