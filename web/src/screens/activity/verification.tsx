import { Button } from '@mantine/core';
import type { Audit } from '@renkei/backoffice/contract';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { verifyRecords } from '../../api/activity.ts';
import { useSession } from '../../app/session.tsx';
import { formatInstant } from '../../ui/format.ts';
import { Notice } from '../../ui/notice.tsx';
import { ReadFailure } from '../../ui/problem.tsx';
import classes from './activity.module.css';

/** Reads all of the shop's records again, and says what that has shown; nothing is changed by it. */
export function Verification() {
  const { t } = useTranslation();
  const { shop } = useSession();
  const verification = useMutation({ mutationFn: () => verifyRecords(shop.id) });
  const { data, error, isPending } = verification;
  const verify = () => verification.mutate();
  return (
    <section className="stack" aria-label={t('activity.verify.title')}>
      <div className="wrap">
        <Button variant="default" loading={isPending} onClick={verify}>
          {t('activity.verify.button')}
        </Button>
        <span className="quiet" role="status">
          {isPending ? t('activity.verify.underway') : t('activity.verify.lead')}
        </span>
      </div>
      {error && <ReadFailure error={error} title={t('activity.verify.failed')} onRetry={verify} />}
      {data && !isPending && <Result audit={data} />}
    </section>
  );
}

function Result({ audit }: { readonly audit: Audit }) {
  const { t } = useTranslation();
  const { orders, entries, logged, seals, head, outside, wrong, tookMs } = audit;
  const seconds = (tookMs / 1000).toFixed(1);
  return (
    <Notice
      tone={wrong === null ? 'good' : 'bad'}
      role={wrong === null ? 'status' : 'alert'}
      title={wrong === null ? t('activity.verify.right') : t('activity.verify.wrong', { wrong })}
    >
      {wrong !== null && <p>{t('activity.verify.remedy')}</p>}
      <dl className={classes.facts}>
        <dt>{t('activity.verify.read')}</dt>
        <dd>{t('activity.verify.counts', { orders, entries, logged, seals, seconds })}</dd>
        <dt>{t('activity.verify.head')}</dt>
        <dd>
          {head === null ? (
            t('activity.verify.noHead')
          ) : (
            <>
              {t('activity.verify.seal', { n: head.n, at: formatInstant(head.at) })}{' '}
              <code>{head.hash}</code>
            </>
          )}
        </dd>
        <dt>{t('activity.verify.outside')}</dt>
        <dd>
          {outside === null
            ? t('activity.verify.noOutside')
            : t('activity.verify.seal', { n: outside.n, at: formatInstant(outside.at) })}
        </dd>
      </dl>
    </Notice>
  );
}
