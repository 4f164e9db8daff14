import { useQuery } from '@tanstack/react-query';
import { Link, useRouterState } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { attentionCountsQuery, openOf } from '../api/attention.ts';
import { Icon } from '../ui/icons.tsx';
import classes from './frame.module.css';
import { useSession } from './session.tsx';

/** The places of the navigation; the daily lists are one press away. */
export function Navigation() {
  const { t } = useTranslation();
  const { path, tab } = useRouterState({
    select: ({ location }) => ({
      path: location.pathname,
      tab: location.pathname === '/orders' ? (location.search.tab ?? 'all') : null,
    }),
    structuralSharing: true,
  });
  const isAt = (start: string) => path === start || path.startsWith(`${start}/`);
  return (
    <>
      <Place to="/" current={path === '/'}>
        <Icon name="home" />
        {t('frame.home')}
      </Place>
      <OrderPlaces path={path} tab={tab} isAt={isAt} />
      <Place to="/deadlines" current={isAt('/deadlines')}>
        <Icon name="clock" />
        {t('frame.deadlines')}
      </Place>
      <AttentionPlace current={isAt('/attention')} />
      <Place to="/runs" current={isAt('/runs')}>
        <Icon name="layers" />
        {t('frame.runs')}
      </Place>
      <RecordPlaces isAt={isAt} />
    </>
  );
}

type IsAt = { readonly isAt: (start: string) => boolean };

/** 受注, and the lists of every day under it. */
function OrderPlaces(props: IsAt & { readonly path: string; readonly tab: string | null }) {
  const { path, tab, isAt } = props;
  const { t } = useTranslation();
  return (
    <>
      <Place to="/orders" current={tab === 'all' || path.startsWith('/orders/')}>
        <Icon name="list" />
        {t('frame.orders')}
      </Place>
      <Place to="/orders" tab="unpaid" current={tab === 'unpaid'}>
        {t('frame.unpaid')}
      </Place>
      <Place to="/orders" tab="unshipped" current={tab === 'unshipped'}>
        {t('frame.unshipped')}
      </Place>
      <Place to="/pre-orders" nested current={isAt('/pre-orders') || tab === 'preorder'}>
        {t('frame.preorders')}
      </Place>
      <Place to="/subscriptions" nested current={isAt('/subscriptions')}>
        {t('frame.subscriptions')}
      </Place>
    </>
  );
}

/** The books, what comes in and goes out, and the settings. */
function RecordPlaces({ isAt }: IsAt) {
  const { t } = useTranslation();
  return (
    <>
      <Place to="/reconciliation" current={isAt('/reconciliation')}>
        <Icon name="equal" />
        {t('frame.reconciliation')}
      </Place>
      <Place to="/activity" current={isAt('/activity')}>
        <Icon name="book" />
        {t('frame.activity')}
      </Place>
      <Place to="/imports" current={isAt('/imports')}>
        <Icon name="upload" />
        {t('frame.imports')}
      </Place>
      <Place to="/mails" current={isAt('/mails')}>
        <Icon name="mail" />
        {t('frame.mails')}
      </Place>
      <Place to="/settings" current={isAt('/settings')}>
        <Icon name="gear" />
        {t('frame.settings')}
      </Place>
    </>
  );
}

/** 要対応 with its count. Reads in the background; shows no count if the reading fails. */
function AttentionPlace({ current }: { readonly current: boolean }) {
  const { t } = useTranslation();
  const { shop } = useSession();
  const { data } = useQuery(attentionCountsQuery(shop.id));
  const open = data === undefined ? 0 : openOf(data.counts, data.overdueDeliveries).count;
  return (
    <Place to="/attention" current={current}>
      <Icon name="warning" />
      {t('frame.attention')}
      {data !== undefined && open > 0 && (
        <span className={classes.count} data-tone={data.counts.byUrgency.now > 0 ? 'bad' : 'warn'}>
          <span aria-hidden="true">{open.toLocaleString()}</span>
          <span className="spoken">{t('frame.attentionOpen', { count: open })}</span>
        </span>
      )}
    </Place>
  );
}

/** Several places share the beginning of a URL: this file decides which place is current. */
const EXACT = { exact: true } as const;

function Place(props: {
  readonly to:
    | '/'
    | '/orders'
    | '/pre-orders'
    | '/subscriptions'
    | '/deadlines'
    | '/reconciliation'
    | '/activity'
    | '/mails'
    | '/attention'
    | '/runs'
    | '/imports'
    | '/settings';
  readonly tab?: 'unpaid' | 'unshipped';
  /** True for a list of 受注, which stands under it. */
  readonly nested?: boolean;
  readonly current: boolean;
  readonly children: ReactNode;
}) {
  const { to, tab, current, children } = props;
  const nested = tab !== undefined || props.nested ? ` ${classes.nested}` : '';
  return (
    <Link
      to={to}
      search={tab === undefined ? {} : { tab }}
      activeOptions={EXACT}
      className={`${classes.nav}${nested}`}
      aria-current={current ? 'page' : undefined}
    >
      {children}
    </Link>
  );
}
