import { loadOwner } from '../store/orders/books.ts';
import { refusalProblem } from './problems/problems.ts';
import type { Call } from './route.ts';

/** O1: throws the problem if a transaction in the request belongs to another order. */
export async function refuseAnothers(
  { backoffice, shopId, locale }: Call,
  orderNumber: string,
  seqno: string,
): Promise<void> {
  const owner = await loadOwner(backoffice.db, shopId, seqno);
  if (owner === null || owner === orderNumber) return;
  throw refusalProblem('transaction_of_another_order', null, locale, { shopId, orderNumber });
}
