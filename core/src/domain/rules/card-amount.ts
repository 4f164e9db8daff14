import type { Reason } from '../reasons/index.ts';
import { CARD_YEN_MAX, CARD_YEN_MIN } from '../values/yen.ts';

/** C3: F-REGI accepts 2 to 9,999,999 yen by card. Null if the amount can be captured. */
export function cardAmountRefusal(billed: number): Reason | null {
  if (billed <= 0) return 'amount_zero';
  if (billed < CARD_YEN_MIN) return 'amount_one';
  return billed > CARD_YEN_MAX ? 'amount_too_large' : null;
}
