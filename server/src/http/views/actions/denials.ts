import { ORDER_ACTIONS, type OrderView } from '@renkei/contract/orders/orders.ts';
import {
  type CommandBoxes,
  type Deed,
  denialOf,
  PERMISSION_TO,
  type Permission,
  permissionOf,
  type Role,
} from '@renkei/core/domain/commands/permissions.ts';
import type { Order } from '@renkei/core/domain/order/order.ts';
import type { Locale } from '@renkei/core/domain/reasons/index.ts';

type Denied = OrderView['actions']['denied'];

/** The command, or the deed that is no command, behind each action of an order. */
const BEHIND: Readonly<Record<keyof Denied, CommandBoxes | Deed>> = {
  markPaid: { kind: 'mark_paid' },
  correctPaidOn: { kind: 'correct_paid_on' },
  unmarkPaid: { kind: 'unmark_paid' },
  unmarkPaidWithRefund: { kind: 'unmark_paid', refund: true },
  editAmounts: { kind: 'edit_amounts' },
  changeCaptured: { kind: 'edit_amounts', changeCaptured: true },
  authorize: { kind: 'authorize' },
  ship: { kind: 'ship' },
  changeStatus: { kind: 'change_status', to: 'on_hold', cancelTransaction: false },
  changeStatusToProcessing: { kind: 'change_status', to: 'processing', cancelTransaction: false },
  changeStatusAndCancel: { kind: 'change_status', to: 'cancelled', cancelTransaction: true },
  changeStatusAndRevoke: {
    kind: 'change_status',
    to: 'cancelled',
    cancelTransaction: false,
    revokePayments: true,
  },
  revokePayments: { kind: 'revoke_payments' },
  changeMethod: { kind: 'change_method', cancelTransaction: false },
  changeMethodAndCancel: { kind: 'change_method', cancelTransaction: true },
  cancelTransaction: { kind: 'cancel_transaction' },
  settle: { kind: 'settle' },
  correctSettlement: { kind: 'correct_settlement' },
  requestCancel: { kind: 'request_cancel' },
  dismissCancelRequest: { kind: 'dismiss_cancel_request' },
  checkOperation: 'check_operation',
  withdrawOperation: 'withdraw_operation',
  answerReview: 'answer_review',
  checkRedirectPayment: 'check_redirect_payment',
  writeMail: 'write_mail',
};

/** Returns for each action of an order the reason why this role may not do it; null if it may. */
export function presentDenied(order: Order, role: Role, locale: Locale): Denied {
  const denials = ORDER_ACTIONS.map((action) => {
    return [action, denialOf(role, permissionsFor(BEHIND[action], order), locale)] as const;
  });
  return Object.fromEntries(denials) as Denied;
}

/** Returns the permission of the command itself, and that of its route. */
function permissionsFor(behind: CommandBoxes | Deed, { transaction }: Order): Permission[] {
  if (typeof behind === 'string') return [PERMISSION_TO[behind]];
  return [permissionOf(behind, transaction), PERMISSION_TO[behind.kind]];
}
