import { asLastSeen } from '../domain/drift/comparison.ts';
import type { Sighted } from '../domain/drift/sighted.ts';
import type { CorrectionEvidence } from '../domain/events.ts';
import { jstDateOf } from '../domain/jst.ts';
import type { Transaction } from '../domain/order.ts';
import type { Page } from './operation.ts';
import { write } from './page.ts';

/**
 * Brings what we know of an order's transaction up to what was seen of it at F-REGI, if that is
 * newer (C6, A2: the order shows 承認取消 once F-REGI does). It corrects our view and nothing else:
 * what it means for the order is for the comparison to say, and for a person to repair. While an
 * operation is open the protocol alone decides what is believed.
 */
export function follow(page: Page, sighted: readonly Sighted[]): { readonly page: Page } {
  const { transaction } = page.order;
  if (page.operation !== null || transaction === null) return { page };
  const corrected = correctedBy(transaction, sighted);
  if (corrected === null) return { page };
  return { page: write(page, { kind: 'transaction_corrected', ...corrected }) };
}

/** What newer sightings show the transaction to be, and by which way; null if just what we know. */
export function correctedBy(
  transaction: Transaction,
  sighted: readonly Sighted[],
): { readonly transaction: Transaction; readonly evidence: CorrectionEvidence } | null {
  const known = asLastSeen(transaction, sighted);
  const own = sighted.find(({ seqno }) => seqno === transaction.seqno);
  if (own === undefined || isSame(transaction, known)) return null;
  return { transaction: known, evidence: own.source === 'answer' ? 'inquiry' : own.source };
}

/** The same in all that matters; of the authorization, the business date that the deadline has. */
function isSame(a: Transaction, b: Transaction): boolean {
  return a.state === b.state && a.amount === b.amount && dayOf(a) === dayOf(b);
}

function dayOf({ authorizedAt }: Transaction): string | null {
  return authorizedAt === null ? null : jstDateOf(authorizedAt);
}
