import { type Bilingual, SAYS } from './messages.ts';
import { whatItIs } from './other-files.ts';

/** The largest CSV file to read: 64 MiB. */
export const CSV_BYTES_MAX = 64 * 1024 * 1024;

export type CsvEncoding = 'utf-8' | 'cp932';

export type Decoded =
  | { readonly kind: 'decoded'; readonly text: string; readonly encoding: CsvEncoding }
  | { readonly kind: 'refused'; readonly message: Bilingual };

/**
 * Decodes a CSV file. `auto` takes UTF-8 if every byte is valid UTF-8 (with or without a BOM),
 * otherwise CP932, the Shift_JIS of Windows that Japanese shops export. Both are strict: a file
 * that is neither is refused, so that no replacement character gets into a customer's name. A
 * refusal says what the file is, if its bytes tell, and otherwise the first line that is unreadable.
 */
export function decodeCsv(bytes: Uint8Array, encoding: CsvEncoding | 'auto'): Decoded {
  if (bytes.byteLength > CSV_BYTES_MAX) return refused(SAYS.fileTooLarge(CSV_BYTES_MAX));
  const other = whatItIs(bytes);
  if (other !== null) return refused(other);

  const whole = withoutEnd(bytes);
  const candidates = encoding === 'auto' ? candidatesFor(whole) : [encoding];
  for (const candidate of candidates) {
    const text = decodeStrictly(whole, candidate);
    if (text !== null) return { kind: 'decoded', text: withoutBoms(text), encoding: candidate };
  }
  if (candidates.some((candidate) => endsInsideCharacter(whole, candidate))) {
    return refused(SAYS.cutOff());
  }
  return refused(SAYS.notDecodable(candidates, lineOf(whole, candidates)));
}

const UTF_8_BOM = [0xef, 0xbb, 0xbf];

function candidatesFor(bytes: Uint8Array): CsvEncoding[] {
  const hasBom = UTF_8_BOM.every((byte, index) => bytes[index] === byte);
  return hasBom ? ['utf-8'] : ['utf-8', 'cp932'];
}

/** The last byte of a file of MS-DOS, Ctrl-Z, and the NULs that fill its last block. */
const END = new Set([0x1a, 0x00]);
const CTRL_Z = 0x1a;
const LINE_ENDS = new Set([0x0a, 0x0d]);

/**
 * Cuts the end mark of old programs off the bytes: CP932 decodes it to another control character.
 */
function withoutEnd(bytes: Uint8Array): Uint8Array {
  let end = bytes.length;
  while (end > 0 && (END.has(bytes[end - 1] ?? -1) || LINE_ENDS.has(bytes[end - 1] ?? -1)))
    end -= 1;
  const tail = bytes.subarray(end);
  const mark = tail.indexOf(CTRL_Z);
  return mark === -1 ? bytes : bytes.subarray(0, end + mark);
}

/** Two programs in a row may each have written a BOM. */
function withoutBoms(text: string): string {
  return text.replace(/^\ufeff+/, '');
}

/** The WHATWG label `shift_jis` means Windows' CP932, with 髙 﨑 ① ㈱ ～. */
const LABELS = { 'utf-8': 'utf-8', cp932: 'shift_jis' } as const;

function decodeStrictly(bytes: Uint8Array, encoding: CsvEncoding, stream = false): string | null {
  try {
    return new TextDecoder(LABELS[encoding], { fatal: true }).decode(bytes, { stream });
  } catch (error) {
    if (error instanceof TypeError) return null; // a fatal decoder throws this on a wrong byte
    throw error;
  }
}

/** True if only the last character of a text that is surely in the encoding lacks its last bytes. */
function endsInsideCharacter(bytes: Uint8Array, encoding: CsvEncoding): boolean {
  const text = decodeStrictly(bytes, encoding, true);
  return text !== null && /\P{ASCII}/u.test(text);
}

const LINE_FEED = 0x0a;

/** Returns the first line that no encoding can read. Neither has a line feed inside a character. */
function lineOf(bytes: Uint8Array, encodings: readonly CsvEncoding[]): number {
  const firsts = encodings.map((encoding) => {
    let line = 1;
    for (let from = 0; from < bytes.length; line += 1) {
      const next = bytes.indexOf(LINE_FEED, from);
      const end = next === -1 ? bytes.length : next + 1;
      if (decodeStrictly(bytes.subarray(from, end), encoding) === null) break;
      from = end;
    }
    return line;
  });
  return Math.max(...firsts);
}

function refused(message: Bilingual): Decoded {
  return { kind: 'refused', message };
}
