import type { CommandOf } from '../commands/command.ts';
import {
  type Afterwards,
  type Decision,
  type LinkSettings,
  record,
  refuse,
} from '../commands/decision.ts';
import { awayOf, canGiveBack, movementsBetween } from '../order/away.ts';
import type { Order } from '../order/order.ts';
import { hasLeft, type OrderStatus, PAYMENT_KIND } from '../order/states.ts';
import type { Reason } from '../reasons/index.ts';
import { cancelling, leftBy, untold } from '../transaction/effects.ts';
import { isRefunded } from '../transaction/link.ts';
import { revocableOf } from '../transaction/revocation.ts';
import { yen } from '../values/yen.ts';
import { decideAuthorize } from './authorize.ts';
import { LEAVING } from './cancel-transaction.ts';
import { revokeBoxRefusal } from './revoke-payments.ts';

type ChangeStatusCommand = CommandOf<'change_status'>;
type StatusChanged = Extract<Afterwards, { kind: 'status_changed' }>;

/** ステータスの変更, with the four boxes and the mail (V1–V7, K3). */
export function decideChangeStatus(
  order: Order,
  command: ChangeStatusCommand,
  settings: LinkSettings,
): Decision {
  const { to, cancelTransaction } = command;
  if (!STATUS_CHANGES[order.status].includes(to)) return refuse('status_change_not_allowed');
  if (to === 'processing' && wasCancelled(order)) return refuse('transaction_cancelled'); // V7
  const unfit = optionRefusal(order, command);
  if (unfit) return refuse(unfit);
  const unrevoked = command.revokePayments ? revokeBoxRefusal(order, to, settings) : null;
  if (unrevoked) return refuse(unrevoked);

  const changed = (gateway: StatusChanged['gateway']): StatusChanged => ({
    kind: 'status_changed',
    to,
    gateway,
    ...movementsWith(order, command),
    ...(command.mail ? { mail: true } : {}),
    ...(command.revokePayments
      ? { revoke: revocableOf(order).map(({ settleno }) => settleno) }
      : {}),
  });
  if (!cancelTransaction) {
    if (to === 'processing' && order.transaction?.state === 'preorder_unauthorized') {
      return authorizing(order, settings, changed('authorization_asked')); // B2
    }
    return record(changed(leftBy(order))); // V4
  }
  if (!LEAVING.includes(to)) return refuse('cancel_not_offered');
  const box = cancelBox(order, settings);
  if (!box.offered) return refuse(box.reason);
  const found = cancelling(order, settings);
  if (found.kind !== 'ask') return record(changed('nothing_to_cancel')); // V5
  const { amount } = found.transaction;
  return { kind: 'pursue', goal: 'cancelled', amount, afterwards: changed('cancelled') }; // V2, V3
}

/**
 * B2: a pre-order that becomes 通常処理 is authorized by the card registered at F-REGI. The card
 * company's answer sets its F-REGIステータス; the order becomes 通常処理 in either case.
 */
function authorizing(order: Order, settings: LinkSettings, changed: StatusChanged): Decision {
  const gateway = untold(order);
  if (gateway === 'not_concerned' || !settings.linkEnabled) {
    return record({ ...changed, gateway }); // C11, S1
  }
  const decision = decideAuthorize(order, { kind: 'authorize', cardToken: null }, settings);
  return decision.kind === 'pursue' ? { ...decision, afterwards: changed } : decision;
}

/**
 * The statuses that an operator can change an order to, by its present status (domain.md §2, V7).
 */
export const STATUS_CHANGES: Record<OrderStatus, readonly OrderStatus[]> = {
  preorder: ['processing', 'on_hold', 'cancelled'],
  processing: ['cancelled', 'returned', 'uncollectible', 'on_hold', 'completed'],
  on_hold: ['processing', 'cancelled'],
  completed: ['processing'],
  cancelled: ['processing'],
  returned: ['processing'],
  uncollectible: ['processing'],
};

/** V7: a card order whose transaction was cancelled keeps its status. */
export function wasCancelled(order: Order): boolean {
  const { linked } = PAYMENT_KIND[order.paymentKind];
  if (!linked || order.transaction === null || !hasLeft(order)) return false;
  const { state } = order.transaction;
  return state === 'voided' || isRefunded(state);
}

type OptionBoxes = Pick<ChangeStatusCommand, 'to' | 'returnStock' | 'returnPoints' | 'mail'>;

/** V6: the boxes exist for the four changes only, and return only what is still taken. */
export function optionRefusal(
  order: Order,
  { returnStock, returnPoints, mail, to }: OptionBoxes,
): Reason | null {
  if (!LEAVING.includes(to)) {
    return returnStock || returnPoints || mail ? 'return_not_offered' : null;
  }
  const { stock, points } = canGiveBack(order);
  if (returnStock && !stock) return 'stock_already_returned';
  if (!returnPoints || points) return null;
  return order.amounts.pointsUsed === 0 ? 'no_points_used' : 'points_already_returned';
}

/**
 * V6, V7, O4: returns the movements of a change of status. Leaving gives taken stock and points
 * back; re-opening takes everything that the order then has.
 */
function movementsWith(
  order: Order,
  command: ChangeStatusCommand,
): Pick<StatusChanged, 'movements'> {
  const away = awayOf(order);
  const { lines, amounts } = order;
  const movements = movementsBetween(
    away,
    command.to === 'processing'
      ? { stock: lines, points: amounts.pointsUsed }
      : {
          stock: command.returnStock ? [] : away.stock,
          points: command.returnPoints ? yen(0) : away.points,
        },
  );
  return movements.length > 0 ? { movements } : {};
}

export type CancelBox =
  | { readonly offered: true }
  | { readonly offered: false; readonly reason: Reason };

/** V1, S1: tells whether a change of status offers F-REGIの取引情報を取り消す. */
export function cancelBox(order: Order, settings: LinkSettings): CancelBox {
  if (!PAYMENT_KIND[order.paymentKind].linked || order.status !== 'processing') {
    return { offered: false, reason: 'cancel_not_offered' };
  }
  return settings.linkEnabled ? { offered: true } : { offered: false, reason: 'link_off' };
}
