import { TextInput } from '@mantine/core';
import type { SubscriptionList } from '@renkei/contract';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ordersQuery } from '../../api/queries.ts';
import { SUBSCRIPTIONS_PAGE, subscriptionsQuery } from '../../api/subscriptions.ts';
import { useSession } from '../../app/session.tsx';
import { isComposing } from '../../ui/browser/keyboard.ts';
import { useTitle } from '../../ui/browser/title.ts';
import { PageHead } from '../../ui/data/section.tsx';
import { Empty } from '../../ui/notice/empty.tsx';
import { Loading } from '../../ui/notice/loading.tsx';
import { ReadFailure } from '../../ui/notice/problem.tsx';
import { Chip } from '../../ui/state/chip.tsx';
import { Tabs } from '../orders/tabs.tsx';
import { Job } from './job.tsx';
import { type SubscriptionsSearch, wishOf } from './search.ts';
import { SubscriptionTable } from './subscription-table.tsx';
import classes from './subscriptions.module.css';

const route = getRouteApi('/inside/subscriptions');

/** 定期・頒布会申込: the applications that deliveries, and so orders, come from (B4). */
export function SubscriptionsScreen() {
  const { t } = useTranslation();
  const { shop } = useSession();
  const search = route.useSearch();
  const list = useQuery(subscriptionsQuery(shop.id, wishOf(search)));
  const { data: orders } = useQuery(ordersQuery(shop.id, { tab: 'all', limit: 1 }));
  const { data, error } = list;
  useTitle(t('subscriptions.title'));
  return (
    <>
      <PageHead title={t('orders.title')} />
      <div className="stack">
        <Tabs current="subscription" counts={orders?.tabs} />
        <div className={classes.lead}>
          <p className="quiet">
            {t('subscriptions.lead')}{' '}
            <Link to="/orders" search={{ types: 'subscription,club' }}>
              {t('subscriptions.ordersOf')}
            </Link>
          </p>
          {data && <Job job={data.job} />}
        </div>
        <Filters counts={data?.counts} />
        {list.isPending && <Loading rows={8} />}
        {error && !data && (
          <ReadFailure
            error={error}
            title={t('subscriptions.failed')}
            onRetry={() => void list.refetch()}
          />
        )}
        {data?.items.length === 0 && <Nothing counts={data.counts} />}
        {data && data.items.length > 0 && <SubscriptionTable items={data.items} />}
        {data && <Pages items={data.items} />}
      </div>
    </>
  );
}

const SHOWN = ['active', 'cancelled', 'finished'] as const;

function Filters({ counts }: { readonly counts: SubscriptionList['counts'] | undefined }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { show, q } = route.useSearch();
  const open = (search: SubscriptionsSearch) =>
    void navigate({ to: '/subscriptions', search: { q, ...search } });
  const counted = (name: string, count: number | undefined) =>
    count === undefined ? name : t('subscriptions.counted', { name, count });
  return (
    <div className={classes.filters}>
      {/* biome-ignore lint/a11y/useSemanticElements: a legend would repeat the name. */}
      <div role="group" aria-label={t('subscriptions.filter')} className="wrap">
        {SHOWN.map((status) => (
          <Chip
            key={status}
            on={(show ?? 'active') === status}
            onClick={() => open({ show: status === 'active' ? undefined : status })}
          >
            {counted(t(`subscriptions.status.${status}`), counts?.[status])}
          </Chip>
        ))}
        <Chip on={show === 'held'} onClick={() => open({ show: 'held' })}>
          {counted(t('subscriptions.held'), counts?.held)}
        </Chip>
        <Chip on={show === 'overdue'} onClick={() => open({ show: 'overdue' })}>
          {counted(t('subscriptions.overdue.filter'), counts?.overdue)}
        </Chip>
        <Chip on={show === 'all'} onClick={() => open({ show: 'all' })}>
          {t('subscriptions.status.all')}
        </Chip>
      </div>
      <Search key={q} text={q ?? ''} onSearch={(text) => open({ show, q: text || undefined })} />
    </div>
  );
}

function Search(props: { readonly text: string; readonly onSearch: (text: string) => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState(props.text);
  useEffect(() => setText(props.text), [props.text]);
  return (
    <TextInput
      type="search"
      aria-label={t('subscriptions.search')}
      placeholder={t('subscriptions.search')}
      value={text}
      maxLength={100}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={() => text.trim() !== props.text && props.onSearch(text.trim())}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && !isComposing(event.nativeEvent)) props.onSearch(text.trim());
      }}
    />
  );
}

function Nothing({ counts }: Pick<SubscriptionList, 'counts'>) {
  const { t } = useTranslation();
  const { active, cancelled, finished } = counts;
  if (active + cancelled + finished === 0) {
    return <Empty icon="calendar" title={t('subscriptions.emptyAll')} />;
  }
  return (
    <Empty icon="search" title={t('subscriptions.empty')}>
      <Link to="/subscriptions" search={{ show: 'all' }}>
        {t('subscriptions.showAll')}
      </Link>
    </Empty>
  );
}

function Pages({ items }: Pick<SubscriptionList, 'items'>) {
  const { t } = useTranslation();
  const search = route.useSearch();
  const last = items.at(-1);
  const hasNext = items.length === SUBSCRIPTIONS_PAGE && last !== undefined;
  if (!hasNext && search.after === undefined) return null;
  return (
    <nav aria-label={t('subscriptions.pages')} className="wrap">
      {search.after !== undefined && (
        <Link to="/subscriptions" search={{ ...search, after: undefined }}>
          {t('subscriptions.first')}
        </Link>
      )}
      {hasNext && (
        <Link to="/subscriptions" search={{ ...search, after: last.code }}>
          {t('subscriptions.next')}
        </Link>
      )}
    </nav>
  );
}
