import { asLastSeen } from '../domain/drift/comparison.ts';
import type { Sighted } from '../domain/drift/sighted.ts';
import type { OrderEvent } from '../domain/order/events.ts';
import type { Transaction } from '../domain/order/order.ts';
import { jstDateOf } from '../domain/values/jst.ts';
import type { Page } from './operation.ts';
import { write } from './page.ts';

/**
 * Updates our record of an order's transaction to a newer sighting at F-REGI (C6, A2: the order
 * shows 承認取消 once F-REGI does). It corrects our record and nothing else: the comparison reports the
 * consequences for the order, and a person repairs them. While an operation is open, only the
 * protocol changes the record.
 */
export function follow(page: Page, sighted: readonly Sighted[]): { readonly page: Page } {
  const { transaction } = page.order;
  if (page.operation !== null || transaction === null) return { page };
  const corrected = correctedBy(transaction, sighted);
  if (corrected === null) return { page };
  return { page: write(page, { kind: 'transaction_corrected', ...corrected }) };
}

type Corrected = Extract<OrderEvent, { readonly kind: 'transaction_corrected' }>;

/**
 * Returns the transaction as newer sightings show it, and their source; null if nothing differs.
 */
export function correctedBy(
  transaction: Transaction,
  sighted: readonly Sighted[],
): Pick<Corrected, 'transaction' | 'evidence' | 'told'> | null {
  const known = asLastSeen(transaction, sighted);
  const own = sighted.find(({ seqno }) => seqno === transaction.seqno);
  if (own === undefined || isSame(transaction, known)) return null;
  const evidence = own.source === 'answer' ? 'inquiry' : own.source;
  if (own.told == null) return { transaction: known, evidence };
  const { by, confirmedBy, fileHash } = own.told;
  return { transaction: known, evidence, told: { by, confirmedBy, fileHash } };
}

/** Compares state, amount and the business date of the authorization, which sets the deadline. */
function isSame(a: Transaction, b: Transaction): boolean {
  return a.state === b.state && a.amount === b.amount && dayOf(a) === dayOf(b);
}

function dayOf({ authorizedAt }: Transaction): string | null {
  return authorizedAt === null ? null : jstDateOf(authorizedAt);
}
