import type { CardTransaction } from './entities.ts';
import type { MovedTransaction } from './events.ts';
import type { LedgerState } from './states.ts';

const SENT: Partial<Record<LedgerState, LedgerState>> = {
  captured_untransmitted: 'captured_transmitted',
  refunded_untransmitted: 'refunded_transmitted',
};

/**
 * 伝送 at an instant: returns the new states of transactions that have waited since before another.
 */
export function transmissionOf(
  transactions: readonly CardTransaction[],
  before: number,
  at: number,
): MovedTransaction[] {
  return transactions.flatMap(({ seqno, state, history }): MovedTransaction[] => {
    const to = SENT[state];
    if (to === undefined || (history.at(-1)?.at ?? 0) >= before) return [];
    return [{ kind: 'moved', seqno, to, at, what: 'transmission', by: 'batch' }];
  });
}
