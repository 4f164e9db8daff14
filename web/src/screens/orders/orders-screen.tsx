import type { OrderList } from '@renkei/contract';
import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { ordersQuery } from '../../api/queries.ts';
import { rememberList } from '../../app/last-list.ts';
import { useSession } from '../../app/session.tsx';
import { formatInstant } from '../../ui/browser/format.ts';
import { useTitle } from '../../ui/browser/title.ts';
import { PageHead } from '../../ui/data/section.tsx';
import { Loading } from '../../ui/notice/loading.tsx';
import { Notice } from '../../ui/notice/notice.tsx';
import { ReadFailure } from '../../ui/notice/problem.tsx';
import { ListTools } from '../views/list-tools.tsx';
import { Filters } from './filters.tsx';
import classes from './orders.module.css';
import { Pager } from './pager.tsx';
import { orderTabOf, wishOf } from './search.ts';
import { BulkBar } from './select/bulk-bar.tsx';
import { PLANS_OF } from './select/plans.ts';
import { useDialogs } from './select/use-dialogs.tsx';
import { useSelection } from './select/use-selection.ts';
import { EmptyList } from './table/empty-list.tsx';
import { ResultHead } from './table/result-head.tsx';
import { Rows } from './table/rows.tsx';
import { Tabs } from './tabs.tsx';
import { rowInFocus, useListKeys } from './use-list-keys.ts';

const route = getRouteApi('/inside/orders');

/** 受注管理: every order of a tab, filtered by the URL; and the bulk commands. */
export function OrdersScreen() {
  const search = route.useSearch();
  const tab = orderTabOf(search);
  const { shop } = useSession();
  const { t } = useTranslation();
  const wish = wishOf(search);
  const list = useQuery(ordersQuery(shop.id, wish));
  const selection = useSelection(shop.id, wish);
  const dialogs = useDialogs(selection);
  const { data } = list;
  useTitle(t(`words.tab.${tab}`));
  useEffect(() => rememberList(shop.id, search), [shop.id, search]);
  useListKeys({
    onSelect: (orderNumber) => selection.toggle(data?.items ?? [], orderNumber),
    onSelectAll: data ? () => selection.selectMore(data) : null,
    plans: PLANS_OF[tab],
    onPlan: (plan) => dialogs.openPlan(plan, rowInFocus()),
  });

  return (
    <>
      <PageHead title={t('orders.title')} />
      <div className="stack">
        <Tabs current={tab} counts={data?.tabs} />
        <Filters key={tab} search={search} />
        <div className={classes.head}>
          {data && <ResultHead list={data} search={search} />}
          <ListTools wish={wish} count={data?.count} />
        </div>
        {dialogs.said}
        <ListNotes list={list} />
        {list.isPending && <Loading rows={12} />}
        {data?.items.length === 0 && <EmptyList search={search} tabs={data.tabs} />}
        {data && data.items.length > 0 && (
          <Rows
            items={data.items}
            search={search}
            busy={list.isPlaceholderData}
            selection={selection}
            onShip={tab === 'unshipped' ? dialogs.openShip : null}
          />
        )}
        {data && <Pager search={search} nextCursor={data.nextCursor} />}
        {data && (
          <BulkBar
            tab={tab}
            list={data}
            selection={selection}
            onPlan={(plan) => dialogs.openPlan(plan, null)}
          />
        )}
      </div>
      {dialogs.shown}
    </>
  );
}

/** What is wrong with the list: it could not be read, is an old one, or lacks numbers asked for. */
function ListNotes({ list }: { readonly list: UseQueryResult<OrderList> }) {
  const { t } = useTranslation();
  const { data, error } = list;
  return (
    <>
      {error && data === undefined && (
        <ReadFailure error={error} title={t('orders.failed')} onRetry={() => void list.refetch()} />
      )}
      {error && data && (
        <Notice tone="warn" role="status">
          {t('orders.stale', { at: formatInstant(new Date(list.dataUpdatedAt).toISOString()) })}
        </Notice>
      )}
      {data && data.codesNotFound.length > 0 && (
        <Notice
          tone="warn"
          role="status"
          title={t('orders.codesNotFound', { count: data.codesNotFound.length })}
        >
          <p className={classes.codes}>{data.codesNotFound.join('　')}</p>
        </Notice>
      )}
    </>
  );
}
