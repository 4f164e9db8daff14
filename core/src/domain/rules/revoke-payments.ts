import type { CommandOf } from '../commands/command.ts';
import { type Decision, type LinkSettings, record, refuse } from '../commands/decision.ts';
import type { Order } from '../order/order.ts';
import { hasLeft, type OrderStatus } from '../order/states.ts';
import type { Reason } from '../reasons/index.ts';
import { isBeingRevoked, revocableOf } from '../transaction/revocation.ts';

/**
 * K3: 発行取消. The decision only records the order for it; Renkei asks F-REGI afterwards, and F-REGI's
 * answer to an inquiry tells how it ended.
 */
export function decideRevokePayments(
  order: Order,
  { settlenos }: CommandOf<'revoke_payments'>,
  settings: LinkSettings,
): Decision {
  const refusal = revocationRefusal(order, settlenos, settings);
  if (refusal !== null) return refuse(refusal);
  return record({ kind: 'revocation_ordered', settlenos });
}

function revocationRefusal(
  order: Order,
  settlenos: readonly string[],
  { linkEnabled }: LinkSettings,
): Reason | null {
  const wanted = order.redirects.filter(({ settleno }) => settlenos.includes(settleno));
  if (wanted.some(isBeingRevoked)) return 'revocation_open';
  const revocable = revocableOf({ redirects: wanted });
  if (revocable.length === 0 || revocable.length < settlenos.length) return 'nothing_to_revoke';
  return linkEnabled ? null : 'link_off';
}

/** K3: 取消, 返品 and 未回収 offer the box 発行取消を行う while the customer can still pay. */
export function revokeBoxRefusal(
  order: Order,
  to: OrderStatus,
  settings: LinkSettings,
): Reason | null {
  if (!hasLeft({ status: to })) return 'revoke_not_offered';
  const revocable = revocableOf(order).map(({ settleno }) => settleno);
  if (revocable.length === 0 && order.redirects.some(isBeingRevoked)) return 'revocation_open';
  return revocationRefusal(order, revocable, settings);
}
