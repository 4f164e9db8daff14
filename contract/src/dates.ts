import {
  FIRST_DATE,
  isBusinessDate,
  isBusinessInstant,
  LAST_DATE,
} from '@renkei/core/domain/values/jst.ts';
import { z } from 'zod';
import { bilingual } from './bilingual.ts';

/**
 * Dates and instants. Input must be an existing date from 2000 to 2100, because date arithmetic
 * fails beyond. Output is the stored text, whatever it is: an answer never fails because of it.
 */
const REFUSED = bilingual(
  `${FIRST_DATE} から ${LAST_DATE} までの実在する日付を指定してください`,
  `give an existing date from ${FIRST_DATE} to ${LAST_DATE}`,
);

/** Returns a schema that checks a text's format on input only. */
function judged(format: string, isGood: (text: string) => boolean, description: string) {
  const schema = z.codec(z.string().max(40).meta({ format }), z.string().meta({ format }), {
    decode(text, { issues }) {
      if (isGood(text)) return text;
      issues.push({ code: 'custom', input: text, message: REFUSED });
      return z.NEVER;
    },
    encode: (stored) => stored,
  });
  return schema.meta({ description });
}

const IS_INSTANT = z.iso.datetime();
const RANGE = `input must lie from ${FIRST_DATE} to ${LAST_DATE}`;

/** A UTC instant, ISO 8601. */
export const instantSchema = judged(
  'date-time',
  (text) => IS_INSTANT.safeParse(text).success && isBusinessInstant(Date.parse(text)),
  `UTC instant; ${RANGE}`,
);

/** A business date in Japan. */
export const jstDateSchema = judged('date', isBusinessDate, `JST date, YYYY-MM-DD; ${RANGE}`);

/** A month of business dates. */
export const monthSchema = judged(
  'month',
  (text) => isBusinessDate(`${text}-01`),
  `YYYY-MM; ${RANGE}`,
);
