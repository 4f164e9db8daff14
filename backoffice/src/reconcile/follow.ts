import { asLastSeen } from '../domain/comparison.ts';
import type { Sighted } from '../domain/drift.ts';
import type { Page } from '../operations/operation.ts';
import { write } from '../operations/page.ts';

/**
 * Brings what we know of an order's transaction up to what was seen of it at F-REGI, if that is
 * newer (C6, A2: the order shows 承認取消 once F-REGI does). It corrects our view and nothing else:
 * what it means for the order is for the comparison to say, and for a person to repair. While an
 * operation is open the protocol alone decides what is believed.
 */
export function follow(page: Page, sighted: readonly Sighted[]): { readonly page: Page } {
  const { transaction } = page.order;
  if (page.operation !== null || transaction === null) return { page };
  const known = asLastSeen(transaction, sighted);
  const same = known.state === transaction.state && known.amount === transaction.amount;
  const own = sighted.find(({ seqno }) => seqno === transaction.seqno);
  if (same || own === undefined) return { page };
  const evidence = own.source === 'answer' ? 'inquiry' : own.source;
  return { page: write(page, { kind: 'transaction_corrected', evidence, transaction: known }) };
}
