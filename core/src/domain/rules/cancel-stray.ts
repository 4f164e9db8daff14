import type { CommandOf } from '../commands/command.ts';
import { type Decision, type LinkSettings, refuse } from '../commands/decision.ts';
import type { Order, Transaction } from '../order/order.ts';
import { isLive } from '../transaction/link.ts';

/**
 * D12: cancels a transaction seen under the order's slip other than the linked one: the second of a
 * double hold or double charge. The order stays as it is.
 */
export function decideCancelStray(
  { transaction: own }: Order,
  { stray }: CommandOf<'cancel_stray'>,
  { linkEnabled }: LinkSettings,
): Decision {
  if (own === null || stray.slipId !== own.slipId) return refuse('other_slip');
  if (stray.seqno === own.seqno) return refuse('transaction_in_use');
  if (!isLive(stray.state)) return refuse('nothing_to_cancel');
  if (!linkEnabled) return refuse('link_off');
  const { seqno, slipId, authCode, state, amount, authorizedAt, seenAt: asOf } = stray;
  const about: Transaction = {
    seqno,
    slipId,
    authCode,
    state,
    amount,
    authorizedAt,
    asOf,
    customerId: own.customerId,
  };
  return { kind: 'pursue', goal: 'cancelled', amount, afterwards: null, stray: about };
}
