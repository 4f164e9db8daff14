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
 * full-width tilde, a decomposed が one character.
 *
 * Only characters with combining marks are composed. NFC over the whole text would turn U+FA19 and
 * the other compatibility forms of names, which CP932 has, into the common ones.
 */
export function bestFit(text: string): string {
  return text
    .replace(DECOMPOSED, (characters) => characters.normalize('NFC'))
    .replace(VARIATION_SELECTORS, '')
    .replace(LOOK_ALIKES, (character) => LOOK_ALIKE[character] ?? character);
}

const DECOMPOSED = /\P{M}[\u0300-\u036f\u3099\u309a]+/gu;
const VARIATION_SELECTORS = /[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/gu;

const LOOK_ALIKE: Readonly<Record<string, string>> = {
  '\u301c': '～', // wave dash
  '\u2212': '－', // minus sign
  '\u2014': '―', // em dash
  '\u2013': '‐', // en dash
  '\u2016': '∥', // double vertical line
  '\u00a2': '￠',
  '\u00a3': '￡',
  '\u00a5': '￥', // not 0x5C, which reads back as a backslash
  '\u00ac': '￢',
  '\u00a6': '￤',
  '\u00a0': ' ', // no-break space
};
const LOOK_ALIKES = new RegExp(`[${Object.keys(LOOK_ALIKE).join('')}]`, 'g');
