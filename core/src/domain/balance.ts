import { isCaptured, isRefunded } from './link.ts';
import { billedOf, type Order, settledOf } from './order.ts';
import { type OrderStatus, PAYMENT_KIND } from './states.ts';
import { type Yen, yen } from './yen.ts';

/**
 * What an order's money comes to (O2), in whole yen. It always adds up:
 * billed = captured − refunded + receivedOtherwise + open.
 */
export type Balance = {
  /** 請求金額; nothing of an order that is 取消, 返品 or 未回収: nobody is to pay it any more. */
  readonly billed: Yen;
  /** 承認金額: reserved at F-REGI, not taken. */
  readonly held: Yen;
  /** 売上金額: taken by F-REGI, also where it was given back later. */
  readonly captured: Yen;
  /** 売上取消金額: given back by F-REGI. */
  readonly refunded: Yen;
  /** Came in by another way than the card, less what was given back that way (O3). */
  readonly receivedOtherwise: number;
  /** 未収: still to come in; below zero, to be given back. */
  readonly open: number;
};

/**
 * The balance of an order, from the order alone. Of the card it counts the transaction that the
 * order is linked to: one that F-REGI has replaced was given back as it was taken (A2, A3). 入金済
 * by another method says that all of what is billed came in by it.
 */
export function balanceOf(order: Pick<Order, BalanceFact>): Balance {
  const { transaction, paidOn, paymentKind, amounts, status } = order;
  const { state, amount = yen(0) } = transaction ?? {};
  const isReturned = state !== undefined && isRefunded(state);
  const isTaken = isReturned || (state !== undefined && isCaptured(state));
  const billed = CLOSED.includes(status) ? yen(0) : billedOf(amounts);
  const captured = isTaken ? amount : yen(0);
  const refunded = isReturned ? amount : yen(0);
  const isPaidOtherwise = paidOn !== null && !PAYMENT_KIND[paymentKind].linked;
  const receivedOtherwise = isPaidOtherwise ? billed : settledOf(order);
  return {
    billed,
    held: state === 'authorized' ? amount : yen(0),
    captured,
    refunded,
    receivedOtherwise,
    open: billed - captured + refunded - receivedOtherwise,
  };
}

type BalanceFact = 'transaction' | 'paidOn' | 'paymentKind' | 'amounts' | 'status' | 'settlements';

/** ご入金額: what has come in, by card or otherwise, less what was given back. */
export function receivedOf({ billed, open }: Balance): number {
  return billed - open;
}

/**
 * What the card is to be charged with in all: what is billed, less what was settled otherwise, so
 * that nobody pays twice. Zero or less: nothing.
 */
export function chargeOf(order: Pick<Order, 'amounts' | 'settlements'>): number {
  return billedOf(order.amounts) - settledOf(order);
}

/** C2: F-REGI holds another amount than the capture would take: it is changed first. */
export function amountDiffers({
  transaction,
  ...order
}: Pick<Order, 'transaction' | 'amounts' | 'settlements'>): boolean {
  return transaction?.state === 'authorized' && transaction.amount !== chargeOf(order);
}

/** O3: paid, and yet something is open: listed until it is settled. */
export function hasOpenAmount(order: Pick<Order, BalanceFact>): boolean {
  return order.paidOn !== null && balanceOf(order).open !== 0;
}

/** Where nobody is to pay an order any more. */
const CLOSED: readonly OrderStatus[] = ['cancelled', 'returned', 'uncollectible'];
