import { type Bilingual, SAYS } from './messages.ts';

/**
 * Says what a file is that was taken for a CSV, and how to get one. Null: it may be a text in one of
 * our encodings.
 */
export function whatItIs(bytes: Uint8Array): Bilingual | null {
  const known = SIGNATURES.find(({ begins }) => startsWith(bytes, begins));
  if (known !== undefined) return known.says(bytes);
  const head = bytes.subarray(0, HEAD);
  if (looksLikeUtf16(head)) return SAYS.utf16();
  const ascii = latin(head);
  if (/^(\ufeff|ï»¿)?\s*<(!doctype\s+html|html|head|body)[\s>]/i.test(ascii)) return SAYS.html();
  if (isIso2022(ascii)) return SAYS.otherEncoding('ISO-2022-JP（JIS）', 'ISO-2022-JP');
  if (isEucJp(head)) return SAYS.otherEncoding('EUC-JP', 'EUC-JP');
  return null;
}

/** The bytes that tell an encoding apart; a header has far fewer. */
const HEAD = 16_384;

type Signature = {
  readonly begins: readonly number[];
  readonly says: (bytes: Uint8Array) => Bilingual;
};

const SIGNATURES: readonly Signature[] = [
  { begins: [0xff, 0xfe], says: () => SAYS.utf16() },
  { begins: [0xfe, 0xff], says: () => SAYS.utf16() },
  {
    begins: [0x50, 0x4b, 0x03, 0x04],
    says: (bytes) => (isXlsx(bytes) ? SAYS.excel() : SAYS.zip()),
  },
  { begins: [0xd0, 0xcf, 0x11, 0xe0], says: () => SAYS.excel() },
  { begins: [0x1f, 0x8b], says: () => SAYS.zip() },
  { begins: [0x37, 0x7a, 0xbc, 0xaf], says: () => SAYS.zip() },
  { begins: [0x52, 0x61, 0x72, 0x21], says: () => SAYS.zip() },
  { begins: [0x25, 0x50, 0x44, 0x46], says: () => SAYS.pdf() },
];

function startsWith(bytes: Uint8Array, prefix: readonly number[]): boolean {
  return prefix.every((byte, index) => bytes[index] === byte);
}

/** A workbook is a zip whose parts have these names. */
function isXlsx(bytes: Uint8Array): boolean {
  return /\[Content_Types\]\.xml|xl\//.test(latin(bytes.subarray(0, HEAD)));
}

function latin(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

/** UTF-16 without a BOM: its commas, digits and line ends have a zero byte each, on one side. */
function looksLikeUtf16(head: Uint8Array): boolean {
  const zeros = [0, 0];
  for (const [at, byte] of head.entries()) {
    if (byte === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  }
  const [even = 0, odd = 0] = zeros;
  const [most, least] = [Math.max(even, odd), Math.min(even, odd)];
  return most >= 4 && most * 40 >= head.length && least * 8 <= most;
}

function isIso2022(ascii: string): boolean {
  const isSwitched = ascii.includes('\u001b$B') || ascii.includes('\u001b$@');
  return isSwitched && !/[\x80-\xff]/.test(ascii);
}

/**
 * EUC-JP, read as CP932, is a heap of half-width kana. A text of ours begins with a header of kanji,
 * in which EUC-JP finds wrong bytes.
 */
function isEucJp(head: Uint8Array): boolean {
  const euc = readStart(head, 'euc-jp');
  if (euc === null || !/[\p{Script=Han}\p{Script=Hiragana}]/u.test(euc)) return false;
  if (readStart(head, 'utf-8') !== null) return false;
  const cp932 = readStart(head, 'shift_jis');
  if (cp932 === null) return true;
  const count = (pattern: RegExp) => cp932.match(pattern)?.length ?? 0;
  return count(/[\uff61-\uff9f]/g) > count(/[\p{Script=Han}\p{Script=Hiragana}]/gu);
}

/** Decodes a beginning strictly; it may end inside a character. */
function readStart(head: Uint8Array, label: string): string | null {
  try {
    return new TextDecoder(label, { fatal: true }).decode(head, { stream: true });
  } catch {
    return null;
  }
}
