import { isCaptured, isRefunded } from '../transaction/link.ts';
import { paidAtStoreOf } from '../transaction/redirect.ts';
import { type Yen, yen } from '../values/yen.ts';
import { billedOf, type Order, settledOf } from './order.ts';
import { hasLeft, PAYMENT_KIND } from './states.ts';

/**
 * The balance of an order (O2), in whole yen. It always adds up: billed = captured − refunded +
 * receivedOtherwise + open.
 */
export type Balance = {
  /** 請求金額; zero for an order that is 取消, 返品 or 未回収, because the customer owes nothing any more. */
  readonly billed: Yen;
  /** 承認金額: reserved at F-REGI, not captured. */
  readonly held: Yen;
  /** 売上金額: captured by F-REGI, even if refunded later. */
  readonly captured: Yen;
  /** 売上取消金額: refunded by F-REGI. */
  readonly refunded: Yen;
  /** Received by other means than the card, minus amounts given back by such means (O3). */
  readonly receivedOtherwise: number;
  /** 未収: still to be received; a negative amount is to be given back. */
  readonly open: number;
};

/**
 * Returns the balance of an order from the order alone. The card counts by the linked transaction
 * only: F-REGI refunded a replaced transaction when it made the new one (A2, A3).
 */
export function balanceOf(order: Pick<Order, BalanceFact>): Balance {
  const { transaction, amounts } = order;
  const { state, amount = yen(0) } = transaction ?? {};
  const isReturned = state !== undefined && isRefunded(state);
  const isTaken = isReturned || (state !== undefined && isCaptured(state));
  const billed = hasLeft(order) ? yen(0) : billedOf(amounts);
  const captured = isTaken ? amount : yen(0);
  const refunded = isReturned ? amount : yen(0);
  const receivedOtherwise = receivedOtherwiseOf(order, billed);
  return {
    billed,
    held: state === 'authorized' ? amount : yen(0),
    captured,
    refunded,
    receivedOtherwise,
    open: billed - captured + refunded - receivedOtherwise,
  };
}

/**
 * Returns the yen that came in otherwise than by card, minus those given back. A payment at a store
 * counts by the yen that F-REGI confirms (L2), so it is due back once the order has left, or if the
 * order is paid otherwise, too (D14). For any other method 入金済 means that the whole bill came in.
 */
function receivedOtherwiseOf(order: Pick<Order, BalanceFact>, billed: Yen): number {
  const { paidOn, paymentKind, paidAtStore } = order;
  const made = paidAtStoreOf(order);
  const settled = settledOf(order);
  if (paidOn === null || PAYMENT_KIND[paymentKind].linked) return made + settled;
  if (hasLeft(order)) return made === 0 ? 0 : made + settled;
  if (paidAtStore === null) return billed + Math.max(0, made + Math.min(0, settled));
  return (made === 0 ? paidAtStore : made) + settled; // one that was reversed is no longer made
}

type BalanceFact =
  | 'transaction'
  | 'paidOn'
  | 'paymentKind'
  | 'amounts'
  | 'status'
  | 'settlements'
  | 'redirects'
  | 'paidAtStore';

/** ご入金額: the amount received by card or otherwise, minus the amounts given back, in yen. */
export function receivedOf({ billed, open }: Balance): number {
  return billed - open;
}

/**
 * Returns the yen to charge to the card in all: the billed amount minus settlements, so that no
 * customer pays twice. Zero or less: charge nothing.
 */
export function chargeOf(order: Pick<Order, 'amounts' | 'settlements'>): number {
  return billedOf(order.amounts) - settledOf(order);
}

/**
 * C2: true if the authorized amount differs from the amount to capture; F-REGI changes it first.
 */
export function amountDiffers({
  transaction,
  ...order
}: Pick<Order, 'transaction' | 'amounts' | 'settlements'>): boolean {
  return transaction?.state === 'authorized' && transaction.amount !== chargeOf(order);
}

/** O3: true if the order is paid and an amount is open; lists show it until it is settled. */
export function hasOpenAmount(order: Pick<Order, BalanceFact>): boolean {
  return order.paidOn !== null && balanceOf(order).open !== 0;
}
