import Encoding from 'encoding-japanese';

/** The wire, outwards: EUC-JP lines and forms, and the CP932 of files (protocol §2). */

/** Lines as F-REGI answers them: EUC-JP whatever the request's charset, each ended by \n. */
export function encodeLines(lines: readonly string[]): Buffer {
  return encodeEuc(`${lines.join('\n')}\n`);
}

/** A text in EUC-JP. What EUC-JP does not have becomes a question mark. */
export function encodeEuc(text: string): Buffer {
  if (isAscii(text)) return Buffer.from(text, 'latin1');
  return convert(text, 'EUCJP');
}

/** A text in CP932, as Excel in Japan opens it. What CP932 does not have becomes 〓. */
export function encodeCp932(text: string): Buffer {
  const known = text.normalize('NFC').replace(/〜/g, '～').replace(/−/g, '－');
  const written = [...known].map((character) => (isCp932(character) ? character : '〓')).join('');
  return convert(written, 'SJIS');
}

/** A form of EUC-JP values, percent-encoded, as notices have it (protocol §8, §14.15). */
export function encodeForm(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}=${percentEncode(encodeEuc(value))}`)
    .join('&');
}

/** RFC 3986: all but unreserved characters. */
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
