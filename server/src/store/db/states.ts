import { CAPTURED_STATES, LIVE_STATES, UNSETTLED_STATES } from '@renkei/core/domain/link.ts';
import { DOUBTFUL_STATES, DUE_STATES, OPEN_STATES } from '@renkei/core/domain/states.ts';

/**
 * The core's groups of states as lists of SQL: `state in ${OPEN}`. They are literals of the text,
 * because PostgreSQL matches a partial index by its literals only.
 */

/** Operations that have not ended. */
export const OPEN = listOf(OPEN_STATES);
/** Operations that are taken up when they are due. */
export const DUE = listOf(DUE_STATES);
/** Operations of which nobody knows what F-REGI did. */
export const DOUBTFUL = listOf(DOUBTFUL_STATES);
/** Transactions that hold or have taken money. */
export const LIVE = listOf(LIVE_STATES);
/** Transactions by which the customer is charged. */
export const CAPTURED = listOf(CAPTURED_STATES);
/** Transactions that F-REGI or the card company still moves on. */
export const UNSETTLED = listOf(UNSETTLED_STATES);

function listOf(states: readonly string[]): string {
  return `(${states.map((state) => `'${state}'`).join(', ')})`;
}
