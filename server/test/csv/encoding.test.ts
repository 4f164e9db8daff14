import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bestFit, encodeCp932, unwritableIn } from '../../src/csv/text/cp932.ts';
import { CSV_BYTES_MAX, decodeCsv } from '../../src/csv/text/decode.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

describe('the encoder writes CP932 byte for byte as Windows does', () => {
  test.each([
    ['A', '41'],
    ['ｶ', 'b6'],
    ['あ', '82a0'],
    ['髙', 'fbfc'],
    ['﨑', 'fab1'],
    ['①', '8740'],
    ['㈱', '878a'],
    ['Ⅲ', '8756'],
    ['ⅲ', 'fa42'],
    ['～', '8160'],
    ['－', '817c'],
    ['∥', '8161'],
    ['￢', '81ca'],
    ['∵', '81e6'],
    ['ソ', '835c'],
    ['\\', '5c'],
  ])('%s is %s in CP932', (character, bytes) => {
    expect(hex(encodeCp932(character).bytes)).toBe(bytes);
  });

  test('the encoder names each character without a code once, and puts nothing in its place', () => {
    const { bytes, unwritable } = encodeCp932('a𠮷é🍣𠮷b\ue000');
    expect([hex(bytes), unwritable]).toEqual(['6162', ['𠮷', 'é', '🍣', '\ue000']]);
  });

  // Node reads the bytes 1a, 1c and 7f as one another.
  test.each(['\x1a', '\x1c', '\x7f'])(
    'the encoder names %j, which a reader takes for another',
    (control) => {
      expect(unwritableIn(control)).toEqual([control]);
    },
  );

  test('every text is read back as it was, or named as not writable', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const fitted = bestFit(text);
        const { bytes, unwritable } = encodeCp932(fitted);
        if (unwritable.length > 0) return;
        expect(decodeCsv(bytes, 'cp932')).toMatchObject({ kind: 'decoded', text: fitted });
      }),
    );
  });
});

describe('look-alikes are fitted', () => {
  test.each([
    ['\u301c', '～'],
    ['\u2212', '－'],
    ['\u2014', '―'],
    ['\u2013', '‐'],
    ['\u2016', '∥'],
    ['\u00a5', '￥'],
    ['\u00a0', ' '],
    ['か\u3099', 'が'],
    ['葛\u{e0100}', '葛'],
  ])('%s becomes %s, which CP932 has', (from, to) => {
    expect(bestFit(from)).toBe(to);
    expect(unwritableIn(to)).toEqual([]);
  });

  test('compatibility forms of names stay as they are', () => {
    expect(bestFit('\ufa19髙﨑㈱ﾀ')).toBe('\ufa19髙﨑㈱ﾀ');
  });
});

describe('reading bytes', () => {
  const cp932 = encodeCp932('髙﨑').bytes;
  const utf8 = new TextEncoder().encode('髙﨑𠮷');

  test.each([
    ['UTF-8', utf8, 'auto', '髙﨑𠮷', 'utf-8'],
    ['UTF-8 with a BOM', Uint8Array.of(0xef, 0xbb, 0xbf, ...utf8), 'auto', '髙﨑𠮷', 'utf-8'],
    ['CP932', cp932, 'auto', '髙﨑', 'cp932'],
    ['CP932 by name', cp932, 'cp932', '髙﨑', 'cp932'],
  ] as const)('%s is read in its encoding', (_, bytes, asked, text, encoding) => {
    expect(decodeCsv(bytes, asked)).toEqual({ kind: 'decoded', text, encoding });
  });

  test.each([
    ['CP932 where UTF-8 was asked', cp932, 'utf-8', 'utf-8'],
    ['neither of the two', Uint8Array.of(0x82), 'auto', 'utf-8、cp932'],
    ['UTF-16', Uint8Array.of(0xff, 0xfe, 0x41, 0x00), 'auto', 'UTF-16'],
    ['too many bytes', new Uint8Array(CSV_BYTES_MAX + 1), 'auto', '64 MiB'],
  ] as const)('%s is refused, and never read with replacement characters', (_, bytes, as, word) => {
    const decoded = decodeCsv(bytes, as);
    expect(decoded).toMatchObject({ kind: 'refused' });
    if (decoded.kind === 'refused') expect(decoded.message.ja).toContain(word);
  });
});
