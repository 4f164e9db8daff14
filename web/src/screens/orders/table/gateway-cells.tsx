import { deadlineLevel, type OrderRow } from '@renkei/contract';
import { useTranslation } from 'react-i18next';
import { currentLocale } from '../../../locale/index.ts';
import {
  daysBetween,
  formatAge,
  formatDate,
  formatInstant,
  formatYen,
  jstDateOf,
} from '../../../ui/browser/format.ts';
import { OperationBadge, TransactionBadge } from '../../../ui/state/state-badges.tsx';
import { TONE } from '../../deadlines/levels.ts';
import classes from '../orders.module.css';

/** 請求金額; under it the amount that F-REGI holds, if a capture needs another amount. */
export function Billed(props: {
  readonly row: Pick<OrderRow, 'billed' | 'transaction' | 'amountDiffers'>;
}) {
  const { t } = useTranslation();
  const { billed, transaction, amountDiffers } = props.row;
  return (
    <>
      <span className="amount">{formatYen(billed)}</span>
      {amountDiffers && transaction && (
        <div className={classes.differs} data-tone="warn">
          {t('orders.amountDiffers', { authorized: formatYen(transaction.amount) })}
        </div>
      )}
    </>
  );
}

/** F-REGIステータス with its age, and the operation that is underway. */
export function GatewayState({ row, now }: { readonly row: OrderRow; readonly now: number }) {
  const { t } = useTranslation();
  const { transaction, openOperation } = row;
  if (transaction === null) return null;
  const { state, asOf } = transaction;
  const age = formatAge(asOf, now, currentLocale());
  return (
    <div className={classes.gateway}>
      <TransactionBadge state={state} />
      {openOperation && <OperationBadge state={openOperation.state} />}
      <span className={classes.age} title={formatInstant(asOf)}>
        {t('orders.asOf', { age })}
      </span>
    </div>
  );
}

/** 承認期限 with the days that are left. */
export function CaptureBy({ row }: { readonly row: Pick<OrderRow, 'transaction'> }) {
  const { t } = useTranslation();
  const captureBy = row.transaction?.captureBy;
  if (!captureBy) return null;
  const days = daysBetween(jstDateOf(new Date()), captureBy);
  const tone = TONE[deadlineLevel(days)];
  const left =
    days < 0
      ? t('orders.expired')
      : days === 0
        ? t('orders.lastDay')
        : t('orders.daysLeft', { count: days });
  return (
    <>
      {formatDate(captureBy)}
      <br />
      <span className={classes.left} data-tone={tone}>
        {left}
      </span>
    </>
  );
}
