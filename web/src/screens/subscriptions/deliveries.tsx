import type { SubscriptionView } from '@renkei/contract';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { formatDate, formatInstant, formatYen, jstDateOf } from '../../ui/browser/format.ts';
import table from '../../ui/data/table.module.css';
import { Table } from '../../ui/data/table.tsx';
import { Badge } from '../../ui/state/badge.tsx';
import { PaymentBadge, StatusBadge, TransactionBadge } from '../../ui/state/state-badges.tsx';
import { useNth } from './words.tsx';

/** The deliveries to come, if nobody changes the application. */
export function Upcoming(props: Pick<SubscriptionView, 'upcoming' | 'deliveries' | 'overdue'>) {
  const { upcoming, deliveries, overdue } = props;
  const { t } = useTranslation();
  const nth = useNth(deliveries);
  const today = jstDateOf(new Date());
  const due = overdue === null ? t('subscriptions.upcoming.due') : t('subscriptions.overdue.after');
  if (upcoming.length === 0) return <p className="quiet">{t('subscriptions.upcoming.none')}</p>;
  return (
    <Table
      caption={t('subscriptions.upcoming.caption')}
      head={
        <tr>
          <th scope="col">{t('subscriptions.upcoming.n')}</th>
          <th scope="col">{t('subscriptions.upcoming.deliverOn')}</th>
          <th scope="col">{t('subscriptions.upcoming.orderOn')}</th>
        </tr>
      }
    >
      {upcoming.map(({ n, deliverOn, orderOn }) => (
        <tr key={n}>
          <th scope="row">{nth(n)}</th>
          <td className={table.nowrap}>{formatDate(deliverOn)}</td>
          <td className={table.nowrap}>{orderOn <= today ? due : formatDate(orderOn)}</td>
        </tr>
      ))}
    </Table>
  );
}

/** The past deliveries and skips, each with its order and the order's state. */
export function History(props: Pick<SubscriptionView, 'history' | 'deliveries'>) {
  const { history, deliveries } = props;
  const { t } = useTranslation();
  if (history.length === 0) return <p className="quiet">{t('subscriptions.history.none')}</p>;
  return (
    <Table
      caption={t('subscriptions.history.caption')}
      head={
        <tr>
          <th scope="col">{t('subscriptions.upcoming.n')}</th>
          <th scope="col">{t('subscriptions.upcoming.deliverOn')}</th>
          <th scope="col">{t('subscriptions.history.order')}</th>
          <th scope="col">{t('subscriptions.history.state')}</th>
          <th scope="col">{t('subscriptions.history.fregi')}</th>
          <th scope="col">{t('subscriptions.history.payment')}</th>
          <th scope="col" className={table.number}>
            {t('subscriptions.columns.billed')}
          </th>
          <th scope="col">{t('subscriptions.history.at')}</th>
        </tr>
      }
    >
      {history.map((delivery) => (
        <Row key={delivery.n} delivery={delivery} deliveries={deliveries} />
      ))}
    </Table>
  );
}

function Row(props: {
  readonly delivery: SubscriptionView['history'][number];
  readonly deliveries: number | null;
}) {
  const { n, deliverOn, orderNumber, order, at } = props.delivery;
  const { t } = useTranslation();
  const nth = useNth(props.deliveries);
  return (
    <tr>
      <th scope="row" className={table.nowrap}>
        {nth(n)}
      </th>
      <td className={table.nowrap}>{formatDate(deliverOn)}</td>
      <td className={table.nowrap}>
        {orderNumber === null ? (
          t('common.none')
        ) : (
          <Link to="/orders/$orderNumber" params={{ orderNumber }} preload={false}>
            {orderNumber}
          </Link>
        )}
      </td>
      <td>
        {order === null ? (
          <Badge tone="quiet" icon="pause" kind="plain">
            {t('subscriptions.skipped')}
          </Badge>
        ) : (
          <StatusBadge status={order.status} />
        )}
      </td>
      <td>{order?.transactionState && <TransactionBadge state={order.transactionState} />}</td>
      <td>{order && <PaymentBadge paid={order.paidOn !== null} />}</td>
      <td className={table.number}>{order && formatYen(order.billed)}</td>
      <td className={table.nowrap}>{formatInstant(at)}</td>
    </tr>
  );
}
