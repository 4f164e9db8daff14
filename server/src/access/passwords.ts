import { readFileSync } from 'node:fs';
import { PLACES } from '../places.ts';

/** Why a password of the right length is refused. */
export type PasswordFault = 'password_simple' | 'password_common' | 'password_personal';

/**
 * The 5,000 commonest breached passwords of 12 characters or more, in lower case (ASVS 6.2.4): from
 * SecLists, Passwords/Common-Credentials/10-million-password-list-top-1000000.txt (MIT).
 */
const COMMON: ReadonlySet<string> = new Set(
  readFileSync(PLACES.commonPasswords, 'utf8').split('\n'),
);

/** Fewer different characters are no secret: blanks alone, or one key held down. */
const DIFFERENT_MIN = 5;
/** A shorter word is part of too many good passwords. */
const WORD_MIN = 4;
/** The characters that must remain without the words that everybody knows. */
const REST_MIN = 8;

/**
 * Judges a new password of 12 to 128 characters; null if it is good. `known` are words that others
 * know of the person: the mail address, names, the shops (ASVS 6.2.11). No kinds of characters are
 * demanded (ASVS 6.2.5).
 */
export function faultOf(password: string, known: readonly string[]): PasswordFault | null {
  const plain = password.normalize('NFKC').toLowerCase();
  if (new Set(plain.trim()).size < DIFFERENT_MIN) return 'password_simple';
  if (COMMON.has(plain)) return 'password_common';
  const rest = wordsOf(known).reduce((left, word) => left.replaceAll(word, ''), plain);
  return rest.length < plain.length && rest.length < REST_MIN ? 'password_personal' : null;
}

/** Returns whole texts and their parts, the longest first. */
function wordsOf(known: readonly string[]): string[] {
  const plain = ['renkei', ...known].map((text) => text.normalize('NFKC').toLowerCase());
  const parts = plain.flatMap((text) => [text, ...text.split(/[^\p{L}\p{N}]+/u)]);
  return [...new Set(parts)]
    .filter(({ length }) => length >= WORD_MIN)
    .toSorted((a, b) => b.length - a.length);
}
