import type {
  ChangeStatus,
  OrderStatus,
  OrderView,
  PaymentKind,
} from '@renkei/backoffice/contract';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useSession } from '../../app/session.tsx';
import type { RemedyActions } from '../../ui/problem.tsx';

/** The confirmation that is open. */
type Opened =
  | { readonly kind: 'without' | 'former' }
  | { readonly kind: 'unmark' | 'left' }
  /** `choose`: what goes with it is asked in the dialog itself. */
  | { readonly kind: 'status'; readonly to: OrderStatus; readonly choose?: true }
  | { readonly kind: 'method'; readonly to: PaymentKind; readonly cancel: boolean };

/** What is asked at a change of status besides, each off unless ticked (V6). */
type StatusOptions = Pick<ChangeStatus, 'returnStock' | 'returnPoints' | 'mail'>;

/** 内容編集, as chosen on the page. */
type MethodChoice = { readonly kind: PaymentKind | null; readonly cancel: boolean };

/** Where something has just been done, so that it is said there. */
type Place = 'payment' | 'status' | 'amounts' | 'method' | 'panel' | 'shipping' | 'request';

export type Desk = {
  readonly open: Opened | null;
  readonly show: (opened: Opened) => void;
  readonly close: () => void;
  readonly editing: boolean;
  readonly edit: (editing: boolean) => void;
  /** What to say at a place, after something was done there. */
  readonly said: { readonly place: Place; readonly text: string } | null;
  readonly say: (place: Place, text: string) => void;
  /** 「F-REGIの取引情報を取り消す」, as ticked on the page. */
  readonly cancelBox: boolean;
  readonly tickCancelBox: (on: boolean) => void;
  readonly options: StatusOptions;
  readonly choose: (options: StatusOptions) => void;
  readonly method: MethodChoice;
  readonly chooseMethod: (choice: MethodChoice) => void;
  readonly remedies: RemedyActions;
};

/** What is going on at the page of one order, shared by its blocks and dialogs. */
export function useDesk(order: OrderView, refetch: () => void): Desk {
  const [open, show] = useState<Opened | null>(null);
  const [editing, edit] = useState(false);
  const [said, setSaid] = useState<Desk['said']>(null);
  const [cancelBox, tickCancelBox] = useState(false);
  const [options, choose] = useState<StatusOptions>({});
  const [method, chooseMethod] = useState<MethodChoice>({ kind: null, cancel: false });
  const navigate = useNavigate();
  const { me } = useSession();
  const { sandboxConsole } = me.links;
  const { editAmounts, changeCaptured, statusChanges, changeMethod } = order.actions;
  const { markPaidAsAuthorized, unmarkPaid, cancelTransaction, cancelBox: box } = order.actions;

  const remedies: RemedyActions = {
    reload: refetch,
    turn_link_on: () => void navigate({ to: '/settings' }),
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
    chooseMethod({ kind, cancel: cancel && changeMethod.cancelBox.offered });
    goTo('method');
  }

  return {
    ...{ open, show, editing, edit, said, cancelBox, tickCancelBox, remedies },
    ...{ options, choose, method, chooseMethod },
    close: () => show(null),
    say: (place, text) => setSaid({ place, text }),
  };
}

/** Brings a block into view and puts the focus on the first thing in it. */
export function goTo(id: string): void {
  requestAnimationFrame(() => {
    const block = document.getElementById(id);
    block?.scrollIntoView({ block: 'start' });
    block
      ?.querySelector<HTMLElement>('[data-first], input, select, button, a')
      ?.focus({ preventScroll: true });
  });
}

/** Begins the hash of a link that opens a remedy at the order: #do-edit_amounts. */
export const DO = 'do-';

/** A link to a block of the page, or to a remedy, finds it once the order has come. */
export function useHash({ remedies }: Desk): void {
  const first = useRef(remedies);
  useEffect(() => {
    const hash = window.location.hash.slice(1);
    if (hash === '') return;
    const remedy = Object.entries(first.current).find(([id]) => hash === `${DO}${id}`)?.[1];
    if (remedy) remedy();
    else goTo(hash.startsWith(DO) ? 'payment' : hash);
  }, []);
}
