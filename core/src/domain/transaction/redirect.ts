import { type Amounts, billedOf, type Settlement, settledOf } from '../order/amounts.ts';
import type { PaymentKind } from '../order/states.ts';
import type { Yen } from '../values/yen.ts';

/** F-REGI's states of a redirect payment, the seven of its inquiry in its order (1 to 7). */
export const REDIRECT_STATUS = {
  issued: { ja: '発行受付', en: 'Issued' },
  revoked: { ja: '発行取消', en: 'Revoked' },
  started: { ja: '決済開始', en: 'Started' },
  completed: { ja: '決済完了', en: 'Completed' },
  interrupted: { ja: '決済中断', en: 'Interrupted' },
  cancelled: { ja: '決済完了後取消', en: 'Cancelled after completion' },
  expired: { ja: '有効期限切れ', en: 'Expired' },
} as const;
export type RedirectStatus = keyof typeof REDIRECT_STATUS;

/** The kinds paid by a redirect payment (L2): every F-REGI kind except cards. */
export const REDIRECT_KINDS: readonly PaymentKind[] = [
  'convenience_fregi',
  'mobile_edy_fregi',
  'cyber_edy_fregi',
];

/** How far a payment has come: it can be made, it is over, it was reversed. None goes back. */
const STAGE: Readonly<Record<RedirectStatus, 0 | 1 | 2>> = {
  issued: 0,
  started: 0,
  interrupted: 0,
  revoked: 1,
  expired: 1,
  completed: 1,
  cancelled: 2,
};

/** True while the customer can still pay. */
export function canBePaid(status: RedirectStatus): boolean {
  return STAGE[status] === 0;
}

/**
 * True if a status is of before the known one. A look that began later can have been answered
 * earlier, and its process may have slept since.
 */
export function isBehind(status: RedirectStatus, known: RedirectStatus): boolean {
  return STAGE[status] < STAGE[known];
}

/** A payment that was issued at F-REGI for an order, as F-REGI has last told of it. */
export type RedirectSeen = {
  /** 発行番号 */
  readonly settleno: string;
  /** What it was issued for, in yen. */
  readonly amount: Yen;
  readonly status: RedirectStatus;
  /** When the look began that has shown it: an older look never replaces a newer one. */
  readonly asOf: number;
};

/** The ends of 発行取消; `failed`: F-REGI did not revoke the payment, and it can still be made. */
export const REVOCATION_OUTCOME = {
  revoked: { ja: '発行取消済', en: 'Revoked' },
  paid: { ja: '発行取消の前に支払済', en: 'Paid before it was revoked' },
  expired: { ja: '有効期限切れ', en: 'Expired' },
  failed: { ja: '発行取消できず', en: 'Not revoked' },
} as const;
export type RevocationOutcome = keyof typeof REVOCATION_OUTCOME;

/** 発行取消 of a payment, from the moment at which a person has ordered it (K3). */
export type Revocation = {
  /** Null while Renkei is at it. */
  readonly outcome: RevocationOutcome | null;
  /** The number of the last call to F-REGI; counts on when a person orders it again. */
  readonly asks: number;
  /** The number of the last call that Renkei may make for it. */
  readonly asksMax: number;
  /** The instant at which the last call was written; null before the first. */
  readonly askedAt: number | null;
  /** True if F-REGI refused the last call. */
  readonly refused: boolean;
};

/** A payment issued for an order, as the order knows it. */
export type IssuedPayment = RedirectSeen & {
  /** Absent if nobody has ordered 発行取消. */
  readonly revocation?: Revocation;
};

/** For how many days a completed payment is looked at again: it can be reversed (決済完了後取消). */
export const LOOK_AGAIN_DAYS = 14;

/**
 * The payments of an order that F-REGI says are not made: none unless the order is to be paid by
 * them, and none once one of them is.
 */
export function notMadeOf(order: {
  readonly paymentKind: PaymentKind;
  readonly redirects: readonly IssuedPayment[];
}): readonly IssuedPayment[] {
  const { paymentKind, redirects } = order;
  const isMade = redirects.some(({ status }) => status === 'completed');
  return isMade || !REDIRECT_KINDS.includes(paymentKind) ? [] : redirects;
}

/** An order, as far as its payments at F-REGI go. */
export type Issued = { readonly redirects: readonly IssuedPayment[] };

/** The payments that the customer can still make. */
export function payableOf({ redirects }: Issued): readonly IssuedPayment[] {
  return redirects.filter(({ status }) => canBePaid(status));
}

/** The yen that the customer has paid at the store, as F-REGI says. */
export function paidAtStoreOf({ redirects }: Issued): number {
  const made = redirects.filter(({ status }) => status === 'completed');
  return made.reduce((sum, { amount }) => sum + amount, 0);
}

/**
 * O3: true if the customer has paid at the store and got all of it back: of what F-REGI says, nothing
 * pays the order.
 */
export function isGivenBack(
  order: Issued & { readonly settlements: readonly Settlement[] },
): boolean {
  const made = paidAtStoreOf(order);
  return made > 0 && made + settledOf(order) <= 0;
}

/** True if money has moved at the store: the next command must know of it. */
export function hasMovedMoney({ status }: Pick<RedirectSeen, 'status'>): boolean {
  return status === 'completed' || status === 'cancelled';
}

/** Returns the payments with one of them as it was seen now; a new one stands last. */
export function withSeen(
  redirects: readonly IssuedPayment[],
  { settleno, amount, status, asOf }: RedirectSeen,
): readonly IssuedPayment[] {
  const seen = { settleno, amount, status, asOf };
  const isNew = redirects.every((each) => each.settleno !== settleno);
  return isNew
    ? [...redirects, seen]
    : redirects.map((each) => (each.settleno === settleno ? { ...each, ...seen } : each));
}

/** The ways in which a completed payment does not fit its order. */
export const MISFITS = [
  'redirect_kind_differs',
  'redirect_amount_differs',
  'redirect_given_back',
] as const;
export type Misfit = (typeof MISFITS)[number];

/**
 * L2: returns why a completed payment does not pay its order by itself; null if it fits. Asked
 * before the order is marked as paid, and whenever it is shown. Once somebody has given money back
 * (O3), a payment fits only if what is left at the store is the bill.
 */
export function misfitOf(
  order: Issued & {
    readonly paymentKind: PaymentKind;
    readonly amounts: Amounts;
    readonly settlements: readonly Settlement[];
  },
  { settleno, amount }: Pick<RedirectSeen, 'settleno' | 'amount'>,
): Misfit | null {
  const billed = billedOf(order.amounts);
  if (!REDIRECT_KINDS.includes(order.paymentKind)) return 'redirect_kind_differs';
  if (billed !== amount) return 'redirect_amount_differs';
  const settled = settledOf(order);
  const others = order.redirects.filter((one) => one.settleno !== settleno);
  const left = paidAtStoreOf({ redirects: others }) + amount + settled;
  return settled < 0 && left !== billed ? 'redirect_given_back' : null;
}
