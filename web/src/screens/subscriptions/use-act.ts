import type { Problem, SubscriptionView } from '@renkei/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { keepAnswer, readAnew } from '../../api/cache.ts';
import { type CommandPress, useCommand } from '../../api/command.ts';
import {
  actOnSubscription,
  type SubscriptionAct,
  subscriptionQuery,
} from '../../api/subscriptions.ts';
import { useSession } from '../../app/session.tsx';
import { formatDate, formatYen } from '../../ui/browser/format.ts';
import type { Difference } from '../../ui/data/differences.tsx';
import { useCycleText } from './words.tsx';

/** An act on an application, for the version that the person sees. */
export function useAct(
  application: SubscriptionView,
  act: SubscriptionAct,
  onDone: () => void,
): CommandPress {
  const { shop } = useSession();
  const queries = useQueryClient();
  const query = subscriptionQuery(shop.id, application.code);
  return useCommand<SubscriptionView>({
    send: (key) => actOnSubscription(shop.id, application, act, key),
    onDone(changed) {
      keepAnswer(queries, query.queryKey, changed);
      void queries.invalidateQueries({ queryKey: ['subscriptions', shop.id] });
      onDone();
    },
    reread: () => readAnew(queries, query),
  });
}

type Compared = Pick<
  SubscriptionView,
  'status' | 'cycle' | 'nextDeliveryOn' | 'customerId' | 'billed' | 'details' | 'overdue'
>;

/** The differences between two states of an application, in words. */
export function useDifferences(): (before: Compared, after: Compared) => Difference[] {
  const { t } = useTranslation();
  const cycleText = useCycleText();
  const overdueText = ({ overdue }: Compared) =>
    t('subscriptions.overdue.badge', { count: overdue?.count ?? 0 });
  return (before, after) =>
    [
      {
        name: t('subscriptions.columns.status'),
        from: t(`subscriptions.status.${before.status}`),
        to: t(`subscriptions.status.${after.status}`),
      },
      {
        name: t('subscriptions.columns.next'),
        from: before.nextDeliveryOn === null ? '' : formatDate(before.nextDeliveryOn),
        to: after.nextDeliveryOn === null ? '' : formatDate(after.nextDeliveryOn),
      },
      {
        name: t('subscriptions.overdue.filter'),
        from: overdueText(before),
        to: overdueText(after),
      },
      {
        name: t('subscriptions.columns.cycle'),
        from: cycleText(before.cycle),
        to: cycleText(after.cycle),
      },
      {
        name: t('subscriptions.card'),
        from: before.customerId ?? '',
        to: after.customerId ?? '',
      },
      {
        name: t('subscriptions.products'),
        from: productsOf(before.details),
        to: productsOf(after.details),
      },
      {
        name: t('subscriptions.columns.billed'),
        from: formatYen(before.billed),
        to: formatYen(after.billed),
      },
    ].filter(({ from, to }) => from !== to);
}

function productsOf({ destinations }: SubscriptionView['details']): string {
  const lines = destinations.flatMap((destination) => destination.lines);
  return lines
    .map(({ name, variation, quantity }) => `${name} ${variation} × ${quantity}`)
    .join('、');
}

/** The application as it is now, if a problem says that somebody else has changed it. */
export function currentOf(problem: Problem): SubscriptionView | null {
  if (problem.code !== 'subscription_changed' || problem.current === undefined) return null;
  return problem.current as SubscriptionView; // The edge: the API's own view of it.
}
