import { type CommandOf, type Decision, type LinkSettings, record, refuse } from '../command.ts';
import { isLive } from '../link.ts';
import type { Order } from '../order.ts';
import { PAYMENT_KIND } from '../states.ts';
import { cancelling } from './cancel-transaction.ts';

/**
 * 入金日取消: the order is unpaid again. F-REGI stays as it is and is not called, unless the refund
 * is chosen explicitly (U1); the order then says that money is left there.
 */
export function decideUnmarkPaid(
  order: Order,
  { refund = false }: CommandOf<'unmark_paid'>,
  settings: LinkSettings,
): Decision {
  if (order.paidOn === null) return refuse('not_paid');
  const { transaction, paymentKind } = order;
  if (!refund) {
    const left = PAYMENT_KIND[paymentKind].linked && transaction && isLive(transaction.state);
    return record({ kind: 'order_unmarked_paid', gateway: left ? 'left_alone' : 'not_concerned' });
  }
  const found = cancelling(order, settings);
  if (found.kind === 'refuse') return refuse(found.reason);
  if (found.kind === 'nothing_to_cancel' || transaction === null) {
    return refuse('nothing_to_cancel');
  }
  return {
    kind: 'pursue',
    goal: 'cancelled',
    amount: transaction.amount,
    afterwards: { kind: 'order_unmarked_paid', gateway: 'cancelled' },
  };
}
