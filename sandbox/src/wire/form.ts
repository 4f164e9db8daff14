import type { BothLanguages } from '../said.ts';

/** The wire, inwards: percent-encoded parameters in any charset (protocol §2). */
export type Parameters = ReadonlyMap<string, string>;

/** The request is not even a form. */
export class BadRequest extends Error {
  constructor({ en, ja }: BothLanguages) {
    super(`${en} / ${ja}`);
  }
}

export const FORM_BYTES_MAX = 1024 * 1024;
const CHARSETS: Record<string, string> = { euc: 'euc-jp', sjis: 'shift_jis', utf8: 'utf-8' };

/** Reads the parameters of a query or of a form body. The first of a repeated name counts. */
export function parseParameters(text: string): Parameters {
  if (text.length > FORM_BYTES_MAX)
    throw new BadRequest({ en: 'the request is too long', ja: 'リクエストが長すぎます' });
  const raw = new Map<string, string>();
  for (const pair of text.split('&')) {
    if (pair === '') continue;
    const at = pair.indexOf('=');
    const key = percentDecode(at < 0 ? pair : pair.slice(0, at));
    if (!raw.has(key)) raw.set(key, percentDecode(at < 0 ? '' : pair.slice(at + 1)));
  }
  const decode = decoderFor(raw.get('CHARCODE'));
  return new Map([...raw].map(([name, bytes]) => [name, decode(bytes)]));
}

/**
 * Decodes the bytes of a percent-encoded value, one character each; a lone `%` stands for itself,
 * as on lenient servers.
 */
function percentDecode(text: string): string {
  if (!/[%+]|[^\0-\xff]/.test(text)) return text;
  return text
    .replaceAll('+', ' ')
    .replace(/%([0-9a-fA-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replace(/[^\0-\xff]/g, (character) => String.fromCharCode(character.charCodeAt(0) & 0xff));
}

/**
 * Returns the decoder for the charset that the request names; without one, the first that fits:
 * UTF-8, then EUC-JP.
 */
function decoderFor(charcode: string | undefined): (bytes: string) => string {
  const named = charcode === undefined ? undefined : CHARSETS[charcode];
  const candidates = named === undefined ? ['utf-8', 'euc-jp', 'shift_jis'] : [named];
  return (bytes) => {
    // ASCII is the same in all of them, except that JIS draws another character for a backslash.
    if (/^[\0-\x7f]*$/.test(bytes)) return bytes;
    for (const charset of candidates) {
      try {
        return new TextDecoder(charset, { fatal: true }).decode(Buffer.from(bytes, 'latin1'));
      } catch {}
    }
    return bytes;
  };
}
