import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Notice } from '../../../ui/notice/notice.tsx';
import type { Carried } from './use-repair.ts';

/** The outcome of a repair. It never calls an unknown outcome a failure. */
export function Done(props: {
  readonly carried: Carried;
  readonly closed: boolean;
  readonly onNext: (() => void) | null;
}) {
  const { carried, closed, onNext } = props;
  const { t } = useTranslation();
  const { operation } = carried;
  const isProposed = operation.reason?.code === 'second_person_awaited';
  const how = isProposed ? 'proposed' : closed ? 'agreed' : howOf(operation.state);
  const tone = {
    agreed: 'good',
    carried: 'good',
    proposed: 'warn',
    unknown: 'warn',
    review: 'warn',
    declined: 'bad',
  } as const;
  return (
    <Notice
      tone={tone[how]}
      role={how === 'declined' ? 'alert' : 'status'}
      title={t(`attention.done.${how}`)}
      actions={
        onNext && (
          <Button size="compact-md" onClick={onNext}>
            {t('attention.done.next')}
          </Button>
        )
      }
    >
      {operation.line !== null && <p lang="ja">「{operation.line}」</p>}
      {how === 'declined' && operation.reason && (
        <>
          <p>{operation.reason.cause}</p>
          <p>{operation.reason.remedy}</p>
        </>
      )}
    </Notice>
  );
}

export function howOf(
  state: Carried['operation']['state'],
): 'carried' | 'unknown' | 'review' | 'declined' {
  if (state === 'succeeded') return 'carried';
  if (state === 'review') return 'review';
  return state === 'declined' || state === 'not_sent' ? 'declined' : 'unknown';
}
