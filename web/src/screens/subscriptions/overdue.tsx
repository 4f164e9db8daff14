import type { OverduePreview, SettleOverdue, SubscriptionView } from '@renkei/contract';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { overduePreviewQuery } from '../../api/subscriptions.ts';
import { useSession } from '../../app/session.tsx';
import { formatDate, formatYen } from '../../ui/browser/format.ts';
import { Dialog } from '../../ui/confirm/dialog.tsx';
import { GuardedButton } from '../../ui/confirm/guarded-button.tsx';
import { Loading } from '../../ui/notice/loading.tsx';
import { Notice } from '../../ui/notice/notice.tsx';
import { ReadFailure } from '../../ui/notice/problem.tsx';
import { type DialogProps, Outcome } from './dialogs.tsx';
import { useAct } from './use-act.ts';

/** The operator's answer to the overdue deliveries. */
export type OverdueChoice = SettleOverdue['answer'];
const ANSWERS = ['make_one', 'make_all', 'skip'] as const satisfies readonly OverdueChoice[];

/** The deliveries that no job makes any more, their sum, and the possible answers (B4). */
export function Overdue(props: {
  readonly application: SubscriptionView;
  readonly onOpen: (answer: OverdueChoice) => void;
}) {
  const { application, onOpen } = props;
  const { t } = useTranslation();
  const { denied } = useSession();
  const { overdue, billed } = application;
  if (overdue === null) return null;
  const { count, amount, first, last, canMakeAll } = overdue;
  const why = denied('answer_overdue_delivery');
  const offered = ANSWERS.filter((answer) => answer !== 'make_all' || (canMakeAll && count > 1));
  return (
    <Notice
      tone="warn"
      title={t('subscriptions.overdue.title', { count, amount: formatYen(amount) })}
      actions={offered.map((answer) => (
        <GuardedButton key={answer} variant="default" denied={why} onClick={() => onOpen(answer)}>
          {t(`subscriptions.overdue.press.${answer}`, { count })}
        </GuardedButton>
      ))}
    >
      <p>
        {t('subscriptions.overdue.which', {
          from: formatDate(first.deliverOn),
          to: formatDate(last.deliverOn),
          each: formatYen(billed),
          count,
        })}
      </p>
      <p>{t('subscriptions.overdue.why')}</p>
      {!canMakeAll && <p>{t('subscriptions.overdue.tooMany')}</p>}
    </Notice>
  );
}

/** A preview of one answer: the orders that it makes, their sum, and the next delivery. */
export function OverdueDialog(props: DialogProps & { readonly answer: OverdueChoice }) {
  const { application, answer, onClose, onDone } = props;
  const { t } = useTranslation();
  const { shop } = useSession();
  const [seen] = useState(application);
  const [count] = useState(application.overdue?.count ?? 0);
  const { data, error, refetch } = useQuery(overduePreviewQuery(shop.id, application, answer));
  const body = { answer, count };
  const command = useAct(application, { kind: 'overdue', body }, () =>
    onDone(t(`subscriptions.overdue.done.${answer}`, { count })),
  );
  const isAnswered = command.progress.kind === 'refused';
  return (
    <Dialog
      title={t(`subscriptions.overdue.ask.${answer}`, { count })}
      confirm={t(`subscriptions.overdue.press.${answer}`, { count })}
      busy={command.progress.kind === 'sending'}
      blocked={data === undefined}
      onClose={onClose}
      onConfirm={() => void command.press()}
    >
      {data === undefined && error === null && <Loading rows={3} />}
      {data === undefined && error !== null && !isAnswered && (
        <ReadFailure
          error={error}
          title={t('subscriptions.overdue.notPreviewed')}
          onRetry={() => void refetch()}
        />
      )}
      {data && <Previewed application={application} previewed={data} />}
      <Outcome command={command} seen={seen} />
    </Dialog>
  );
}

function Previewed(props: {
  readonly application: SubscriptionView;
  readonly previewed: OverduePreview;
}) {
  const { customerId, liability } = props.application;
  const { made, skipped, amount, next } = props.previewed;
  const { t } = useTranslation();
  const names = (deliveries: OverduePreview['made']) => {
    const from = String(deliveries[0]?.n ?? '');
    const to = String(deliveries.at(-1)?.n ?? '');
    return from === to
      ? t('subscriptions.nth', { n: from })
      : t('subscriptions.overdue.range', { from, to });
  };
  return (
    <>
      {made.length > 0 && (
        <p>
          <strong>
            {t('subscriptions.overdue.made', {
              count: made.length,
              which: names(made),
              amount: formatYen(amount),
            })}
          </strong>
        </p>
      )}
      {made.length > 0 && customerId !== null && (
        <p>{t('subscriptions.overdue.authorized', { card: customerId })}</p>
      )}
      {made.length > 0 && liability && <p>{t(`words.liability.${liability}`)}</p>}
      {made.length === 0 && (
        <p>
          <strong>{t('subscriptions.overdue.noOrder')}</strong>
        </p>
      )}
      {skipped.length > 0 && (
        <p>
          {t('subscriptions.overdue.skipped', { count: skipped.length, which: names(skipped) })}
        </p>
      )}
      <p className="quiet">
        {next === null
          ? t('subscriptions.overdue.ends')
          : t('subscriptions.overdue.next', {
              n: String(next.n),
              on: formatDate(next.deliverOn),
              orderOn: formatDate(next.orderOn),
            })}
      </p>
    </>
  );
}
