import type { Command } from '../commands/command.ts';
import {
  hasLeft,
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
type SlipMate = {
  readonly orderNumber: string;
  /**
   * Every transaction that the order is or was linked to, or is cancelling by its open operation.
   */
  readonly seqnos: readonly string[];
  /** F-REGI has not answered its request for a new transaction, which may therefore exist. */
  readonly isMaking: boolean;
  /** Its own transaction has gone though it needs one; a newer one may replace it (A2, A3). */
  readonly isBereft: boolean;
};

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

/** `known`: our books say so. `perhaps`: only that order's outcome can tell. */
export type Owner = {
  readonly kind: 'known' | 'perhaps';
  readonly orderNumber: string;
  /** For `perhaps`: F-REGI was asked for the transaction and may have made it. */
  readonly isMaking: boolean;
};

/**
 * Returns the other order that owns, or perhaps owns, a transaction of the slip; null if none is
 * known.
 */
export function ownerOf(seqno: string, { own, mates }: Books): Owner | null {
  if (own.includes(seqno)) return null;
  const known = mates.find(({ seqnos }) => seqnos.includes(seqno));
  if (known !== undefined) {
    return { kind: 'known', orderNumber: known.orderNumber, isMaking: false };
  }
  const perhaps = mates.find(({ isMaking }) => isMaking) ?? mates.find(({ isBereft }) => isBereft);
  if (perhaps === undefined) return null;
  const { orderNumber, isMaking } = perhaps;
  return { kind: 'perhaps', orderNumber, isMaking };
}

/**
 * True if a look at F-REGI cannot tell which order of the slip a live transaction was made for:
 * another order has asked for one and was not told; or our books may have forgotten that it asked,
 * or the whole order, because the database was restored after `acceptedAt`. Then only a person can
 * tell.
 */
export function isDisputed(
  { seqno, state }: Pick<Sighted, 'seqno' | 'state'>,
  acceptedAt: Instant,
  books: Books,
): boolean {
  const { own, mates, restoredAt } = books;
  if (!isLive(state) || own.includes(seqno) || isAnothers(seqno, books)) return false;
  const isForgetful = restoredAt !== null && acceptedAt <= restoredAt;
  return isForgetful || mates.some(({ isMaking }) => isMaking);
}

/** True if our books name another order as the owner. */
export function isAnothers(seqno: string, books: Books): boolean {
  return ownerOf(seqno, books)?.kind === 'known';
}

/**
 * Returns the other order of a sighted transaction. A merely possible owner counts only while the
 * transaction is live.
 */
export function belongingOf(
  { seqno, state }: Pick<Sighted, 'seqno' | 'state'>,
  books: Books,
): Belonging | null {
  const owner = ownerOf(seqno, books);
  if (owner === null || (owner.kind === 'perhaps' && !isLive(state))) return null;
  return { orderNumber: owner.orderNumber, certain: owner.kind === 'known' };
}

/**
 * Returns the objection to the transaction that a command names; null if there is none, or if it
 * names no transaction. Renkei never cancels a transaction that is perhaps another's. It links an
 * order to one only if the other order has merely lost its own: then a person can tell which order
 * it belongs to.
 */
export function objectionTo(command: Command, books: Books): Reason | null {
  if (command.kind !== 'cancel_stray' && command.kind !== 'relink') return null;
  const { seqno } = command.kind === 'relink' ? command.to : command.stray;
  const owner = ownerOf(seqno, books);
  if (owner === null) return null;
  if (owner.kind === 'known') return 'transaction_of_another_order';
  const isTold = command.kind === 'relink' && !owner.isMaking;
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
