import {
  type IssuedPayment,
  isBehind,
  type RedirectSeen,
  type Revocation,
} from '../domain/transaction/redirect.ts';
import { outcomeOf } from '../domain/transaction/revocation.ts';
import type { Page } from './operation.ts';
import { write } from './page.ts';
import type { Timing } from './timing.ts';

/** The work after a look at a payment: nothing, another look soon, or the n-th call of 発行取消. */
export type PaymentNext =
  | { readonly kind: 'rest' }
  | { readonly kind: 'wait' }
  | { readonly kind: 'revoke'; readonly n: number };

type PaymentTurn = { readonly page: Page; readonly next: PaymentNext };

/**
 * Brings an order up to what F-REGI says of a payment of its customer (L2): an entry of its journal
 * wherever that is another status than the order shows. The order then is compared anew. An ordered
 * 発行取消 goes on from there (K3).
 */
export function seePayment(page: Page, seen: RedirectSeen, timing: Timing): PaymentTurn {
  const known = paymentOn(page, seen.settleno);
  if (known !== undefined && known.asOf > seen.asOf) return waits(page, known); // its process slept
  if (known !== undefined && isBehind(seen.status, known.status)) return waits(page, known);
  const isNews = known?.status !== seen.status || known.amount !== seen.amount;
  const shown = isNews ? write(page, { kind: 'redirect_payment_seen', ...seen }) : page;
  return pursueRevocation(shown, seen, timing);
}

/**
 * K3: ends a revocation by F-REGI's status, or writes its next call. A call follows a look that
 * began after the call before it, and only once that call can no longer be carried out.
 */
function pursueRevocation(
  page: Page,
  { settleno, status, asOf }: RedirectSeen,
  { quarantineMs }: Timing,
): PaymentTurn {
  const open = openRevocation(page, settleno);
  if (open === null) return { page, next: { kind: 'rest' } };
  const { asks, asksMax, askedAt, refused } = open;
  const wait: PaymentTurn = { page, next: { kind: 'wait' } };
  if (askedAt !== null && asOf <= askedAt) return wait;
  const hasFailed = refused || (asks >= asksMax && isOver(open, asOf, quarantineMs));
  const outcome = outcomeOf(status) ?? (hasFailed ? 'failed' : null);
  if (outcome !== null) {
    const ended = write(page, { kind: 'revocation_ended', settleno, outcome });
    return { page: ended, next: { kind: 'rest' } };
  }
  if (!isOver(open, asOf, quarantineMs) || page.settings.hold) return wait;
  const n = asks + 1;
  const asked = write(page, { kind: 'revocation_asked', settleno, n, at: page.now });
  return { page: asked, next: { kind: 'revoke', n } };
}

/** True if no call of the revocation can still be carried out. */
function isOver({ askedAt }: Revocation, asOf: number, quarantineMs: number): boolean {
  return askedAt === null || asOf >= askedAt + quarantineMs;
}

/** Notes F-REGI's refusal of a call of 発行取消, unless a later call has been written since. */
export function hearRefusal(
  page: Page,
  refusal: {
    readonly settleno: string;
    readonly n: number;
    readonly code: string;
    readonly text: string;
  },
): { readonly page: Page } {
  const open = openRevocation(page, refusal.settleno);
  if (open === null || open.asks !== refusal.n || open.refused) return { page };
  return { page: write(page, { kind: 'revocation_refused', ...refusal }) };
}

function openRevocation(page: Page, settleno: string): Revocation | null {
  const { revocation } = paymentOn(page, settleno) ?? {};
  return revocation?.outcome === null ? revocation : null;
}

function paymentOn({ order }: Page, settleno: string): IssuedPayment | undefined {
  return order.redirects.find((one) => one.settleno === settleno);
}

function waits(page: Page, { settleno }: IssuedPayment): PaymentTurn {
  return { page, next: { kind: openRevocation(page, settleno) === null ? 'rest' : 'wait' } };
}
