import type { PaymentKind } from '../order/states.ts';
import type { Instant, JstDate } from '../values/jst.ts';
import type { Yen } from '../values/yen.ts';
import {
  hasMovedMoney,
  type Issued,
  type IssuedPayment,
  REDIRECT_KINDS,
  type RedirectSeen,
  type RedirectStatus,
  type Revocation,
  type RevocationOutcome,
  withSeen,
} from './redirect.ts';

/** 発行取消 (K3): which payments can be revoked, and how its events change them. */

/** The most calls to F-REGI for one order of a person. */
export const REVOCATION_ASKS_MAX = 4;

/** True while F-REGI revokes a payment when asked: 発行受付, 決済開始 (protocol §10.2). */
export function canBeRevoked(status: RedirectStatus): boolean {
  return status === 'issued' || status === 'started';
}

/** True while Renkei is at a revocation. */
export function isBeingRevoked({ revocation }: IssuedPayment): boolean {
  return revocation?.outcome === null;
}

/** The payments of an order that a person can have revoked now. */
export function revocableOf({ redirects }: Issued): readonly IssuedPayment[] {
  return redirects.filter((one) => canBeRevoked(one.status) && !isBeingRevoked(one));
}

/** Returns how a revocation ends by F-REGI's status of the payment; null if it goes on. */
export function outcomeOf(status: RedirectStatus): RevocationOutcome | null {
  switch (status) {
    case 'issued':
    case 'started':
      return null;
    case 'revoked':
    case 'expired':
      return status;
    case 'completed':
    case 'cancelled':
      return 'paid';
    case 'interrupted':
      return 'failed';
    default:
      return status satisfies never;
  }
}

/** The entries of a journal about the payments that the customer makes at F-REGI. */
export type PaymentEvent =
  /** L2: F-REGI told a status that differs from the one before. */
  | ({ readonly kind: 'redirect_payment_seen' } & RedirectSeen)
  /** K3: 発行取消 alone; with 取消 it is a part of the change of status. */
  | { readonly kind: 'revocation_ordered'; readonly settlenos: readonly string[] }
  | {
      /** Written before the call leaves. `n` counts the calls about this payment. */
      readonly kind: 'revocation_asked';
      readonly settleno: string;
      readonly n: number;
      readonly at: Instant;
    }
  | {
      /** F-REGI's code and text are verbatim. The next look tells how the payment stands. */
      readonly kind: 'revocation_refused';
      readonly settleno: string;
      readonly n: number;
      readonly code: string;
      readonly text: string;
    }
  | {
      /** By F-REGI's answer to an inquiry, never by its answer to the call alone. */
      readonly kind: 'revocation_ended';
      readonly settleno: string;
      readonly outcome: RevocationOutcome;
    };

const KINDS: readonly string[] = [
  'redirect_payment_seen',
  'revocation_ordered',
  'revocation_asked',
  'revocation_refused',
  'revocation_ended',
] satisfies readonly PaymentEvent['kind'][];

export function isPaymentEvent<E extends { readonly kind: string }>(
  event: E,
): event is Extract<E, PaymentEvent> {
  return KINDS.includes(event.kind);
}

/** True for news of F-REGI by which no money has moved: they change no basis of a decision. */
export function isNews(event: PaymentEvent): boolean {
  if (event.kind === 'redirect_payment_seen') return !hasMovedMoney(event);
  return event.kind !== 'revocation_ordered';
}

/** The part of an order that tells of its payments at F-REGI. */
type PaidAtStore = Issued & {
  readonly paidOn: JstDate | null;
  readonly paymentKind: PaymentKind;
  readonly paidAtStore: Yen | null;
};

/** Returns what an order tells of its payments after an event about them. */
export function afterPaymentEvent(
  order: PaidAtStore,
  event: PaymentEvent,
): Pick<PaidAtStore, 'redirects' | 'paidAtStore'> {
  const redirects = redirectsAfter(order.redirects, event);
  return { redirects, paidAtStore: order.paidAtStore ?? firstSeenPaid(order, event) };
}

function redirectsAfter(
  redirects: readonly IssuedPayment[],
  event: PaymentEvent,
): readonly IssuedPayment[] {
  if (event.kind === 'redirect_payment_seen') return withSeen(redirects, event);
  if (event.kind === 'revocation_ordered') return withOrdered(redirects, event.settlenos);
  return redirects.map((payment) => {
    const { revocation } = payment;
    if (payment.settleno !== event.settleno || revocation === undefined) return payment;
    return { ...payment, revocation: { ...revocation, ...changeBy(event) } };
  });
}

/**
 * L2: returns the yen of the payment by which an order of 0.1 is 入金済: its entries do not say, but
 * the first look at its payments does. Null for every other order.
 */
function firstSeenPaid(
  { paidOn, paymentKind, redirects }: PaidAtStore,
  event: PaymentEvent,
): Yen | null {
  const isFirst = event.kind === 'redirect_payment_seen' && redirects.length === 0;
  const isPaidSo = paidOn !== null && REDIRECT_KINDS.includes(paymentKind);
  return isFirst && isPaidSo && event.status === 'completed' ? event.amount : null;
}

/** Returns the payments of an order with 発行取消 ordered of some. */
export function withOrdered(
  redirects: readonly IssuedPayment[],
  settlenos: readonly string[],
): readonly IssuedPayment[] {
  return redirects.map((payment) => {
    if (!settlenos.includes(payment.settleno)) return payment;
    const { asks = 0, askedAt = null } = payment.revocation ?? {};
    const asksMax = asks + REVOCATION_ASKS_MAX;
    return { ...payment, revocation: { outcome: null, asks, asksMax, askedAt, refused: false } };
  });
}

type Going = Exclude<PaymentEvent, { kind: 'redirect_payment_seen' | 'revocation_ordered' }>;

function changeBy(event: Going): Partial<Revocation> {
  switch (event.kind) {
    case 'revocation_asked':
      return { asks: event.n, askedAt: event.at };
    case 'revocation_refused':
      return { refused: true };
    case 'revocation_ended':
      return { outcome: event.outcome };
    default:
      return event satisfies never;
  }
}
