import Encoding from 'encoding-japanese';

/** The wire, outwards: EUC-JP lines and forms, and the CP932 of files (protocol §2). */

/** Lines as F-REGI answers them: EUC-JP whatever the request's charset, each ended by \n. */
export function encodeLines(lines: readonly string[]): Buffer {
  return encodeEuc(`${lines.join('\n')}\n`);
}

/** Encodes a text in EUC-JP. A character that EUC-JP lacks becomes a question mark. */
export function encodeEuc(text: string): Buffer {
  if (isAscii(text)) return Buffer.from(text, 'latin1');
  return convert(text, 'EUCJP');
}

/** Encodes a text in CP932, as Excel in Japan opens it. A character that CP932 lacks becomes 〓. */
export function encodeCp932(text: string): Buffer {
  const known = text.normalize('NFC').replace(/〜/g, '～').replace(/−/g, '－');
  const written = [...known].map((character) => (isCp932(character) ? character : '〓')).join('');
  return convert(written, 'SJIS');
}

/** A form of EUC-JP values, percent-encoded, as in notices (protocol §8, §14.15). */
export function encodeForm(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}=${percentEncode(encodeEuc(value))}`)
    .join('&');
}

/** Percent-encodes all but the unreserved characters of RFC 3986. */
export function percentEncode(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) {
    const character = String.fromCharCode(byte);
    if (/[A-Za-z0-9._~-]/.test(character)) text += character;
    else text += `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return text;
}

function isCp932(character: string): boolean {
  return character === '?' || isAscii(character) || !convert(character, 'SJIS').equals(UNKNOWN);
}

const UNKNOWN = Buffer.from('?');

function isAscii(text: string): boolean {
  return /^[\0-\x7f]*$/.test(text);
}

function convert(text: string, to: 'EUCJP' | 'SJIS'): Buffer {
  const options = { to, from: 'UNICODE' } as const;
  return Buffer.from(Encoding.convert(Encoding.stringToCode(text), options));
}
