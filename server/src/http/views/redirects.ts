import type { RedirectSeenView } from '@renkei/contract/orders/previews.ts';
import type { RedirectSeen } from '@renkei/core/domain/transaction/redirect.ts';

/** Payments at F-REGI, as F-REGI has last told of them. */
export function presentRedirects(redirects: readonly RedirectSeen[]): RedirectSeenView[] {
  return redirects.map(({ settleno, amount, status }) => ({ settleno, amount, status }));
}
