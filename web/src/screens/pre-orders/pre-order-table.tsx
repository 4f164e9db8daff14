import type { OrderRow } from '@renkei/contract';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { PreorderStage } from '../../api/pre-orders.ts';
import { formatInstant, formatYen } from '../../ui/browser/format.ts';
import { GuardedButton } from '../../ui/confirm/guarded-button.tsx';
import table from '../../ui/data/table.module.css';
import { Table } from '../../ui/data/table.tsx';
import { Badge } from '../../ui/state/badge.tsx';
import { OperationBadge, StatusBadge, TransactionBadge } from '../../ui/state/state-badges.tsx';

type Props = {
  readonly items: readonly OrderRow[];
  readonly stage: PreorderStage;
  /** Why this person may not authorize; null if they may. */
  readonly denied: string | null;
  /** Null if the list has no bulk command. */
  readonly ticked: ReadonlySet<string> | null;
  readonly onTick: (ticked: ReadonlySet<string>) => void;
  readonly onGo: (orderNumber: string) => void;
};

const COLUMNS = ['orderNumber', 'placedAt', 'customer', 'requested', 'billed', 'status'] as const;

/** Pre-orders with F-REGIステータス, the state of their card, and the next step. */
export function PreorderTable(props: Props) {
  const { items, stage, ticked, onTick } = props;
  const { t } = useTranslation();
  const all = ticked !== null && items.every(({ orderNumber }) => ticked.has(orderNumber));
  return (
    <Table
      caption={t('preorders.caption')}
      head={
        <tr>
          {ticked !== null && (
            <th scope="col">
              <input
                type="checkbox"
                className="row-check"
                aria-label={t('orders.columns.check')}
                checked={all}
                onChange={() =>
                  onTick(new Set(all ? [] : items.map(({ orderNumber }) => orderNumber)))
                }
              />
            </th>
          )}
          {COLUMNS.map((name) => (
            <th key={name} scope="col" className={name === 'billed' ? table.number : undefined}>
              {t(`orders.columns.${name}`)}
            </th>
          ))}
          <th scope="col">{t('preorders.columns.fregi')}</th>
          <th scope="col">{t('preorders.columns.card')}</th>
          {stage !== 'authorized' && <th scope="col">{t('preorders.columns.act')}</th>}
        </tr>
      }
    >
      {items.map((row) => (
        <Row key={row.orderNumber} row={row} {...props} />
      ))}
    </Table>
  );
}

function Row({ row, stage, denied, ticked, onTick, onGo }: Props & { readonly row: OrderRow }) {
  const { t } = useTranslation();
  const { orderNumber, openOperation } = row;

  function tick(): void {
    const next = new Set(ticked);
    if (!next.delete(orderNumber)) next.add(orderNumber);
    onTick(next);
  }

  return (
    <tr data-selected={ticked?.has(orderNumber) ? true : undefined}>
      {ticked !== null && (
        <td>
          <input
            type="checkbox"
            className="row-check"
            aria-label={t('orders.selectRow', { orderNumber })}
            checked={ticked.has(orderNumber)}
            onChange={tick}
          />
        </td>
      )}
      <th scope="row" className={table.nowrap}>
        <Link to="/orders/$orderNumber" params={{ orderNumber }} preload={false}>
          {orderNumber}
        </Link>
      </th>
      <td className={table.nowrap}>{formatInstant(row.placedAt)}</td>
      <td>{row.customerName}</td>
      <td className={table.nowrap}>{row.requestedDelivery || t('common.none')}</td>
      <td className={table.number}>{formatYen(row.billed)}</td>
      <td>
        <StatusBadge status={row.status} />
      </td>
      <td>
        <AtFregi row={row} />
      </td>
      <td className={table.nowrap}>
        <Card row={row} />
      </td>
      {stage !== 'authorized' && (
        <td>
          <GuardedButton
            size="compact-sm"
            variant="default"
            denied={denied ?? (openOperation ? t('order.open.unknown') : null)}
            onClick={() => onGo(orderNumber)}
          >
            {t(`preorders.one.${stage}`)}
            <span className="spoken">{t('preorders.of', { orderNumber })}</span>
          </GuardedButton>
        </td>
      )}
    </tr>
  );
}

/** F-REGIステータス, or the 決済方法 where F-REGI has nothing; and what goes on there. */
function AtFregi({ row }: { readonly row: OrderRow }) {
  const { transaction, openOperation, paymentMethod } = row;
  return (
    <>
      {transaction === null ? (
        <span className={table.muted}>{paymentMethod}</span>
      ) : (
        <TransactionBadge state={transaction.state} />
      )}
      {openOperation && <OperationBadge state={openOperation.state} />}
    </>
  );
}

/** B1: F-REGI keeps the card under a 顧客番号, or there is no card. */
function Card({ row: { transaction } }: { readonly row: OrderRow }) {
  const { t } = useTranslation();
  if (transaction === null) return t('preorders.noCard');
  if (transaction.customerId === null) {
    return (
      <Badge tone="warn" icon="warning" kind="plain">
        {t('preorders.unregistered')}
      </Badge>
    );
  }
  return (
    <>
      <Badge tone="good" icon="check" kind="plain">
        {t('preorders.registered')}
      </Badge>{' '}
      <span className={table.muted}>{transaction.customerId}</span>
    </>
  );
}
