import { z } from 'zod';
import { bilingual } from './bilingual.ts';

/**
 * Every text of the API is one of these three; no other schema of the contract or a route uses
 * `z.string()` (held by test/tidy/).
 */

/** Text in an answer: the stored text, unchecked. */
export const told = z.string();

/** Machine text: the pattern defines every allowed character. */
export const format = (pattern: RegExp) => z.string().regex(pattern);

type Limits = {
  /** In UTF-16 units, as JavaScript counts. */
  readonly max: number;
  readonly min?: number;
  /** Removes blanks at both ends. */
  readonly trim?: boolean;
  /** Allows one line only. */
  readonly line?: boolean;
};

/**
 * Free text as input. It must be text that PostgreSQL can store: no NUL, and no half of a surrogate
 * pair. Output is the stored text.
 */
export function text({ max, min = 0, trim = false, line = false }: Limits) {
  const outside = z.string().meta({ minLength: min, maxLength: max });
  return z.codec(outside, told, {
    decode(given, { issues }) {
      const kept = trim ? given.trim() : given;
      const wrong = (message: string) => issues.push({ code: 'custom', input: given, message });
      const limits = { input: given, origin: 'string', inclusive: true } as const;
      if (kept.includes('\u0000') || !kept.isWellFormed()) wrong(UNKEPT);
      else if (line && /[\r\n]/.test(kept)) wrong(ONE_LINE);
      else if (kept.length < min) {
        issues.push({ ...limits, code: 'too_small', minimum: min, message: lengthOf(min, max) });
      } else if (kept.length > max) {
        issues.push({ ...limits, code: 'too_big', maximum: max, message: lengthOf(min, max) });
      }
      return kept;
    },
    encode: (stored) => stored,
  });
}

/**
 * One mail address, or none. Phone companies give addresses that RFC 5321 does not know (`a..b@`),
 * so only what would make a list or another name of it is refused.
 */
export const mailAddress = text({ max: 254 })
  .refine((given) => given === '' || /^[^\s@<>,;:"()[\]\\]+@[^\s@<>,;:"()[\]\\]+$/.test(given), {
    message: bilingual('メールアドレスを1つ入力してください', 'write one mail address'),
  })
  .meta({ format: 'email' });

const UNKEPT = bilingual(
  '使用できない文字が含まれています',
  'the text has characters that cannot be stored',
);

const ONE_LINE = bilingual('1行で入力してください', 'write one line');

function lengthOf(min: number, max: number): string {
  return min === 0
    ? bilingual(`${max} 文字以内で入力してください`, `at most ${max} characters`)
    : bilingual(`${min} 文字以上 ${max} 文字以内で入力してください`, `${min} to ${max} characters`);
}
