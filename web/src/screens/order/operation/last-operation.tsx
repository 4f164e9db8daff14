import type { Goal, OrderView } from '@renkei/contract';
import { useTranslation } from 'react-i18next';
import { formatInstant, formatYen } from '../../../ui/browser/format.ts';
import { Notice } from '../../../ui/notice/notice.tsx';
import { Remedies, type RemedyActions } from '../../../ui/notice/problem.tsx';

/** The failure of the last operation: cause, remedy, and button. A newer operation replaces it. */
export function LastOperation(props: {
  readonly order: OrderView;
  readonly goals: readonly Goal[];
  readonly actions: RemedyActions;
}) {
  const { order, goals, actions } = props;
  const { t } = useTranslation();
  const { operation } = order;
  if (operation === null || operation.goal === null || !goals.includes(operation.goal)) return null;
  const { state, goal, amount, reason, line, endedAt } = operation;
  if (state !== 'declined' && state !== 'not_sent') return null;
  const what = t('order.open.goal', { goal: t(`words.goal.${goal}`), yen: formatYen(amount) });
  const how = t(`words.operation.${state}`);
  return (
    <Notice tone="bad" title={`${t('order.open.last')}: ${what} — ${how}`}>
      {endedAt !== null && <p className="quiet">{formatInstant(endedAt)}</p>}
      {line !== null && <p lang="ja">「{line}」</p>}
      {reason && (
        <>
          <p>{reason.cause}</p>
          <p>{reason.remedy}</p>
          <Remedies reason={reason} actions={actions} />
        </>
      )}
    </Notice>
  );
}
