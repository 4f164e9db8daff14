import type { Command } from '../commands/command.ts';
import {
  hasLeft,
  keysOf,
  type OrderStatus,
  PAYMENT_KIND,
  type PaymentKind,
  type TransactionState,
} from '../order/states.ts';
import type { Reason } from '../reasons/index.ts';
import { isLive } from '../transaction/link.ts';
import type { Instant } from '../values/jst.ts';
import type { Belonging, Sighted } from './sighted.ts';

/**
 * O1: the owner of a transaction. Several orders may share one 伝票番号, and F-REGI does not say which
 * of them a transaction belongs to; our own books do. Comparison, repairs, re-link, review and
 * sightings all ask here, and nowhere else.
 */

/** Another order of the same 伝票番号, or an order with a transaction that was seen under it. */
export type SlipMate = {
  readonly orderNumber: string;
  /**
   * Every transaction that the order is or was linked to, or is cancelling by its open operation.
   */
  readonly seqnos: readonly string[];
  /** F-REGI has not answered its request for a new transaction, which may therefore exist. */
  readonly isMaking: boolean;
  /**
   * When such a request was last settled as not carried out, without an answer of F-REGI; null:
   * never. A look from before may show its transaction.
   */
  readonly unmadeAt: Instant | null;
  /** Its own transaction has gone though it needs one; a newer one may replace it (A2, A3). */
  readonly isBereft: boolean;
  /**
   * When the transaction that it needs was last known to be live; null if there is none. The
   * console may have replaced it since.
   */
  readonly liveAt: Instant | null;
};

/** What the tables say of another order of the slip. */
export type MateFacts = Pick<SlipMate, 'orderNumber' | 'seqnos' | 'isMaking' | 'unmadeAt'> & {
  readonly paymentKind: PaymentKind;
  readonly status: OrderStatus;
  /** The state of its transaction as last seen or answered, and when that was. */
  readonly state: TransactionState | null;
  readonly asOf: Instant | null;
  /** Its transaction is under this very slip. */
  readonly isOfSlip: boolean;
};

/** Reads another order of the slip: the tables know facts, and the rule is here. */
export function mateOf({
  paymentKind,
  status,
  state,
  asOf,
  isOfSlip,
  ...mate
}: MateFacts): SlipMate {
  const isLiving = isOfSlip && state !== null && isLive(state);
  return {
    ...mate,
    isBereft: isBereft({ paymentKind, status, state }),
    liveAt: isLiving && needsTransaction({ paymentKind, status }) ? asOf : null,
  };
}

/** Our books about the transactions of a slip, from the view of one of its orders. */
export type Books = {
  /** Every transaction that is or was the order's own, its open operation's included. */
  readonly own: readonly string[];
  readonly mates: readonly SlipMate[];
  /**
   * When the database was last found to be older than it was; null: never. What an order had asked
   * before, our books may have forgotten.
   */
  readonly restoredAt: Instant | null;
};

/** The books of an order that shares its slip with none. */
export const ALONE: Books = { own: [], mates: [], restoredAt: null };

/** `known`: our books say so. `perhaps`: they show that it may be so. */
export type Owner =
  | { readonly kind: 'known'; readonly orderNumber: string }
  | {
      readonly kind: 'perhaps';
      readonly orderNumber: string;
      readonly because: Suspicion;
    };

/** A transaction, and the instant at which F-REGI was looked at. */
type SeenAt = Pick<Sighted, 'seqno' | 'seenAt'>;

/**
 * Returns the other order that owns, or perhaps owns, a transaction of the slip; null if none is
 * known. It counts as of the look that showed the transaction.
 */
export function ownerOf({ seqno, seenAt }: SeenAt, { own, mates }: Books): Owner | null {
  if (own.includes(seqno)) return null;
  const known = mates.find(({ seqnos }) => seqnos.includes(seqno));
  if (known !== undefined) return { kind: 'known', orderNumber: known.orderNumber };
  for (const because of keysOf(SUSPICION)) {
    const perhaps = mates.find((mate) => SUSPICION[because](mate, seenAt));
    if (perhaps) return { kind: 'perhaps', orderNumber: perhaps.orderNumber, because };
  }
  return null;
}

