import type { Command } from '../command.ts';
import { isLive } from '../link.ts';
import type { Reason } from '../reasons/index.ts';
import { LEAVING } from '../rules/cancel-transaction.ts';
import {
  type OrderStatus,
  PAYMENT_KIND,
  type PaymentKind,
  type TransactionState,
} from '../states.ts';
import type { Belonging, Sighted } from './sighted.ts';

/**
 * O1: whose a transaction is. Under one 伝票番号 there may be several orders, and F-REGI does not
 * tell which of them a transaction is for; our own books do. Comparison, repairs, re-link, review
 * and sightings all ask here, and nowhere else.
 */

/** Another order of the same 伝票番号, or one that has a transaction which was seen under it. */
type SlipMate = {
  readonly orderNumber: string;
  /** Every transaction that it is or was linked to, or whose cancelling is its open operation. */
  readonly seqnos: readonly string[];
  /** F-REGI was asked for a new transaction of its own, and has not answered: it may be there. */
  readonly isMaking: boolean;
  /** Its own has gone though it needs one: what has appeared since may stand for it (A2, A3). */
  readonly isBereft: boolean;
};

/** What our books say of the transactions of a slip, as they concern one of its orders. */
export type Books = {
  /** Every transaction that is or was the order's own, those of its open operation included. */
  readonly own: readonly string[];
  readonly mates: readonly SlipMate[];
};

/** The books of an order that has its slip for itself. */
export const ALONE: Books = { own: [], mates: [] };

/** `known`: it stands in our books. `perhaps`: only that order's outcome can tell. */
export type Owner = {
  readonly kind: 'known' | 'perhaps';
  readonly orderNumber: string;
  /** Of `perhaps`: F-REGI was asked for it, and may have made it. */
  readonly isMaking: boolean;
};

/** Which other order a transaction of the slip is of, or may be of; null where none is known. */
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

/** True of what our books name as another order's. */
export function isAnothers(seqno: string, books: Books): boolean {
  return ownerOf(seqno, books)?.kind === 'known';
}

/** Of which other order a transaction is that was seen; what may be another's only while it lives. */
export function belongingOf(
  { seqno, state }: Pick<Sighted, 'seqno' | 'state'>,
  books: Books,
): Belonging | null {
  const owner = ownerOf(seqno, books);
  if (owner === null || (owner.kind === 'perhaps' && !isLive(state))) return null;
  return { orderNumber: owner.orderNumber, certain: owner.kind === 'known' };
}

/**
 * Why a command may not name the transaction that it names; null where it may, or names none. What
 * may be another's is not cancelled at all; and an order is linked to it only where the other one
 * has merely lost its own, for then a person can tell which of the two it is for.
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

/** True while an order is to be paid, or is paid, by a card transaction. */
export function needsTransaction(order: {
  readonly paymentKind: PaymentKind;
  readonly status: OrderStatus;
}): boolean {
  const left = LEAVING.includes(order.status) && order.status !== 'on_hold';
  return PAYMENT_KIND[order.paymentKind].linked && !left;
}

/** True of an order that needs a transaction, and whose own has gone. */
export function isBereft(order: {
  readonly paymentKind: PaymentKind;
  readonly status: OrderStatus;
  readonly state: TransactionState | null;
}): boolean {
  const { state } = order;
  if (state === null || isLive(state) || NEVER_THERE.includes(state)) return false;
  return needsTransaction(order);
}

/** No transaction has been there yet, so none can have gone. */
const NEVER_THERE: readonly TransactionState[] = [
  'preorder_unauthorized',
  'validated_unauthorized',
];
