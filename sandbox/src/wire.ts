import Encoding from 'encoding-japanese';

/** The wire: percent-encoded parameters in, EUC-JP lines out (protocol §2). */
export type Parameters = ReadonlyMap<string, string>;

/** A request that is not even a form. */
export class BadRequest extends Error {}

const BODY_BYTES_MAX = 1024 * 1024;
const CHARSETS: Record<string, string> = { euc: 'euc-jp', sjis: 'shift_jis', utf8: 'utf-8' };

/** Reads the parameters of a query or of a form body. The first of a repeated name counts. */
export function parseParameters(text: string): Parameters {
  if (text.length > BODY_BYTES_MAX) throw new BadRequest('the request is too long');
  const raw = new Map<string, Buffer>();
  for (const pair of text.split('&')) {
    if (pair === '') continue;
    const at = pair.indexOf('=');
    const name = at < 0 ? pair : pair.slice(0, at);
    const key = percentDecode(name).toString('latin1');
    if (!raw.has(key)) raw.set(key, percentDecode(at < 0 ? '' : pair.slice(at + 1)));
  }
  const decode = decoderFor(raw.get('CHARCODE')?.toString('latin1'));
  return new Map([...raw].map(([name, bytes]) => [name, decode(bytes)]));
}

/** Bytes of a percent-encoded value; a lone `%` stands for itself, as lenient servers have it. */
function percentDecode(text: string): Buffer {
  const bytes: number[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const hex = /^%([0-9a-fA-F]{2})/.exec(text.slice(at, at + 3))?.[1];
    if (hex !== undefined) {
      bytes.push(Number.parseInt(hex, 16));
      at += 2;
    } else {
      bytes.push(text[at] === '+' ? 0x20 : text.charCodeAt(at) & 0xff);
    }
  }
  return Buffer.from(bytes);
}

/** The charset that the request names; without one, the first that fits: UTF-8, then EUC-JP. */
function decoderFor(charcode: string | undefined): (bytes: Buffer) => string {
  const named = charcode === undefined ? undefined : CHARSETS[charcode];
  const candidates = named === undefined ? ['utf-8', 'euc-jp', 'shift_jis'] : [named];
  return (bytes) => {
    for (const charset of candidates) {
      try {
        return new TextDecoder(charset, { fatal: true }).decode(bytes);
      } catch {}
    }
    return bytes.toString('latin1');
  };
}

/** Lines as F-REGI answers them: EUC-JP whatever the request's charset, each ended by \n. */
export function encodeLines(lines: readonly string[]): Buffer {
  const text = `${lines.join('\n')}\n`;
  return Buffer.from(
    Encoding.convert(Encoding.stringToCode(text), { to: 'EUCJP', from: 'UNICODE' }),
  );
}
