import type { ChangeStatus, OrderView, Remedy } from '@renkei/contract';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useSession } from '../../app/session.tsx';
import type { RemedyActions } from '../../ui/notice/problem.tsx';
import { focusBlock } from './focus-block.ts';
import type { MethodChoice, OpenedDialog } from './opened.ts';
import { remediesOf } from './remedies.ts';

/** The choices of a change of status, each off unless ticked (V6). */
type StatusOptions = Pick<ChangeStatus, 'revokePayments' | 'returnStock' | 'returnPoints' | 'mail'>;

/** The block where somebody has just done something; it shows the message. */
type DeskPlace = 'payment' | 'status' | 'amounts' | 'method' | 'panel' | 'shipping' | 'request';

export type Desk = {
  readonly open: OpenedDialog | null;
  readonly show: (opened: OpenedDialog) => void;
  readonly close: () => void;
  readonly editing: boolean;
  readonly edit: (editing: boolean) => void;
  /** The message at a block, after a command there. */
  readonly message: { readonly place: DeskPlace; readonly text: string } | null;
  readonly showMessage: (place: DeskPlace, text: string) => void;
  /** True if a link has led here to a remedy that the order does not offer now. */
  readonly isMissed: boolean;
  readonly miss: () => void;
  /** 「F-REGIの取引情報を取り消す」, as ticked on the page. */
  readonly cancelBox: boolean;
  readonly tickCancelBox: (on: boolean) => void;
  readonly options: StatusOptions;
  readonly choose: (options: StatusOptions) => void;
  readonly method: MethodChoice;
  readonly chooseMethod: (choice: MethodChoice) => void;
  readonly remedies: RemedyActions;
};

/** The state of one order's page, shared by its blocks and dialogs. */
export function useDesk(order: OrderView, refetch: () => void): Desk {
  const [open, show] = useState<OpenedDialog | null>(null);
  const [editing, edit] = useState(false);
  const [message, setMessage] = useState<Desk['message']>(null);
  const [isMissed, setMissed] = useState(false);
  const [cancelBox, tickCancelBox] = useState(false);
  const [options, choose] = useState<StatusOptions>({});
  const [method, chooseMethod] = useState<MethodChoice>({ kind: null, cancel: false });
  const navigate = useNavigate();
  const { me } = useSession();
  const remedies = remediesOf(order, me.links.sandboxConsole, {
    show,
    edit,
    tickCancelBox,
    chooseMethod,
    reload: refetch,
    openSettings: () => void navigate({ to: '/settings' }),
  });

  return {
    open,
    show,
    editing,
    edit,
    message,
    isMissed,
    miss: () => setMissed(true),
    cancelBox,
    tickCancelBox,
    remedies,
    options,
    choose,
    method,
    chooseMethod,
    close: () => show(null),
    showMessage: (place, text) => setMessage({ place, text }),
  };
}

/** Prefix of the hash of a link that opens a remedy at the order: #do-edit_amounts. */
export const DO = 'do-';

/** Follows the hash of a link to a block, or to a remedy, once the order is loaded. */
export function useHash({ remedies, miss }: Desk, hasItems: boolean): void {
  const first = useRef({ remedies, miss, hasItems });
  useEffect(() => {
    const hash = window.location.hash.slice(1);
    if (hash === '') return;
    if (!hash.startsWith(DO)) return focusBlock(hash);
    const offered = Object.entries(first.current.remedies);
    const remedy = offered.find(([id]) => hash === `${DO}${id}`)?.[1];
    if (remedy) return remedy.press();
    const isInHealth = first.current.hasItems && OF_A_DIFFERENCE.includes(hash.slice(DO.length));
    if (isInHealth) return focusBlock('health');
    first.current.miss();
    focusBlock('payment');
  }, []);
}

/** Remedies that an item of 要対応 offers, and not the order. */
const OF_A_DIFFERENCE: readonly string[] = [
  'relink',
  'cancel_stray',
  'revoke_payments',
] satisfies Remedy[];
