import type { CommandOf } from '../commands/command.ts';
import { type Decision, type LinkSettings, record, refuse } from '../commands/decision.ts';
import type { Order } from '../order/order.ts';
import { cancelling, leftBy } from '../transaction/effects.ts';

/**
 * 入金日取消: makes the order unpaid again. F-REGI is not called and stays as it is, unless the operator
 * explicitly chooses a refund (U1); otherwise the order says that money is left there.
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
