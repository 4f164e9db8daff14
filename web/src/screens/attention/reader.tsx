import type { AttentionDetail } from '@renkei/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { attentionItemQuery } from '../../api/attention.ts';
import { useSession } from '../../app/session.tsx';
import { formatInstant, formatYen } from '../../ui/browser/format.ts';
import { Icon } from '../../ui/icons.tsx';
import { Loading } from '../../ui/notice/loading.tsx';
import { Notice } from '../../ui/notice/notice.tsx';
import { ReadFailure } from '../../ui/notice/problem.tsx';
import classes from './attention.module.css';
import { Comparison } from './item/comparison.tsx';
import { Done, howOf } from './item/done.tsx';
import { Handling } from './item/handling.tsx';
import { DaysLeft } from './item/item-line.tsx';
import { Log } from './item/log.tsx';
import { PaymentsComparison } from './item/payments-comparison.tsx';
import { Repairs } from './item/repairs.tsx';
import type { Carried } from './item/use-repair.ts';
import type { AttentionSearch } from './search.ts';

/** One item: both sides beside each other, why it matters, and its repairs. */
export function Reader(props: {
  readonly id: string;
  readonly search: AttentionSearch;
  readonly onNext: (() => void) | null;
}) {
  const { id, search, onNext } = props;
  const { t } = useTranslation();
  const { shop } = useSession();
  const { data, error, refetch } = useQuery(attentionItemQuery(shop.id, id));
  const { item: _, ...list } = search;
  const article = useRef<HTMLElement>(null);
  useEffect(() => {
    const top = article.current?.getBoundingClientRect().top ?? 0;
    if (top < 0) article.current?.scrollIntoView({ block: 'start' });
  }, []);
  return (
    <article ref={article} className={classes.reader} aria-label={t('attention.reading')}>
      <p className={classes.back}>
        <Link to="/attention" search={list}>
          <Icon name="back" size={14} />
          {t('attention.back')}
        </Link>
      </p>
      {data === undefined && error === null && <Loading rows={6} />}
      {data === undefined && error !== null && (
        <ReadFailure error={error} title={t('attention.failed')} onRetry={() => void refetch()} />
      )}
      {data && <Read item={data} onNext={onNext} />}
    </article>
  );
}

function Read(props: { readonly item: AttentionDetail; readonly onNext: (() => void) | null }) {
  const { item, onNext } = props;
  const { t } = useTranslation();
  const [carried, setCarried] = useState<Carried | null>(null);
  const { orderNumber, closed } = item;
  // The outcome of a repair comes first; repairs follow if something is left to decide.
  const underway =
    carried !== null && ['unknown', 'review'].includes(howOf(carried.operation.state));
  return (
    <div className="stack">
      <header className={classes.head}>
        <h2>
          {item.title} <span className="quiet">{item.code}</span>
        </h2>
        <span className={classes.headAmount}>{formatYen(item.amount)}</span>
        <p>
          {orderNumber === null ? (
            t('attention.noOrder')
          ) : (
            <Link to="/orders/$orderNumber" params={{ orderNumber }} className="mono">
              {orderNumber}
            </Link>
          )}{' '}
          {item.customerName} {closed === null && <DaysLeft item={item} />}
        </p>
      </header>
      {carried && <Done carried={carried} closed={closed !== null} onNext={onNext} />}
      {closed && carried === null && <Closed closed={closed} />}
      <p className={classes.why}>{item.why}</p>
      {item.redirects.length > 0 ? <PaymentsComparison item={item} /> : <Comparison item={item} />}
      {closed === null && !underway && <Repairs item={item} onCarried={setCarried} />}
      <Handling item={item} />
      <Log item={item} />
      <p className="quiet">{t('attention.found', { at: formatInstant(item.foundAt) })}</p>
    </div>
  );
}

function Closed({ closed }: { readonly closed: NonNullable<AttentionDetail['closed']> }) {
  const { t } = useTranslation();
  const { how, by, reason } = closed;
  const at = formatInstant(closed.at);
  const title =
    how === 'agreed'
      ? t('attention.handling.closedAgreed', { at })
      : t('attention.handling.closedBy', { by, at });
  return (
    <Notice tone="good" title={title}>
      {reason !== null && (
        <p>
          {t('attention.handling.reason')}: {reason}
        </p>
      )}
    </Notice>
  );
}
