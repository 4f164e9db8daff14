import { z } from 'zod';
import { instantSchema } from '../dates.ts';
import { format, told } from '../text.ts';

/**
 * The cart's page to which the cardholder's browser comes back. Renkei adds `orderNumber` and `state`
 * of the operation. The browser may have changed both: the cart asks the API for the order.
 */
export const returnUrlSchema = format(/^https?:\/\/[^\s"'<>\\]{1,480}$/);

/** Y2: F-REGI waits for the cardholder. */
export const challengeSchema = z.object({
  /** Where to send the cardholder's browser, a path of this server. */
  path: told,
  /** After this instant the operation ends, if nobody has confirmed. */
  until: instantSchema,
});
