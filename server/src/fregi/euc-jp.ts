/**
 * The lines of an answer of F-REGI, which come in EUC-JP; null where the bytes are something else.
 * Lines end by \n or \r\n; one line end at the very end may be there or not.
 */
export function linesOf(bytes: Uint8Array): string[] | null {
  try {
    const text = new TextDecoder('euc-jp', { fatal: true, ignoreBOM: true }).decode(bytes);
    const lines = text.split(/\r?\n/);
    if (lines.at(-1) === '') lines.pop();
    return lines;
  } catch {
    return null;
  }
}
