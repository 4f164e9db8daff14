import type { SubscriptionView } from '@renkei/contract';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { formatDate, formatYen } from '../../ui/browser/format.ts';
import table from '../../ui/data/table.module.css';
import { Table } from '../../ui/data/table.tsx';
import { Badge } from '../../ui/state/badge.tsx';
import classes from './subscriptions.module.css';
import { DeliveryLine, SubscriptionBadge, useCycleText } from './words.tsx';

const COLUMNS = [
  'code',
  'type',
  'customer',
  'cycle',
  'next',
  'status',
  'payment',
  'billed',
  'last',
] as const;

/** Each application with its next and its last delivery. */
export function SubscriptionTable({ items }: { readonly items: readonly SubscriptionView[] }) {
  const { t } = useTranslation();
  return (
    <Table
      caption={t('subscriptions.caption')}
      head={
        <tr>
          {COLUMNS.map((name) => (
            <th key={name} scope="col" className={name === 'billed' ? table.number : undefined}>
              {t(`subscriptions.columns.${name}`)}
            </th>
          ))}
        </tr>
      }
    >
      {items.map((item) => (
        <Row key={item.code} item={item} />
      ))}
    </Table>
  );
}

function Row({ item }: { readonly item: SubscriptionView }) {
  const { t } = useTranslation();
  const cycleText = useCycleText();
  const [next] = item.upcoming;
  return (
    <tr>
      <th scope="row" className={table.nowrap}>
        <Link to="/subscriptions/$code" params={{ code: item.code }}>
          {item.code}
        </Link>
      </th>
      <td className={table.nowrap}>{t(`subscriptions.type.${item.type}`)}</td>
      <td>{item.customerName}</td>
      <td className={table.nowrap}>{cycleText(item.cycle)}</td>
      <td className={table.nowrap}>
        {item.overdue !== null && (
          <div>
            <Badge tone="warn" icon="warning">
              {t('subscriptions.overdue.badge', { count: item.overdue.count })}
            </Badge>{' '}
            {formatYen(item.overdue.amount)}
          </div>
        )}
        {next === undefined ? '—' : formatDate(next.deliverOn)}
        {next !== undefined && (
          <div className={table.muted}>
            {t('subscriptions.orderOn', { on: formatDate(next.orderOn) })}
          </div>
        )}
      </td>
      <td>
        <SubscriptionBadge status={item.status} />
      </td>
      <td>
        {item.paymentMethod}
        {item.customerId !== null && <div className={table.muted}>{item.customerId}</div>}
      </td>
      <td className={table.number}>{formatYen(item.billed)}</td>
      <td>
        {item.history.length === 0 && t('common.none')}
        <ul className={classes.last}>
          {item.history.map((delivery) => (
            <li key={delivery.n}>
              <DeliveryLine delivery={delivery} />
            </li>
          ))}
        </ul>
      </td>
    </tr>
  );
}
