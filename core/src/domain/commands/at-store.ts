import { applyEvent, type OrderEvent } from '../order/events.ts';
import type { Order } from '../order/order.ts';
import { hasLeft } from '../order/states.ts';
import { payableOf, REDIRECT_KINDS, type RedirectSeen } from '../transaction/redirect.ts';
import { isBeingRevoked } from '../transaction/revocation.ts';

/** What becomes of the payments that the customer makes at F-REGI, for the preview of a command. */
export type AtStore = {
  /** L2: the payments that the customer can still make after the command. */
  readonly payable: readonly RedirectSeen[];
  /** K3: the payments that Renkei then has F-REGI revoke; some may be paid before. */
  readonly revoked: readonly RedirectSeen[];
};

/** Returns the payments that the customer can still make after an event, and those it revokes. */
export function atStore(order: Order, event: OrderEvent | null): AtStore {
  if (event === null) return { payable: [], revoked: [] };
  const after = applyEvent(order, event).redirects;
  const before = order.redirects.filter(isBeingRevoked).map(({ settleno }) => settleno);
  const revoked = after.filter((one) => isBeingRevoked(one) && !before.includes(one.settleno));
  const payable = endsPayment(event) ? payableOf(order) : [];
  const isRevoked = ({ settleno }: RedirectSeen) =>
    revoked.some((one) => one.settleno === settleno);
  return { payable: payable.filter((one) => !isRevoked(one)), revoked };
}

/** L2: true if nobody is to pay the order at the store after the event. */
function endsPayment(event: OrderEvent): boolean {
  switch (event.kind) {
    case 'order_marked_paid':
      return true;
    case 'status_changed':
      return hasLeft({ status: event.to });
    case 'payment_method_changed':
      return !REDIRECT_KINDS.includes(event.paymentKind);
    default:
      return false;
  }
}
