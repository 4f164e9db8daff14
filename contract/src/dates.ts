import {
  FIRST_DATE,
  isBusinessDate,
  isBusinessInstant,
  LAST_DATE,
} from '@renkei/core/domain/jst.ts';
import { z } from 'zod';

/**
 * Dates and moments. What comes in is a business date, from 2000 to 2100, or refused: beyond that,
 * arithmetic over dates does not hold. What is stored is told as it is stored, whatever it is: an
 * answer never fails for it.
 */
const REFUSED =
  `${FIRST_DATE} から ${LAST_DATE} までの実在する日付を指定してください / ` +
  `give a date that exists, from ${FIRST_DATE} to ${LAST_DATE}`;

/** A text of a format that is judged when it comes in, and not when it goes out. */
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
const RANGE = `what is sent lies from ${FIRST_DATE} to ${LAST_DATE}`;

/** A moment, ISO 8601 in UTC. */
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
