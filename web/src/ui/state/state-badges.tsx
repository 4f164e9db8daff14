import type {
  OperationView,
  OrderStatus,
  Run,
  RunRowState,
  TransactionState,
} from '@renkei/contract';
import { useTranslation } from 'react-i18next';
import { Badge, type BadgeLook } from './badge.tsx';

const TRANSACTION: Record<TransactionState, BadgeLook> = {
  authorized: { tone: 'going', icon: 'lock' },
  voided: { tone: 'quiet', icon: 'undo' },
  authorization_failed: { tone: 'bad', icon: 'cross' },
  captured_untransmitted: { tone: 'good', icon: 'check' },
  captured_transmitted: { tone: 'good', icon: 'send' },
  refunded_untransmitted: { tone: 'quiet', icon: 'undo' },
  refunded_transmitted: { tone: 'quiet', icon: 'undo' },
  capture_failed: { tone: 'bad', icon: 'cross' },
  preorder_unauthorized: { tone: 'warn', icon: 'calendar' },
  validated_unauthorized: { tone: 'warn', icon: 'warning' },
};

const STATUS: Record<OrderStatus, BadgeLook> = {
  preorder: { tone: 'quiet', icon: 'calendar' },
  processing: { tone: 'going' }, // the usual state needs no mark
  on_hold: { tone: 'warn', icon: 'pause' },
  completed: { tone: 'good', icon: 'check' },
  cancelled: { tone: 'quiet', icon: 'cross' },
  returned: { tone: 'quiet', icon: 'undo' },
  uncollectible: { tone: 'bad', icon: 'warning' },
};

const OPERATION: Record<OperationView['state'], BadgeLook> = {
  asking: { tone: 'going', icon: 'send' },
  confirming: { tone: 'going', icon: 'clock' },
  unknown: { tone: 'warn', icon: 'question' },
  review: { tone: 'bad', icon: 'warning' },
  succeeded: { tone: 'good', icon: 'check' },
  declined: { tone: 'bad', icon: 'cross' },
  not_sent: { tone: 'quiet', icon: 'cross' },
};

const RUN: Record<Run['state'], BadgeLook> = {
  running: { tone: 'going', icon: 'send' },
  paused: { tone: 'warn', icon: 'pause' },
  stopped: { tone: 'quiet', icon: 'stop' },
  finished: { tone: 'good', icon: 'check' },
};

const RUN_ROW: Record<RunRowState, BadgeLook> = {
  waiting: { tone: 'quiet', icon: 'clock' },
  asking: { tone: 'going', icon: 'send' },
  succeeded: { tone: 'good', icon: 'check' },
  proposed: { tone: 'warn', icon: 'clock' },
  failed: { tone: 'bad', icon: 'cross' },
  unknown: { tone: 'warn', icon: 'question' },
  review: { tone: 'bad', icon: 'warning' },
  stopped: { tone: 'quiet', icon: 'stop' },
  excluded: { tone: 'quiet', icon: 'stop' },
};

/** F-REGIステータス, in the manual’s words. */
export function TransactionBadge({ state }: { readonly state: TransactionState }) {
  const { t } = useTranslation();
  return <Badge {...TRANSACTION[state]}>{t(`words.transaction.${state}`)}</Badge>;
}

export function StatusBadge({ status }: { readonly status: OrderStatus }) {
  const { t } = useTranslation();
  return (
    <Badge {...STATUS[status]} kind="plain">
      {t(`words.status.${status}`)}
    </Badge>
  );
}

export function PaymentBadge({ paid }: { readonly paid: boolean }) {
  const { t } = useTranslation();
  const look: BadgeLook = paid ? { tone: 'good', icon: 'check' } : { tone: 'warn', icon: 'yen' };
  return (
    <Badge {...look} kind="plain">
      {t(`words.payment.${paid ? 'paid' : 'unpaid'}`)}
    </Badge>
  );
}

export function ShippingBadge({ shipped }: { readonly shipped: boolean }) {
  const { t } = useTranslation();
  const look: BadgeLook = shipped
    ? { tone: 'good', icon: 'check' }
    : { tone: 'quiet', icon: 'box' };
  return (
    <Badge {...look} kind="plain">
      {t(`words.shipping.${shipped ? 'shipped' : 'unshipped'}`)}
    </Badge>
  );
}

/** キャンセル依頼: the customer asked for a cancellation, and nobody has handled it. */
export function CancelRequestBadge() {
  const { t } = useTranslation();
  return (
    <Badge tone="warn" icon="warning" kind="plain">
      {t('orders.cancelRequest')}
    </Badge>
  );
}

/** 送信中, 結果確認中, 要確認: Renkei’s own words, with a dashed outline. */
export function OperationBadge({ state }: { readonly state: OperationView['state'] }) {
  const { t } = useTranslation();
  return (
    <Badge {...OPERATION[state]} kind="own">
      {t(`words.operation.${state}`)}
    </Badge>
  );
}

export function RunBadge({ state }: { readonly state: Run['state'] }) {
  const { t } = useTranslation();
  return <Badge {...RUN[state]}>{t(`words.run.${state}`)}</Badge>;
}

export function RunRowBadge({ state }: { readonly state: RunRowState }) {
  const { t } = useTranslation();
  return <Badge {...RUN_ROW[state]}>{t(`words.runRow.${state}`)}</Badge>;
}
