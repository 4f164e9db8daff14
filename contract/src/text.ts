import { isMailAddress } from '@renkei/core/domain/values/mail-address.ts';
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
 * Free text as input, without invisible characters. It must be text that PostgreSQL can store: no
 * NUL, and no half of a surrogate pair. Output is the stored text.
 */
export function text({ max, min = 0, trim = false, line = false }: Limits) {
  const outside = z.string().meta({ minLength: min, maxLength: max });
  return z.codec(outside, told, {
    decode(given, { issues }) {
      const seen = given.replace(INVISIBLE, '');
      const kept = trim ? seen.trim() : seen;
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

/** One mail address, or none, without blanks around it. */
export const mailAddress = text({ max: 254, trim: true })
  .refine((given) => given === '' || isMailAddress(given), {
    message: bilingual(
      'メールアドレスを1つだけ入力してください（例：taro@example.jp）。ない場合は空欄にします',
      'write one mail address, such as taro@example.jp, or leave it empty',
    ),
  })
  .meta({ format: 'email' });

/**
 * Characters that nobody sees, and that come along when a text is copied: zero-width spaces, BOMs,
 * soft hyphens, marks of the writing direction. The joiners of emoji and of scripts stay.
 */
const INVISIBLE = /[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/gu;

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
