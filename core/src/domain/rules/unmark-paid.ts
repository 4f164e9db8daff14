import { type CommandOf, type Decision, type LinkSettings, record, refuse } from '../command.ts';
import { cancelling, leftBy } from '../effects.ts';
import type { Order } from '../order.ts';

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
  if (!refund) return record({ kind: 'order_unmarked_paid', gateway: leftBy(order) });
  const found = cancelling(order, settings);
  if (found.kind === 'refuse') return refuse(found.reason);
  if (found.kind === 'nothing_to_cancel') return refuse('nothing_to_cancel');
  return {
    kind: 'pursue',
    goal: 'cancelled',
    amount: found.transaction.amount,
    afterwards: { kind: 'order_unmarked_paid', gateway: 'cancelled' },
  };
}
