import type { OrderStatus, OrderView, PaymentKind, Remedy } from '@renkei/contract';
import type { RemedyActions } from '../../ui/notice/problem.tsx';
import { focusBlock } from './focus-block.ts';
import type { MethodChoice, OpenedDialog } from './opened.ts';

/** The parts of the desk that a remedy sets in motion; none of them calls F-REGI. */
type Moves = {
  readonly show: (opened: OpenedDialog) => void;
  readonly edit: (editing: boolean) => void;
  readonly tickCancelBox: (on: boolean) => void;
  readonly chooseMethod: (choice: MethodChoice) => void;
  readonly reload: () => void;
  readonly openSettings: () => void;
};

/**
 * The remedies that an operator can press at the order for a reason: those that the server offers
 * now, each with the part of the page, or the question, that it opens.
 */
export function remediesOf(
  order: OrderView,
  sandboxConsole: string | null,
  moves: Moves,
): RemedyActions {
  const presses = pressesAt(order, sandboxConsole, moves);
  return Object.fromEntries(
    order.actions.remedies.map(({ id, denied }) => [
      id,
      { press: presses[id], denied: denied?.reason ?? null },
    ]),
  );
}

/** Every remedy has a press: a remedy without a press does not compile. */
function pressesAt(
  order: OrderView,
  sandboxConsole: string | null,
  moves: Moves,
): Record<Remedy, () => void> {
  const { show, reload, openSettings } = moves;
  const { startEditing, startStatus, startMethod } = startsOf(order, moves);
  const without = () => show({ kind: 'without_gateway' });
  const process = () => startStatus('processing', false);
  const billOtherwise = () => startMethod(null, true);
  return {
    reload,
    turn_link_on: openSettings,
    check_settings: openSettings,
    mark_paid: () => focusBlock('payment'),
    mark_paid_without_gateway: without,
    record_as_paid: without,
    capture_former_amount: () => show({ kind: 'former_amount' }),
    edit_amounts: startEditing,
    adopt_amount: startEditing,
    change_captured_amount: startEditing,
    process_order: process,
    reopen_order: process,
    refund_and_buy_again: () => startStatus('cancelled', true),
    unmark_paid: () => show({ kind: 'unmark' }),
    cancel_transaction: () => show({ kind: 'remaining_transaction' }),
    settle_otherwise: () => show({ kind: 'settle' }),
    change_method: () => startMethod(null, false),
    change_method_to_none: () => startMethod('none', true),
    void_and_bill_otherwise: billOtherwise,
    refund_and_bill_otherwise: billOtherwise,
    authorize: () => focusBlock('payment'),
    // These belong to a difference: 要対応 stands at the head of the page.
    capture: () => focusBlock('health'),
    relink: () => focusBlock('health'),
    cancel_stray: () => focusBlock('health'),
    revoke_payments: () => focusBlock('health'),
    try_again: () => focusBlock(PLACE_OF[order.operation?.goal ?? 'captured']),
    answer_review: () => focusBlock('review'),
    see_operation: () =>
      focusBlock(order.openOperation?.state === 'review' ? 'review' : 'operation'),
    confirm_file: () => focusBlock('health'),
    see_proposal: () => focusBlock('proposal'),
    ask_customer: () => focusBlock('mails'),
    refund_otherwise: () => focusBlock('mails'),
    look_again: () => focusBlock('panel'),
    check_at_gateway: () =>
      sandboxConsole === null
        ? focusBlock('panel')
        : void window.open(sandboxConsole, '_blank', 'noreferrer'),
  };
}

/** The block that repeats a failed operation, by its goal. */
const PLACE_OF = {
  captured: 'payment',
  authorized: 'payment',
  cancelled: 'status',
  adjusted: 'amounts',
} as const;

/** The place that a remedy leads to: a part of the page, or the question before the command. */
function startsOf(order: OrderView, { show, edit, tickCancelBox, chooseMethod }: Moves) {
  function startEditing(): void {
    edit(true);
    focusBlock('amounts');
  }

  function startStatus(to: OrderStatus, cancel: boolean): void {
    tickCancelBox(cancel);
    show({ kind: 'status', to });
  }

  /** P1: opens another method, with the box ticked if there is a transaction to cancel. */
  function startMethod(kind: PaymentKind | null, cancel: boolean): void {
    chooseMethod({ kind, cancel: cancel && order.actions.changeMethod.cancelBox.offered });
    focusBlock('method');
  }
  return { startEditing, startStatus, startMethod };
}
