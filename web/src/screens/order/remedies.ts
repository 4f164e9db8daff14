import type { OrderStatus, OrderView, PaymentKind } from '@renkei/contract';
import type { RemedyActions } from '../../ui/problem.tsx';
import { goTo } from './go-to.ts';
import type { MethodChoice, Opened } from './opened.ts';

/** What a remedy sets in motion at the desk; none of it sends anything to F-REGI. */
type Moves = {
  readonly show: (opened: Opened) => void;
  readonly edit: (editing: boolean) => void;
  readonly tickCancelBox: (on: boolean) => void;
  readonly chooseMethod: (choice: MethodChoice) => void;
  readonly reload: () => void;
  readonly openSettings: () => void;
};

/** What can be done at the order about a reason, by the reason's own remedies. */
export function remediesOf(
  order: OrderView,
  sandboxConsole: string | null,
  moves: Moves,
): RemedyActions {
  const { show, reload, openSettings } = moves;
  const { editAmounts, changeCaptured, statusChanges, changeMethod } = order.actions;
  const { markPaidAsAuthorized, unmarkPaid, cancelTransaction, cancelBox: box } = order.actions;
  const { startEditing, startStatus, startMethod } = startsOf(order, moves);
  return {
    reload,
    turn_link_on: openSettings,
    ...(order.paidOn === null && { mark_paid_without_gateway: () => show({ kind: 'without' }) }),
    ...(editAmounts.decision !== 'refuse' && { edit_amounts: startEditing }),
    ...(statusChanges.includes('processing') && {
      process_order: () => startStatus('processing', false),
      reopen_order: () => startStatus('processing', false),
    }),
    ...(changeCaptured.offered && { change_captured_amount: startEditing }),
    ...(unmarkPaid.decision !== 'refuse' && { unmark_paid: () => show({ kind: 'unmark' }) }),
    ...(cancelTransaction.decision === 'pursue' && {
      cancel_transaction: () => show({ kind: 'left' }),
    }),
    ...(markPaidAsAuthorized.decision === 'pursue' && {
      capture_former_amount: () => show({ kind: 'former' }),
    }),
    ...(changeMethod.kinds.length > 0 && {
      change_method: () => startMethod(null, false),
      void_and_bill_otherwise: () => startMethod(null, true),
      refund_and_bill_otherwise: () => startMethod(null, true),
    }),
    ...(changeMethod.kinds.includes('none') && {
      change_method_to_none: () => startMethod('none', true),
    }),
    ...(box.offered && { refund_and_buy_again: () => startStatus('cancelled', true) }),
    ...(order.openOperation?.state === 'review' && { answer_review: () => goTo('review') }),
    ...(sandboxConsole !== null && {
      check_at_gateway: () => window.open(sandboxConsole, '_blank', 'noreferrer'),
    }),
  };
}

/** Where a remedy leads: to a part of the page, or to the question that is asked before. */
function startsOf(order: OrderView, { show, edit, tickCancelBox, chooseMethod }: Moves) {
  function startEditing(): void {
    edit(true);
    goTo('amounts');
  }

  function startStatus(to: OrderStatus, cancel: boolean): void {
    tickCancelBox(cancel);
    show({ kind: 'status', to });
  }

  /** P1: to another method, with the box on where there is something to cancel. */
  function startMethod(kind: PaymentKind | null, cancel: boolean): void {
    chooseMethod({ kind, cancel: cancel && order.actions.changeMethod.cancelBox.offered });
    goTo('method');
  }
  return { startEditing, startStatus, startMethod };
}
