import {
  DOUBTFUL_STATES,
  DUE_STATES,
  LEFT_STATUSES,
  OPEN_STATES,
} from '@renkei/core/domain/order/states.ts';
import {
  CAPTURED_STATES,
  LIVE_STATES,
  UNSETTLED_STATES,
} from '@renkei/core/domain/transaction/link.ts';
import { OPEN_STEPS } from '@renkei/core/turns/operation.ts';

/**
 * The core's groups of states as SQL lists: `state in ${OPEN}`. They are literals in the text,
 * because PostgreSQL matches a partial index by literals only.
 */

/** Orders that nobody is to pay any more. */
export const LEFT = listOf(LEFT_STATUSES);
/** Operations that have not ended. */
export const OPEN = listOf(OPEN_STATES);
/** Operations that a process takes up when they are due. */
export const DUE = listOf(DUE_STATES);
/** Steps that F-REGI may still carry out, or has perhaps carried out. */
export const OPEN_STEP = listOf(OPEN_STEPS);
/** Operations with an unknown outcome at F-REGI. */
export const DOUBTFUL = listOf(DOUBTFUL_STATES);
/** Transactions that hold money or have taken it. */
export const LIVE = listOf(LIVE_STATES);
/** Transactions by which the customer is charged. */
export const CAPTURED = listOf(CAPTURED_STATES);
/** Transactions that F-REGI or the card company can still change. */
export const UNSETTLED = listOf(UNSETTLED_STATES);

function listOf(states: readonly string[]): string {
  return `(${states.map((state) => `'${state}'`).join(', ')})`;
}
