import { billedOf, type Order } from '../order/order.ts';
import { hasLeft } from '../order/states.ts';
import { type IssuedPayment, REDIRECT_KINDS } from '../transaction/redirect.ts';
import { isBeingRevoked } from '../transaction/revocation.ts';
import type { Drift } from './drift.ts';
import * as repairs from './repairs.ts';
import { drift, paidIn, type StoreScene } from './store-drift.ts';

/** What the customer can still pay although nobody is to, or although it is another amount. */
export function ofPayable(scene: StoreScene, payable: readonly IssuedPayment[]): Drift[] {
  const unfit = unfitPayments(scene.order, payable);
  if (unfit === null) return [];
  const { story, payments } = unfit;
  return [
    drift(scene, {
      kind: 'still_payable',
      story,
      urgency: story === 'payable_not_revoked' ? 'today' : 'later',
      amount: paidIn(payments),
      redirects: payments,
      differs: [DIFFERS[story]],
      repairs: [...repairs.revoke(payments), repairs.advise('check_at_gateway')],
    }),
  ];
}

const DIFFERS = {
  payable_not_revoked: 'payment',
  payable_revoking: 'payment',
  payable_left: 'status',
  payable_paid: 'payment',
  payable_other_method: 'method',
  payable_other_amount: 'amount',
  payable_twice: 'payment',
} as const;

function unfitPayments(
  order: Order,
  payable: readonly IssuedPayment[],
): { readonly story: keyof typeof DIFFERS; readonly payments: readonly IssuedPayment[] } | null {
  if (payable.length === 0) return null;
  // K3: what F-REGI has not revoked is told of any order: a person wanted it gone.
  const failed = payable.filter(({ revocation }) => revocation?.outcome === 'failed');
  if (failed.length > 0) return { story: 'payable_not_revoked', payments: failed };
  const unfit = unfitForOrder(order, payable);
  if (unfit === null || !unfit.payments.every(isBeingRevoked)) return unfit;
  return { story: 'payable_revoking', payments: unfit.payments };
}

function unfitForOrder(
  order: Order,
  payable: readonly IssuedPayment[],
): { readonly story: keyof typeof DIFFERS; readonly payments: readonly IssuedPayment[] } | null {
  if (hasLeft(order)) return { story: 'payable_left', payments: payable };
  if (order.paidOn !== null) return { story: 'payable_paid', payments: payable };
  if (!REDIRECT_KINDS.includes(order.paymentKind)) {
    return { story: 'payable_other_method', payments: payable };
  }
  const billed = billedOf(order.amounts);
  const others = payable.filter(({ amount }) => amount !== billed);
  if (others.length > 0) return { story: 'payable_other_amount', payments: others };
  // The newest is meant; whoever pays an older one, too, pays twice.
  const older = payable.slice(0, -1);
  return older.length === 0 ? null : { story: 'payable_twice', payments: older };
}
