import type { Home } from '@renkei/contract';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { homeQuery } from '../../api/home.ts';
import { useSession } from '../../app/session.tsx';
import { formatInstant } from '../../ui/browser/format.ts';
import { useTitle } from '../../ui/browser/title.ts';
import { PageHead } from '../../ui/data/section.tsx';
import { Loading } from '../../ui/notice/loading.tsx';
import { Notice } from '../../ui/notice/notice.tsx';
import { ReadFailure } from '../../ui/notice/problem.tsx';
import { CapturesPerDay, Delays, GatewayTimes, Refusals } from './charts.tsx';
import classes from './home.module.css';
import { Work } from './work.tsx';

/** ホーム: first the work of today, each number leading to exactly those orders; then the trends. */
export function HomeScreen() {
  const { t } = useTranslation();
  const { shop } = useSession();
  const home = useQuery(homeQuery(shop.id));
  const { data, error } = home;
  useTitle(t('home.title'));
  return (
    <>
      <PageHead title={t('home.title')}>
        {data && <span className="quiet">{t('home.at', { at: formatInstant(data.at) })}</span>}
      </PageHead>
      {home.isPending && <Loading rows={8} />}
      {error && !data && (
        <ReadFailure error={error} title={t('home.failed')} onRetry={() => void home.refetch()} />
      )}
      {data && (
        <div className="stack">
          {error && (
            <Notice tone="warn" role="status">
              {t('orders.stale', { at: formatInstant(data.at) })}
            </Notice>
          )}
          <Work home={data} />
          <Charts home={data} />
        </div>
      )}
    </>
  );
}

function Charts({ home }: { readonly home: Home }) {
  return (
    <div className={classes.charts}>
      <div className={classes.wide}>
        <CapturesPerDay days={home.capturesPerDay} />
      </div>
      <Delays delays={home.captureDelays} />
      <Refusals refusals={home.refusals} />
      <div className={classes.wide}>
        <GatewayTimes times={home.gatewayTimes} />
      </div>
    </div>
  );
}
