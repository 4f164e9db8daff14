import type { DeliveryView, SubscriptionView } from '@renkei/contract';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Badge, type BadgeLook } from '../../ui/state/badge.tsx';
import { StatusBadge } from '../../ui/state/state-badges.tsx';

const STATUS: Record<SubscriptionView['status'], BadgeLook> = {
  active: { tone: 'good', icon: 'check' },
  cancelled: { tone: 'quiet', icon: 'cross' },
  finished: { tone: 'quiet', icon: 'stop' },
};

export function SubscriptionBadge({ status }: Pick<SubscriptionView, 'status'>) {
  const { t } = useTranslation();
  return <Badge {...STATUS[status]}>{t(`subscriptions.status.${status}`)}</Badge>;
}

/** お届けサイクル in words: 2週間ごと. */
export function useCycleText(): (cycle: SubscriptionView['cycle']) => string {
  const { t } = useTranslation();
  return ({ every, unit }) => t(`subscriptions.cycle.${unit}`, { count: every });
}

/** 第3回, or 第3回（全6回） if the application has an end. */
export function useNth(all: number | null): (n: number) => string {
  const { t } = useTranslation();
  return (n) =>
    all === null
      ? t('subscriptions.nth', { n: String(n) })
      : t('subscriptions.nthOf', { n: String(n), all: String(all) });
}

/** True if the card of a delivery's order failed, so that the order waits in 保留 (B4). */
export function isDeclined({ order }: DeliveryView): boolean {
  return order?.status === 'on_hold' && order.transactionState === 'authorization_failed';
}

/** A delivery in one line: its number, its order with its state; or お休み. */
export function DeliveryLine({ delivery }: { readonly delivery: DeliveryView }) {
  const { t } = useTranslation();
  const { n, orderNumber, order } = delivery;
  const nth = t('subscriptions.nth', { n: String(n) });
  if (orderNumber === null || order === null) {
    return (
      <>
        {nth}{' '}
        <Badge tone="quiet" kind="plain" icon="pause">
          {t('subscriptions.skipped')}
        </Badge>
      </>
    );
  }
  return (
    <>
      {nth}{' '}
      <Link to="/orders/$orderNumber" params={{ orderNumber }} preload={false}>
        {orderNumber}
      </Link>{' '}
      <StatusBadge status={order.status} />
    </>
  );
}
