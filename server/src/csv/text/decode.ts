import { type Bilingual, SAYS } from './messages.ts';

/** The largest CSV file to read: 64 MiB. */
export const CSV_BYTES_MAX = 64 * 1024 * 1024;

export type CsvEncoding = 'utf-8' | 'cp932';

export type Decoded =
  | { readonly kind: 'decoded'; readonly text: string; readonly encoding: CsvEncoding }
  | { readonly kind: 'refused'; readonly message: Bilingual };

/**
 * Decodes a CSV file. `auto` takes UTF-8 if every byte is valid UTF-8 (with or without a BOM),
 * otherwise CP932, the Shift_JIS of Windows that Japanese shops export. Both are strict: a file
 * that is neither is refused, so that no replacement character gets into a customer's name.
 */
export function decodeCsv(bytes: Uint8Array, encoding: CsvEncoding | 'auto'): Decoded {
  if (bytes.byteLength > CSV_BYTES_MAX) return refused(SAYS.fileTooLarge(CSV_BYTES_MAX));
  if (startsWith(bytes, UTF_16_LE) || startsWith(bytes, UTF_16_BE)) return refused(SAYS.utf16());

  const candidates = encoding === 'auto' ? candidatesFor(bytes) : [encoding];
  for (const candidate of candidates) {
    const text = decodeStrictly(bytes, candidate);
    if (text !== null) return { kind: 'decoded', text, encoding: candidate };
  }
  return refused(SAYS.notDecodable(candidates));
}

const UTF_8_BOM = [0xef, 0xbb, 0xbf];
const UTF_16_LE = [0xff, 0xfe];
const UTF_16_BE = [0xfe, 0xff];

function candidatesFor(bytes: Uint8Array): CsvEncoding[] {
  return startsWith(bytes, UTF_8_BOM) ? ['utf-8'] : ['utf-8', 'cp932'];
}

function startsWith(bytes: Uint8Array, prefix: readonly number[]): boolean {
  return prefix.every((byte, index) => bytes[index] === byte);
}

/** The WHATWG label `shift_jis` means Windows' CP932, with 髙 﨑 ① ㈱ ～. */
const LABELS = { 'utf-8': 'utf-8', cp932: 'shift_jis' } as const;

function decodeStrictly(bytes: Uint8Array, encoding: CsvEncoding): string | null {
  try {
    return new TextDecoder(LABELS[encoding], { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return null; // a fatal decoder throws this on a wrong byte
    throw error;
  }
}

function refused(message: Bilingual): Decoded {
  return { kind: 'refused', message };
}
