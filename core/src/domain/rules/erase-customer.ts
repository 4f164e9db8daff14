import type { CommandOf } from '../commands/command.ts';
import { type Decision, record, refuse } from '../commands/decision.ts';
import { balanceOf } from '../order/balance.ts';
import type { Order } from '../order/order.ts';
import { CLOSED_STATUSES } from '../order/states.ts';
import { payableOf } from '../transaction/redirect.ts';
import { isBeingRevoked } from '../transaction/revocation.ts';

/**
 * H6: erases the customer of a closed order. The order itself must need nobody any more: no money is
 * held, owed, due back, or still to be paid at a store, and nothing waits for the customer.
 */
export function decideEraseCustomer(
  order: Order,
  { cause, waiting }: CommandOf<'erase_customer'>,
): Decision {
  if (order.customerErased) return refuse('customer_erased');
  const isClosed = CLOSED_STATUSES.some((closed) => closed === order.status);
  if (!isClosed) return refuse('order_not_closed');
  if (isMoneyOpen(order)) return refuse('money_open');
  if (waiting !== null) return refuse(waiting);
  return record({ kind: 'customer_erased', cause });
}

function isMoneyOpen(order: Order): boolean {
  const { held, open } = balanceOf(order);
  const isFree =
    order.paymentKind === 'none' && order.paidOn === null && order.transaction === null;
  const isAtStore = payableOf(order).length > 0 || order.redirects.some(isBeingRevoked);
  return held > 0 || (open !== 0 && !isFree) || isAtStore;
}
