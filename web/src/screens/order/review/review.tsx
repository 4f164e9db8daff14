import type { ReviewGuide } from '@renkei/contract';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { reviewQuery } from '../../../api/reviews.ts';
import { useSession } from '../../../app/session.tsx';
import { formatInstant, formatYen } from '../../../ui/browser/format.ts';
import { Copyable } from '../../../ui/data/copy.tsx';
import { Loading } from '../../../ui/notice/loading.tsx';
import { ReadFailure } from '../../../ui/notice/problem.tsx';
import classes from '../order.module.css';
import type { ReviewProps } from './props.ts';
import { ReviewForm } from './review-form.tsx';
import { Declined, Waiting } from './second-person.tsx';

/**
 * 要確認: only a person can tell the outcome of a call. Shows the call, where to look, and the
 * possible findings. An unexpected amount needs two people who find the same.
 */
export function Review(props: ReviewProps) {
  const { operation } = props;
  const { t } = useTranslation();
  const { shop } = useSession();
  const { data: guide, error, refetch } = useQuery(reviewQuery(shop.id, operation.id));
  if (guide === undefined) {
    if (error === null) return <Loading rows={4} />;
    return <ReadFailure error={error} title={t('common.broken')} onRetry={() => void refetch()} />;
  }
  const { waiting } = guide;
  return (
    <div className="stack">
      <p>
        {t('desk.review.asked', {
          at: formatInstant(guide.sentAt),
          verb: t(`words.verb.${guide.verb}`),
          yen: formatYen(guide.askedAmount),
        })}
      </p>
      <Steps guide={guide} />
      <Declined guide={guide} />
      {waiting !== null && <Waiting {...props} waiting={waiting} />}
      {waiting === null ? (
        <ReviewForm {...props} guide={guide} />
      ) : (
        <details className={classes.why}>
          <summary>{t('desk.review.otherwise')}</summary>
          <ReviewForm {...props} guide={guide} />
        </details>
      )}
    </div>
  );
}

/** Where to look at F-REGI's console, and for what. */
function Steps({ guide }: { readonly guide: ReviewGuide }) {
  const { t } = useTranslation();
  const { me } = useSession();
  const { slipId, seqno, choices, before } = guide;
  const console = me.links.sandboxConsole;
  const makesNew = choices.some(({ newTransaction }) => newTransaction);
  return (
    <ol className={classes.steps}>
      <li>
        {console === null ? (
          t('desk.review.open')
        ) : (
          <a href={console} target="_blank" rel="noreferrer">
            {t('desk.review.open')}
          </a>
        )}
      </li>
      <li>
        {t('desk.review.search')} <Copyable text={slipId} label={t('order.panel.slipId')} />
      </li>
      {seqno !== null && (
        <li>
          {t('desk.review.find')} <Copyable text={seqno} label={t('order.panel.seqno')} />{' '}
          {t('desk.review.before', {
            state: t(`words.transaction.${before.state}`),
            yen: formatYen(before.amount),
          })}
        </li>
      )}
      {makesNew && (
        <li>
          {t(seqno === null ? 'desk.review.findFirst' : 'desk.review.findNew', {
            yen: formatYen(guide.askedAmount),
          })}
        </li>
      )}
      <li>{t('desk.review.enter')}</li>
    </ol>
  );
}
