/**
 * CP932, the Shift_JIS of Windows, written. Node reads it but has no encoder; so the encoder is
 * made as the inverse of the decoder, and cannot disagree with it. Nothing is ever replaced by `?`:
 * what cannot be written is named.
 */
export type Encoded = {
  readonly bytes: Uint8Array;
  /** The characters that CP932 has no place for, as they appear; empty if all is written. */
  readonly unwritable: readonly string[];
};

/** Encodes a text in CP932, byte for byte as Windows would. Fit it first with {@link bestFit}. */
export function encodeCp932(text: string): Encoded {
  encoder ??= invertDecoder();
  const bytes = new Uint8Array(text.length * 2);
  const unwritable = new Set<string>();
  let length = 0;
  for (const character of text) {
    const code = encoder.get(character);
    if (code === undefined) {
      unwritable.add(character);
      continue;
    }
    if (code > 0xff) bytes[length++] = code >> 8;
    bytes[length++] = code & 0xff;
  }
  return { bytes: bytes.subarray(0, length), unwritable: [...unwritable] };
}

/** The characters of a text that CP932 has no place for. */
export function unwritableIn(text: string): readonly string[] {
  return encodeCp932(text).unwritable;
}

/**
 * A text with the look-alikes of Unicode replaced by those that CP932 knows, as Windows does it:
 * the wave dash of a Mac becomes the full-width tilde, a decomposed が one character.
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

let encoder: ReadonlyMap<string, number> | null = null;

/**
 * Character → code. Some characters have several codes; Windows writes the first, and the IBM
 * extension (FA–FC) rather than NEC's copy of it (ED, EE). F0–F9 are private to each machine.
 */
function invertDecoder(): ReadonlyMap<string, number> {
  const codes = new Map<string, number>();
  for (let byte = 0x00; byte <= 0x7f; byte++) codes.set(String.fromCharCode(byte), byte);
  const decoder = new TextDecoder('shift_jis');
  for (let byte = 0xa1; byte <= 0xdf; byte++) codes.set(decoder.decode(Uint8Array.of(byte)), byte);
  for (let lead = 0x81; lead <= 0xfc; lead++) {
    if (!isLead(lead)) continue;
    for (let trail = 0x40; trail <= 0xfc; trail++) {
      const character = decoder.decode(Uint8Array.of(lead, trail));
      const isOne = [...character].length === 1 && character !== '\ufffd';
      if (isOne && !codes.has(character)) codes.set(character, (lead << 8) | trail);
    }
  }
  return codes;
}

function isLead(byte: number): boolean {
  const isSingleByte = byte >= 0xa0 && byte <= 0xdf;
  const isNecCopy = byte === 0xed || byte === 0xee;
  const isPrivate = byte >= 0xf0 && byte <= 0xf9;
  return !isSingleByte && !isNecCopy && !isPrivate;
}
