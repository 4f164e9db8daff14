import type { OrderView } from '@renkei/backoffice/contract';
import { useTranslation } from 'react-i18next';
import { currentLocale } from '../../locale/index.ts';
import { Copyable } from '../../ui/copy.tsx';
import {
  daysBetween,
  formatAge,
  formatDate,
  formatDifference,
  formatInstant,
  formatYen,
  jstDateOf,
} from '../../ui/format.ts';
import { Facts, Section } from '../../ui/section.tsx';
import { TransactionBadge } from '../../ui/state-badges.tsx';
import classes from './order.module.css';

/** 決済: what is billed, what F-REGI holds, the difference, and the numbers to find it by. */
export function PaymentPanel({ order }: { readonly order: OrderView }) {
  const { t } = useTranslation();
  const { transaction } = order;
  return (
    <Section title={t('order.panel.title')}>
      <Sums order={order} />
      {transaction === null ? (
        <p className="quiet">{t('order.panel.noTransaction')}</p>
      ) : (
        <TransactionFacts transaction={transaction} />
      )}
    </Section>
  );
}

/** The three amounts side by side, as one compares them. */
function Sums({ order: { billed, transaction } }: { readonly order: OrderView }) {
  const { t } = useTranslation();
  return (
    <dl className={classes.sums}>
      <div>
        <dt>{t('order.panel.billed')}</dt>
        <dd>{formatYen(billed)}</dd>
      </div>
      {transaction && (
        <>
          <div>
            <dt>{t(`order.panel.${nameOfAmount(transaction.state)}`)}</dt>
            <dd>{formatYen(transaction.amount)}</dd>
          </div>
          <div>
            <dt>{t('order.panel.difference')}</dt>
            <dd>{formatDifference(billed - transaction.amount)}</dd>
          </div>
        </>
      )}
    </dl>
  );
}

/** What the amount at F-REGI is called in this state. */
function nameOfAmount(state: NonNullable<OrderView['transaction']>['state']) {
  if (state === 'authorized') return 'authorized';
  return state.startsWith('captured') ? 'captured' : 'amountAt';
}

function TransactionFacts(props: { readonly transaction: NonNullable<OrderView['transaction']> }) {
  const { t } = useTranslation();
  const { transaction } = props;
  const { state, asOf, authCode, seqno, slipId, authorizedAt, captureBy } = transaction;
  const age = t('orders.asOf', { age: formatAge(asOf, Date.now(), currentLocale()) });
  const copyable = (text: string | null, label: string) =>
    text === null || text === '' ? null : <Copyable text={text} label={label} />;
  const facts = [
    [
      t('order.panel.status'),
      <span key="state" className="wrap">
        <TransactionBadge state={state} />
        <span className="quiet" title={formatInstant(asOf)}>
          {age}
        </span>
      </span>,
    ],
    [t('order.panel.authCode'), copyable(authCode, t('order.panel.authCode'))],
    [t('order.panel.seqno'), copyable(seqno, t('order.panel.seqno'))],
    [t('order.panel.slipId'), copyable(slipId, t('order.panel.slipId'))],
    [t('order.panel.authorizedAt'), authorizedAt && formatInstant(authorizedAt)],
    [t('order.panel.captureBy'), captureBy && <Deadline key="by" captureBy={captureBy} />],
  ] as const;
  return <Facts facts={facts} />;
}

function Deadline({ captureBy }: { readonly captureBy: string }) {
  const { t } = useTranslation();
  const days = daysBetween(jstDateOf(new Date()), captureBy);
  const left =
    days < 0
      ? t('orders.expired')
      : days === 0
        ? t('orders.lastDay')
        : t('orders.daysLeft', { count: days });
  return (
    <>
      {formatDate(captureBy)}（{left}）
    </>
  );
}
