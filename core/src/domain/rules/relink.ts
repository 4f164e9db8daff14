import type { CommandOf } from '../commands/command.ts';
import { type Decision, record, refuse } from '../commands/decision.ts';
import { amountsFor, billFor } from '../drift/repairs.ts';
import { isHearsay } from '../drift/sighted.ts';
import { billedOf, type Order, type Transaction } from '../order/order.ts';
import { NOT_TOLD } from '../transaction/authentication.ts';
import { isCaptured, isLive } from '../transaction/link.ts';

/**
 * A2, A3: links the order to a live transaction seen under its slip, in place of a dead one. The
 * entry records both. F-REGI is told nothing: only the shop's record changes. `adopt`: the order
 * then bills that transaction's amount.
 */
export function decideRelink(order: Order, { to, adopt }: CommandOf<'relink'>): Decision {
  const { transaction, amounts } = order;
  if (transaction === null || to.slipId !== transaction.slipId) return refuse('other_slip');
  if (to.seqno === transaction.seqno) return refuse('linked_already');
  if (!isLive(to.state)) return refuse('not_live');
  if (isCaptured(to.state) && isHearsay(to)) return refuse('file_unconfirmed'); // S6
  // A paid order bills the captured amount; an unpaid one may bill the authorized amount (M5).
  if (adopt && order.paidOn !== null && !isCaptured(to.state)) return refuse('not_captured_there');
  const { state, seqno, amount } = transaction;
  const linked: Transaction = {
    ...transaction,
    seqno: to.seqno,
    authCode: to.authCode,
    state: to.state,
    amount: to.amount,
    // If unknown, keeps the former authorization time: it is earlier, so no deadline is missed.
    authorizedAt: to.authorizedAt ?? transaction.authorizedAt,
    asOf: to.seenAt,
  };
  return record({
    kind: 'transaction_corrected',
    evidence: to.source === 'answer' ? 'person' : to.source,
    transaction: linked,
    authentication: NOT_TOLD,
    before: { state, seqno, amount },
    ...(adopt
      ? {
          adopted: {
            billed: billedOf(amounts),
            amounts: amountsFor(amounts, billFor(order, to.amount)),
          },
        }
      : {}),
  });
}
