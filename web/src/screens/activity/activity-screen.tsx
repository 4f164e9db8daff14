import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { activityQuery } from '../../api/activity.ts';
import { urlOf } from '../../api/client.ts';
import { useSession } from '../../app/session.tsx';
import { useTitle } from '../../ui/browser/title.ts';
import { Paged } from '../../ui/data/paged.tsx';
import { PageHead } from '../../ui/data/section.tsx';
import { Empty } from '../../ui/notice/empty.tsx';
import { Notice } from '../../ui/notice/notice.tsx';
import { Entries } from './entries.tsx';
import { Filters } from './filters.tsx';
import { Readers } from './readers.tsx';
import { Verification } from './verification.tsx';

const route = getRouteApi('/inside/activity');

/** 操作履歴: who did what, when, and F-REGI's answer. */
export function ActivityScreen() {
  const { t } = useTranslation();
  const { shop, denied } = useSession();
  const search = route.useSearch();
  const why = denied('read_activity');
  useTitle(t('activity.title'));
  return (
    <>
      <PageHead title={t('activity.title')}>
        {why === null && (
          <a
            href={urlOf('/v1/activity/csv', { shop: shop.id, query: { ...search, shop: shop.id } })}
            download
          >
            {t('activity.csv')}
          </a>
        )}
      </PageHead>
      {why !== null ? <Notice tone="warn" title={why} /> : <Shown />}
    </>
  );
}

function Shown() {
  const { t } = useTranslation();
  const { shop } = useSession();
  const { areas, actor, orderNumber, from, to } = route.useSearch();
  const wish = { areas, actor, orderNumber, from, to };
  const list = useInfiniteQuery(activityQuery(shop.id, wish));
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className="stack">
      <p className="quiet">{t('activity.lead')}</p>
      <Verification />
      <Filters search={wish} actors={list.data?.pages[0]?.actors ?? []} />
      <Paged list={list} rows={12} failed={t('activity.failed')} more={t('activity.more')}>
        {list.data && items.length === 0 && (
          <Empty icon="search" title={t('activity.empty')}>
            <Link to="/activity" search={{}}>
              {t('activity.clear')}
            </Link>
          </Empty>
        )}
        {items.length > 0 && <Entries items={items} />}
      </Paged>
      <Readers actors={list.data?.pages[0]?.actors ?? []} />
    </div>
  );
}
