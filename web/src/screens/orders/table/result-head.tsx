import { NativeSelect } from '@mantine/core';
import type { OrderList } from '@renkei/contract';
import { useNavigate, useRouterState } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { LinkTag } from '../../../app/link-tag.tsx';
import { formatYen } from '../../../ui/browser/format.ts';
import classes from '../orders.module.css';
import { type OrdersSearch, PAGE_SIZES } from '../search.ts';

/** 200件中1-2件表示, and 総合計金額 with 請求金額合計 of the whole result. */
export function ResultHead(props: { readonly list: OrderList; readonly search: OrdersSearch }) {
  const { list, search } = props;
  const { t } = useTranslation();
  const navigate = useNavigate();
  const trail = useRouterState({ select: ({ location }) => location.state.trail });
  const limit = search.limit ?? PAGE_SIZES[0];
  const before = search.cursor === undefined ? 0 : trail && trail.length * limit;
  const { count, items } = list;
  const shown =
    before === undefined || items.length === 0
      ? t('orders.found', { count })
      : t('orders.showing', { count, from: before + 1, to: before + items.length });
  const totals = { total: formatYen(list.total), billed: formatYen(list.billed) };
  return (
    <>
      <NativeSelect
        size="xs"
        aria-label={t('orders.perPage')}
        value={String(limit)}
        onChange={(event) => {
          const wanted = Number(event.currentTarget.value);
          const changed = wanted === PAGE_SIZES[0] ? undefined : wanted;
          void navigate({
            to: '/orders',
            search: { ...search, limit: changed, cursor: undefined },
          });
        }}
        data={PAGE_SIZES.map((size) => ({
          value: String(size),
          label: t('orders.rows', { count: size }),
        }))}
      />
      <span role="status">{shown}</span>
      {search.tab === 'unpaid' && <LinkTag />}
      <strong className={classes.totals}>{t('orders.totals', totals)}</strong>
    </>
  );
}
