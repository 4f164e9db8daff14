import { Button } from '@mantine/core';
import type { OperationView, OrderView } from '@renkei/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { readAnew } from '../../../api/cache.ts';
import { useCommand } from '../../../api/command.ts';
import { checkOperation, orderQuery } from '../../../api/queries.ts';
import { useSession } from '../../../app/session.tsx';
import { formatClock, formatInstant, formatYen } from '../../../ui/browser/format.ts';
import { GuardedButton } from '../../../ui/confirm/guarded-button.tsx';
import { Section } from '../../../ui/data/section.tsx';
import { Notice } from '../../../ui/notice/notice.tsx';
import { ProgressNotice } from '../../../ui/notice/problem.tsx';
import { deniedTo } from '../command/denied-to.ts';
import { focusBlock } from '../focus-block.ts';
import classes from '../order.module.css';
import { Review } from '../review/review.tsx';
import type { Desk } from '../use-desk.ts';
import { Withdraw } from './withdraw.tsx';

type Props = { readonly order: OrderView; readonly operation: OperationView };
type DeskProps = Props & { readonly desk: Desk };

/**
 * The operation that is underway at F-REGI. While its result is unknown and F-REGI answers
 * inquiries, one button stands there: 今すぐ照会 looks and never sends. Renkei asks a person only if
 * nothing else can tell.
 */
export function OpenOperation({ order, operation, desk }: DeskProps) {
  const { t } = useTranslation();
  const { state, goal, amount } = operation;
  const what =
    goal && t('order.open.goal', { goal: t(`words.goal.${goal}`), yen: formatYen(amount) });
  const title = (name: 'waiting' | 'asking' | 'confirming' | 'review' | 'unknown') =>
    `${t(`order.open.${name}`)}: ${what}`;
  const place = useInView(state !== 'asking');
  return (
    <div className={classes.open} id={state === 'review' ? 'review' : 'operation'} ref={place}>
      {operation.withdrawable ? (
        <Waiting order={order} operation={operation} title={title('waiting')} />
      ) : state === 'asking' ? (
        <Notice tone="going" role="status" title={title('asking')}>
          <p>{t('order.open.askingHint')}</p>
        </Notice>
      ) : state === 'confirming' ? (
        <Confirming operation={operation} title={title('confirming')} />
      ) : state === 'review' ? (
        <InReview order={order} operation={operation} desk={desk} title={title('review')} />
      ) : (
        <Unknown order={order} operation={operation} title={title('unknown')} />
      )}
    </div>
  );
}

type ShownOperation = Props & { readonly title: string };

/** Renkei has sent nothing yet, and the operator can still withdraw it. */
function Waiting({ order, operation, title }: ShownOperation) {
  const { reason } = operation;
  return (
    <Notice
      tone="warn"
      role="status"
      title={title}
      actions={<Withdraw order={order} operation={operation} />}
    >
      <p>{reason?.cause}</p>
      <p>{reason?.remedy}</p>
    </Notice>
  );
}

/** F-REGI waits for the cardholder (Y2): until when, and what their browser said if it is back. */
function Confirming({ operation, title }: Omit<ShownOperation, 'order'>) {
  const { t } = useTranslation();
  const { reason, challenge, steps } = operation;
  const returned = steps.at(-1)?.code;
  return (
    <Notice tone="going" role="status" title={title}>
      <p>{reason?.cause}</p>
      <p>
        {reason?.remedy}
        {challenge &&
          t('common.aside', {
            text: t('order.open.until', { at: formatInstant(challenge.until) }),
          })}
      </p>
      {returned && <p className="quiet">{t('order.open.returned', { status: returned })}</p>}
    </Notice>
  );
}

/** Only a person can tell: right below, Renkei asks what F-REGI’s console shows. */
function InReview({ order, operation, desk, title }: ShownOperation & DeskProps) {
  const { t } = useTranslation();
  const { reason } = operation;
  function settled(): void {
    desk.showMessage('payment', t('desk.review.settled'));
    focusBlock('payment');
  }
  return (
    <>
      <Notice
        tone="bad"
        role="alert"
        title={title}
        actions={
          <Button size="compact-md" variant="default" onClick={() => focusBlock('review-form')}>
            {t('order.open.reviewTitle')}
          </Button>
        }
      >
        <p>{reason?.cause}</p>
        <p>{reason?.remedy}</p>
      </Notice>
      <Section title={t('order.open.reviewTitle')} id="review-form">
        <Review order={order} operation={operation} onSettled={settled} />
      </Section>
    </>
  );
}

/** 結果確認中: says how Renkei will know (M4). Where it looks, the button looks at once. */
function Unknown({ order, operation, title }: ShownOperation) {
  const { t } = useTranslation();
  const { nextAt, reason, steps } = operation;
  const { proof } = order;
  const sentAt = steps.at(-1)?.sentAt;
  return (
    <Notice
      tone="warn"
      role="status"
      title={title}
      // Before its time a repeat is never sent, and a person is not asked: a press would do nothing.
      actions={proof === 'inquiry' && <CheckNow order={order} operation={operation} />}
    >
      {proof && (
        <p>
          {t(`order.open.proof.${proof}`)}
          {nextAt !== null &&
            t('common.aside', {
              text: t(`order.open.nextAt.${proof}`, { at: formatClock(nextAt) }),
            })}
        </p>
      )}
      {reason && <p>{reason.cause}</p>}
      {sentAt && <p className="quiet">{formatInstant(sentAt)}</p>}
    </Notice>
  );
}

/** Scrolls a block into view once it matters: whoever pressed a button must not miss it. */
function useInView(matters: boolean) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (matters) place.current?.scrollIntoView({ block: 'center' });
  }, [matters]);
  return place;
}

function CheckNow({ order, operation }: Props) {
  const { t } = useTranslation();
  const { shop } = useSession();
  const queries = useQueryClient();
  const [checked, setChecked] = useState(false);
  const reread = () => readAnew(queries, orderQuery(shop.id, order.orderNumber));
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
        denied={deniedTo(order, 'checkOperation')}
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