/**
 * Why a transaction that F-REGI showed at an instant may be an order's, though no book says so.
 * `making`: F-REGI was asked for it and has not answered. `asked`: so it was at the time of the
 * look. `bereft`: the order has lost its own. `late`: it once asked in vain, and F-REGI may carry that
 * out later than any bound. `unseen`: nobody has seen its own live since.
 */
const SUSPICION = {
  making: ({ isMaking }) => isMaking,
  asked: ({ unmadeAt }, seenAt) => unmadeAt !== null && seenAt <= unmadeAt,
  bereft: (mate) => mate.isBereft,
  late: ({ unmadeAt }) => unmadeAt !== null,
  unseen: ({ liveAt }, seenAt) => liveAt !== null && liveAt < seenAt,
} satisfies Record<string, (mate: SlipMate, seenAt: Instant) => boolean>;
type Suspicion = keyof typeof SUSPICION;

/**
 * True if a look at F-REGI cannot tell which order of the slip a live transaction was made for:
 * another order has asked for one and was not told, or asked in vain, or has lost its own; or our
 * books may have forgotten that it asked, or the whole order, because the database was restored
 * after `acceptedAt`. Then only a person can tell.
 */
export function isDisputed(
  { seqno, state }: Pick<Sighted, 'seqno' | 'state'>,
  acceptedAt: Instant,
  books: Books,
): boolean {
  if (!isLive(state) || books.own.includes(seqno) || isAnothers(seqno, books)) return false;
  const isForgetful = books.restoredAt !== null && acceptedAt <= books.restoredAt;
  const { making, bereft, late } = SUSPICION;
  const isSuspect = (mate: SlipMate) => making(mate) || bereft(mate) || late(mate);
  return isForgetful || books.mates.some(isSuspect);
}

/** True if our books name another order as the owner. */
export function isAnothers(seqno: string, { own, mates }: Books): boolean {
  return !own.includes(seqno) && mates.some(({ seqnos }) => seqnos.includes(seqno));
}

/**
 * Returns the other order of a sighted transaction. A merely possible owner counts only while the
 * transaction is live.
 */
export function belongingOf(seen: SeenAt & Pick<Sighted, 'state'>, books: Books): Belonging | null {
  const owner = ownerOf(seen, books);
  if (owner === null || (owner.kind === 'perhaps' && !isLive(seen.state))) return null;
  return { orderNumber: owner.orderNumber, certain: owner.kind === 'known' };
}

/**
 * Returns the objection to the transaction that a command names; null if there is none, or if it
 * names no transaction. Renkei never cancels a transaction that is perhaps another's. It links an
 * order to one only if no other order was asking for one at the time of the look: then a person
 * can tell which order it belongs to.
 */
export function objectionTo(command: Command, books: Books): Reason | null {
  if (command.kind !== 'cancel_stray' && command.kind !== 'relink') return null;
  const owner = ownerOf(command.kind === 'relink' ? command.to : command.stray, books);
  if (owner === null) return null;
  if (owner.kind === 'known') return 'transaction_of_another_order';
  const isOpen = owner.because === 'making' || owner.because === 'asked';
  const isTold = command.kind === 'relink' && !isOpen;
  return isTold ? null : 'transaction_perhaps_of_another_order';
}

/** True while an order is paid, or will be paid, by a card transaction. */
export function needsTransaction(order: {
  readonly paymentKind: PaymentKind;
  readonly status: OrderStatus;
}): boolean {
  return PAYMENT_KIND[order.paymentKind].linked && !hasLeft(order);
}

/** True if an order needs a transaction and its own has gone. */
export function isBereft(order: {
  readonly paymentKind: PaymentKind;
  readonly status: OrderStatus;
  readonly state: TransactionState | null;
}): boolean {
  const { state } = order;
  if (state === null || isLive(state) || NEVER_THERE.includes(state)) return false;
  return needsTransaction(order);
}

/** States before any transaction exists, so none can have gone. */
const NEVER_THERE: readonly TransactionState[] = [
  'preorder_unauthorized',
  'validated_unauthorized',
];
