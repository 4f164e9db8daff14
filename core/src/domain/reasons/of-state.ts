import type { TransactionState } from '../order/states.ts';
import { isCaptured, isRefunded } from '../transaction/link.ts';
import type { Reason } from './index.ts';

/**
 * C6: returns the reason why a transaction in this state cannot be captured; undefined: the order
 * has none.
 */
export function reasonOfState(state: TransactionState | undefined): Reason {
  if (state === undefined) return 'not_authorized';
  if (isCaptured(state)) return 'already_captured';
  if (isRefunded(state)) return 'already_refunded';
  return state === 'voided' ? 'already_voided' : 'not_authorized';
}
