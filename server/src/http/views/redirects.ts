import type { RedirectSeenView } from '@renkei/contract/orders/previews.ts';
import type { RedirectSeen } from '@renkei/core/domain/transaction/redirect.ts';

/** Payments at F-REGI, as F-REGI has last told of them. */
export function presentRedirects(redirects: readonly RedirectSeen[]): RedirectSeenView[] {
  return redirects.map(({ settleno, amount, status }) => ({ settleno, amount, status }));
}

/** L2, K3: what the customer can still pay after a command, and what it has revoked. */
export function presentAtStore(previewed: {
  readonly payable: readonly RedirectSeen[];
  readonly revoked: readonly RedirectSeen[];
}) {
  const { payable, revoked } = previewed;
  return { payable: presentRedirects(payable), revoked: presentRedirects(revoked) };
}
