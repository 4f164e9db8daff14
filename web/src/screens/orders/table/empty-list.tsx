import type { OrderList } from '@renkei/contract';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Empty } from '../../../ui/notice/empty.tsx';
import { isFiltered, type OrdersSearch } from '../search.ts';

/** An empty list, and why: the filter hides the orders, or the work is done. */
export function EmptyList(props: {
  readonly search: OrdersSearch;
  readonly tabs: OrderList['tabs'];
}) {
  const { search, tabs } = props;
  const { tab = 'all' } = search;
  const { t } = useTranslation();
  if (isFiltered(search)) {
    const here = tab === 'all' ? {} : { tab };
    return (
      <Empty icon="search" title={t('orders.emptyFilter')}>
        <Link to="/orders" search={here}>
          {t('orders.showAll')}
          {t('common.aside', { text: t('orders.rows', { count: tabs[tab] }) })}
        </Link>
      </Empty>
    );
  }
  const isWorkDone = tab === 'unpaid' && tabs.all > 0;
  return (
    <Empty icon="check" title={t(isWorkDone ? 'orders.emptyUnpaid' : 'orders.empty')}>
      {tabs.all === 0 && <Link to="/imports">{t('imports.title')}</Link>}
    </Empty>
  );
}
