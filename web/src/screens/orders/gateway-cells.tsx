import type { OrderRow } from '@renkei/backoffice/contract';
import { useTranslation } from 'react-i18next';
import { currentLocale } from '../../locale/index.ts';
import {
  daysBetween,
  formatAge,
  formatDate,
  formatInstant,
  formatYen,
  jstDateOf,
} from '../../ui/format.ts';
import { OperationBadge, TransactionBadge } from '../../ui/state-badges.tsx';
import classes from './orders.module.css';

/** F-REGIステータス with its age, what differs from the bill, and what is underway. */
export function GatewayState({ row, now }: { readonly row: OrderRow; readonly now: number }) {
  const { t } = useTranslation();
  const { transaction, openOperation, billed } = row;
  if (transaction === null) return null;
  const { state, asOf, amount } = transaction;
  const age = formatAge(asOf, now, currentLocale());
  const differs = state === 'authorized' && amount !== billed;
  return (
    <div className={classes.gateway}>
      <TransactionBadge state={state} />
      {openOperation && <OperationBadge state={openOperation.state} />}
      <span className={classes.age} title={formatInstant(asOf)}>
        {t('orders.asOf', { age })}
      </span>
      {differs && (
        <span className={classes.differs}>
          {t('orders.amountDiffers', {
            authorized: formatYen(amount),
            billed: formatYen(billed),
          })}
        </span>
      )}
    </div>
  );
}

const SOON_DAYS = 14;
const URGENT_DAYS = 3;

/** 承認期限 with the days that are left of it. */
export function CaptureBy({ row }: { readonly row: Pick<OrderRow, 'transaction'> }) {
  const { t } = useTranslation();
  const captureBy = row.transaction?.captureBy;
  if (!captureBy) return null;
  const days = daysBetween(jstDateOf(new Date()), captureBy);
  const tone = days <= URGENT_DAYS ? 'bad' : days <= SOON_DAYS ? 'warn' : 'quiet';
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
