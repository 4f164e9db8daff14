import type { Order } from '../order/order.ts';
import { decideAuthorize } from '../rules/authorize.ts';
import { decideCancelStray } from '../rules/cancel-stray.ts';
import { decideCancelTransaction } from '../rules/cancel-transaction.ts';
import { decideCapture } from '../rules/capture.ts';
import { decideChangeMethod } from '../rules/change-method.ts';
import { decideChangeStatus } from '../rules/change-status.ts';
import { decideCorrectPaidOn } from '../rules/correct-paid-on.ts';
import { decideEditAmounts } from '../rules/edit-amounts.ts';
import { decideEndProposal, proposalOf } from '../rules/end-proposal.ts';
import { decideEraseCustomer } from '../rules/erase-customer.ts';
import { decideMarkPaid } from '../rules/mark-paid.ts';
import { decideRelink } from '../rules/relink.ts';
import { decideRevokePayments } from '../rules/revoke-payments.ts';
import { decideCorrectSettlement, decideSettle } from '../rules/settle.ts';
import { decideShip } from '../rules/ship.ts';
import { decideUnmarkPaid } from '../rules/unmark-paid.ts';
import type { JstDate } from '../values/jst.ts';
import type { Command } from './command.ts';
import { type Decision, type LinkSettings, record, refuse } from './decision.ts';

export type { Command } from './command.ts';
export type { Afterwards, Decision, LinkSettings } from './decision.ts';

/**
 * Decides a command on an order by the shop's rules. Pure; `today` is the JST date. The caller has
 * already checked for an open operation and for changes since the order was shown.
 */
export function decide(
  order: Order,
  command: Command,
  settings: LinkSettings,
  today: JstDate,
): Decision {
  switch (command.kind) {
    case 'mark_paid':
      return decideMarkPaid(order, command, settings, today);
    case 'settle':
      return decideSettle(order, command, today);
    case 'correct_settlement':
      return decideCorrectSettlement(order, command);
    case 'correct_paid_on':
      return decideCorrectPaidOn(order, command, today);
    case 'unmark_paid':
      return decideUnmarkPaid(order, command, settings);
    case 'change_status':
      return decideChangeStatus(order, command, settings);
    case 'revoke_payments':
      return decideRevokePayments(order, command, settings);
    case 'change_method':
      return decideChangeMethod(order, command, settings);
    case 'edit_amounts':
      return decideEditAmounts(order, command, settings);
    case 'authorize':
      return decideAuthorize(order, command, settings);
    case 'ship':
      return decideShip(order, command, today);
    case 'erase_customer':
      return decideEraseCustomer(order, command);
    case 'request_cancel':
      if (order.customerErased) return refuse('customer_erased');
      return record({ kind: 'cancel_requested', message: command.message });
    case 'dismiss_cancel_request':
      if (!command.requested) return refuse('no_cancel_request');
      return record({ kind: 'cancel_request_dismissed' });
    case 'cancel_transaction':
      return decideCancelTransaction(order, settings);
    case 'cancel_stray':
      return decideCancelStray(order, command, settings);
    case 'capture':
      return decideCapture(order, settings);
    case 'relink':
      return decideRelink(order, command);
    case 'agree_to_proposal': {
      const proposal = proposalOf(order, command.proposal);
      return proposal === null
        ? refuse('no_proposal')
        : decide(order, proposal.command, settings, today);
    }
    case 'end_proposal':
      return decideEndProposal(order, command);
    default:
      return command satisfies never;
  }
}
