import type { RedirectSeen } from '../domain/transaction/redirect.ts';
import type { Page } from './operation.ts';
import { write } from './page.ts';

/**
 * Brings an order up to what F-REGI says of a payment of its customer (L2): an entry of its journal
 * wherever that is another status than the order shows. The order then is compared anew.
 */
export function seePayment(page: Page, seen: RedirectSeen): { readonly page: Page } {
  const known = page.order.redirects.find(({ settleno }) => settleno === seen.settleno);
  if (known !== undefined && known.asOf > seen.asOf) return { page }; // its process has slept
  if (known?.status === seen.status && known.amount === seen.amount) return { page };
  return { page: write(page, { kind: 'redirect_payment_seen', ...seen }) };
}
