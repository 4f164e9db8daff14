import type { SubscriptionList } from '@renkei/contract';
import { useTranslation } from 'react-i18next';
import { currentLocale } from '../../locale/index.ts';
import { formatAge, formatInstant } from '../../ui/browser/format.ts';
import { Icon } from '../../ui/icons.tsx';
import { Notice } from '../../ui/notice/notice.tsx';
import classes from './subscriptions.module.css';

/** The job that creates the orders: its last run, and its last orders here. */
export function Job({ job }: Pick<SubscriptionList, 'job'>) {
  const { t } = useTranslation();
  const { lookedAt, failedAt, madeAt } = job;
  const age = lookedAt === null ? '' : formatAge(lookedAt, Date.now(), currentLocale());
  return (
    <>
      <p className={classes.job}>
        <Icon name="clock" size={14} />
        <span>
          {t('subscriptions.job.title')}
          {lookedAt === null
            ? t('subscriptions.job.never')
            : t('subscriptions.job.looked', { at: formatInstant(lookedAt), age })}
          {'　'}
          {madeAt === null
            ? t('subscriptions.job.madeNever')
            : t('subscriptions.job.made', { at: formatInstant(madeAt) })}
        </span>
      </p>
      {failedAt !== null && (
        <Notice tone="warn">
          {t('subscriptions.job.failed', { at: formatInstant(failedAt) })}
        </Notice>
      )}
    </>
  );
}
