/**
 * True for one mail address. Phone companies give addresses that RFC 5321 does not know (`a..b@`,
 * `a.@`), so only a text is refused that would make a list or another name of it, or whose domain has
 * an empty part: no mail can go there.
 */
export function isMailAddress(text: string): boolean {
  return ONE_ADDRESS.test(text);
}

const WORD = String.raw`[^\s@<>,、;:"()[\]\\]`;
const LABEL = String.raw`[^\s@<>,、;:"()[\]\\.]`;
const ONE_ADDRESS = new RegExp(`^${WORD}+@${LABEL}+(\\.${LABEL}+)*$`, 'u');
