import { Button } from '@mantine/core';
import type { OperationView, OrderView } from '@renkei/backoffice/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../api/command.ts';
import { checkOperation, orderQuery } from '../../api/queries.ts';
import { useSession } from '../../app/session.tsx';
import { formatClock, formatInstant, formatYen } from '../../ui/format.ts';
import { GuardedButton } from '../../ui/guarded-button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ProgressNotice } from '../../ui/problem.tsx';
import { Section } from '../../ui/section.tsx';
import classes from './order.module.css';
import { Review } from './review/review.tsx';
import { goTo } from './use-desk.ts';
import { Withdraw } from './withdraw.tsx';

type Props = { readonly order: OrderView; readonly operation: OperationView };

/**
 * What is underway at F-REGI. While the result is not known there is one button, 今すぐ照会, which
 * looks and never sends; a person is asked only where nothing else can tell.
 */
export function OpenOperation({ order, operation }: Props) {
  const { t } = useTranslation();
  const { state, goal, amount, nextAt, reason, steps } = operation;
  const what =
    goal && t('order.open.goal', { goal: t(`words.goal.${goal}`), yen: formatYen(amount) });
  const sentAt = steps.at(-1)?.sentAt;
  const place = useInView(state !== 'asking');
  if (operation.withdrawable) {
    return (
      <div className={classes.open}>
        <Notice
          tone="warn"
          role="status"
          title={`${t('order.open.waiting')}: ${what}`}
          actions={<Withdraw order={order} operation={operation} />}
        >
          <p>{reason?.cause}</p>
          <p>{reason?.remedy}</p>
        </Notice>
      </div>
    );
  }
  if (state === 'asking') {
    return (
      <div className={classes.open}>
        <Notice tone="going" role="status" title={`${t('order.open.asking')}: ${what}`}>
          <p>{t('order.open.askingHint')}</p>
        </Notice>
      </div>
    );
  }
  if (state === 'review') {
    return (
      <div className={classes.open} id="review" ref={place}>
        <Notice
          tone="bad"
          role="alert"
          title={`${t('order.open.review')}: ${what}`}
          actions={
            <Button size="compact-md" variant="default" onClick={() => goTo('review-form')}>
              {t('order.open.reviewTitle')}
            </Button>
          }
        >
          <p>{reason?.cause}</p>
          <p>{reason?.remedy}</p>
        </Notice>
        <Section title={t('order.open.reviewTitle')} id="review-form">
          <Review order={order} operation={operation} />
        </Section>
      </div>
    );
  }
  return (
    <div className={classes.open} ref={place}>
      <Notice
        tone="warn"
        role="status"
        title={`${t('order.open.unknown')}: ${what}`}
        actions={<CheckNow order={order} operation={operation} />}
      >
        <p>
          {t('order.open.unknownHint')}
          {nextAt !== null && `（${t('order.open.nextAt', { at: formatClock(nextAt) })}）`}
        </p>
        {reason && <p>{reason.cause}</p>}
        {sentAt && <p className="quiet">{formatInstant(sentAt)}</p>}
      </Notice>
    </div>
  );
}

/** Brings a place into view once it matters: whoever has pressed a button must not miss it. */
function useInView(matters: boolean) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (matters) place.current?.scrollIntoView({ block: 'center' });
  }, [matters]);
  return place;
}

function CheckNow({ order, operation }: Props) {
  const { t } = useTranslation();
  const { shop, denied } = useSession();
  const queries = useQueryClient();
  const [checked, setChecked] = useState(false);
  const reread = () =>
    queries.fetchQuery({ ...orderQuery(shop.id, order.orderNumber), staleTime: 0 });
  const command = useCommand({
    send: () => checkOperation(shop.id, operation.id),
    onDone() {
      setChecked(true);
      void reread().catch(() => {});
    },
    reread,
  });
  const { kind } = command.progress;
  return (
    <>
      <GuardedButton
        variant="default"
        size="compact-md"
        denied={denied('payments:capture')}
        loading={kind === 'sending'}
        onClick={() => void command.press()}
      >
        {t('order.open.check')}
      </GuardedButton>
      {checked && kind === 'idle' && <span role="status">{t('order.open.checked')}</span>}
      {kind === 'refused' && (
        <ProgressNotice progress={command.progress} onResend={() => void command.press()} />
      )}
      {(kind === 'lost' || kind === 'reread') && (
        <span role="status">{t('common.unreachable')}</span>
      )}
    </>
  );
}
