import type { DeadlineList } from '@renkei/contract';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { formatDate, formatInstant, formatYen } from '../../ui/browser/format.ts';
import table from '../../ui/data/table.module.css';
import { Table } from '../../ui/data/table.tsx';
import { Badge } from '../../ui/state/badge.tsx';
import { StatusBadge } from '../../ui/state/state-badges.tsx';
import { TONE } from './levels.ts';

type DeadlineRow = DeadlineList['items'][number];

const COLUMNS = [
  'captureBy',
  'orderNumber',
  'customer',
  'status',
  'billed',
  'authorized',
  'authorizedAt',
] as const;

/** Each order with the days that its authorization has left; the order's page captures it. */
export function DeadlineTable({ items }: { readonly items: readonly DeadlineRow[] }) {
  const { t } = useTranslation();
  return (
    <Table
      caption={t('deadlines.caption')}
      head={
        <tr>
          {COLUMNS.map((name) => (
            <th
              key={name}
              scope="col"
              className={name === 'billed' || name === 'authorized' ? table.number : undefined}
            >
              {t(`deadlines.columns.${name}`)}
            </th>
          ))}
        </tr>
      }
    >
      {items.map((row) => (
        <tr key={row.orderNumber}>
          <td className={table.nowrap}>
            {formatDate(row.captureBy)} <Left row={row} />
          </td>
          <th scope="row" className={table.nowrap}>
            <Link
              to="/orders/$orderNumber"
              params={{ orderNumber: row.orderNumber }}
              hash="payment"
              preload={false}
            >
              {row.orderNumber}
            </Link>
          </th>
          <td>{row.customerName}</td>
          <td>
            <StatusBadge status={row.status} />
          </td>
          <td className={table.number}>{formatYen(row.billed)}</td>
          <td className={table.number}>{formatYen(row.authorized)}</td>
          <td className={table.nowrap}>{formatInstant(row.authorizedAt)}</td>
        </tr>
      ))}
    </Table>
  );
}

function Left({ row: { daysLeft, level } }: { readonly row: DeadlineRow }) {
  const { t } = useTranslation();
  const text =
    daysLeft < 0
      ? t('orders.expired')
      : daysLeft === 0
        ? t('orders.lastDay')
        : t('orders.daysLeft', { count: daysLeft });
  return <Badge tone={TONE[level]}>{text}</Badge>;
}
