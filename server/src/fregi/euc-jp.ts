/**
 * Returns the lines of F-REGI's answer, decoded from EUC-JP; null if the bytes are something else.
 * Splits at \n or \r\n; the last line may end in one or not.
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
