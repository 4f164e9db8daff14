import { isLive, type OrderView } from '@renkei/contract';
import { useTranslation } from 'react-i18next';
import {
  daysBetween,
  formatDate,
  formatDifference,
  formatInstant,
  formatYen,
  jstDateOf,
} from '../../../ui/browser/format.ts';
import { GuardedButton } from '../../../ui/confirm/guarded-button.tsx';
import { Copyable } from '../../../ui/data/copy.tsx';
import { Facts, Section } from '../../../ui/data/section.tsx';
import { type NamedSum, Sums } from '../../../ui/data/sums.tsx';
import { Notice } from '../../../ui/notice/notice.tsx';
import { TransactionBadge } from '../../../ui/state/state-badges.tsx';
import { StateLegend } from '../../../ui/state/state-legend.tsx';
import { deniedTo } from '../command/denied-to.ts';
import { LookAgain } from '../operation/look-again.tsx';
import classes from '../order.module.css';
import { Settlements } from '../settle/settlements.tsx';
import type { Desk } from '../use-desk.ts';
import { Authorize } from './authorize.tsx';

/** 決済: the order's balance, its settlements outside F-REGI, and its numbers for a search. */
export function PaymentPanel({ order, desk }: { readonly order: OrderView; readonly desk: Desk }) {
  const { t } = useTranslation();
  const { transaction } = order;
  return (
    <Section title={t('order.panel.title')} id="panel">
      <div className="stack">
        <Amounts order={order} />
        {transaction === null ? (
          <p className="quiet">{t('order.panel.noTransaction')}</p>
        ) : (
          <>
            <TransactionFacts transaction={transaction} />
            <LookAgain order={order} />
          </>
        )}
        {desk.message?.place === 'panel' && (
          <Notice tone="good" role="status" title={desk.message.text} />
        )}
        <Settlements order={order} desk={desk} />
        <Authorize order={order} desk={desk} />
        <RemainingTransaction order={order} desk={desk} />
      </div>
    </Section>
  );
}

/**
 * V4, P2, U1: cancels the transaction at F-REGI alone. It stands as a warning where the order uses
 * the transaction no more; otherwise it stands folded, for a shop that will not charge the card.
 */
function RemainingTransaction({ order, desk }: { readonly order: OrderView; readonly desk: Desk }) {
  const { t } = useTranslation();
  if (order.actions.cancelTransaction.decision !== 'pursue') return null;
  const press = (
    <GuardedButton
      variant="default"
      size="compact-md"
      denied={deniedTo(order, 'cancelTransaction')}
      onClick={() => desk.show({ kind: 'remaining_transaction' })}
    >
      {t('desk.remaining.title')}
    </GuardedButton>
  );
  if (order.leftBehind) {
    return <Notice tone="warn" title={t('desk.remaining.lead')} actions={press} />;
  }
  return (
    <details className={classes.why}>
      <summary>{t('desk.remaining.instead')}</summary>
      <p>{t('desk.remaining.inUse')}</p>
      {press}
    </details>
  );
}

/** The billed, reserved, captured and refunded amounts, and the open amount: they add up (O2). */
function Amounts({ order }: { readonly order: OrderView }) {
  const { t } = useTranslation();
  const { billed, held, captured, refunded, receivedOtherwise, open } = order.balance;
  const yenOrNone = (amount: number) => (amount === 0 ? '—' : formatYen(amount));
  const sums: NamedSum[] = [
    { name: t('order.panel.billed'), value: formatYen(billed) },
    { name: t('order.panel.held'), value: yenOrNone(held) },
    { name: t('order.panel.captured'), value: yenOrNone(captured) },
  ];
  if (refunded > 0) sums.push({ name: t('order.panel.refunded'), value: formatYen(refunded) });
  if (receivedOtherwise !== 0) {
    const value = formatDifference(receivedOtherwise);
    sums.push({ name: t('order.panel.receivedOtherwise'), value });
  }
  sums.push({
    name: t(`order.panel.${open < 0 ? 'surplus' : 'open'}`),
    value: formatYen(Math.abs(open)),
    ...(open !== 0 && order.paidOn !== null && { tone: 'warn' }),
  });
  const seen = liveElsewhere(order);
  if (seen !== null) {
    sums.push({ name: t('order.panel.live'), value: formatYen(seen), tone: 'warn' });
  }
  return <Sums sums={sums} paired />;
}

/** The yen of the slip's live transaction at F-REGI, if the order is not linked to it (A2, A3). */
function liveElsewhere({ health, transaction }: OrderView): number | null {
  const own = health.items.flatMap(({ theirs, differs }) =>
    differs.includes('seqno') ? theirs : [],
  );
  const live = own.find(({ seqno, state }) => seqno !== transaction?.seqno && isLive(state));
  return live?.amount ?? null;
}

function TransactionFacts(props: { readonly transaction: NonNullable<OrderView['transaction']> }) {
  const { t } = useTranslation();
  const { transaction } = props;
  const { state, authCode, seqno, slipId, authorizedAt, captureBy, authentication } = transaction;
  const copyable = (text: string | null, label: string) =>
    text === null || text === '' ? null : <Copyable text={text} label={label} />;
  const facts = [
    [
      t('order.panel.status'),
      <span key="state" className="wrap">
        <TransactionBadge state={state} />
        <StateLegend state={state} />
      </span>,
    ],
    [t('order.panel.authCode'), copyable(authCode, t('order.panel.authCode'))],
    [t('order.panel.seqno'), copyable(seqno, t('order.panel.seqno'))],
    [t('order.panel.slipId'), copyable(slipId, t('order.panel.slipId'))],
    [t('order.panel.authorizedAt'), authorizedAt && formatInstant(authorizedAt)],
    [
      t('order.panel.authentication'),
      seqno && (
        <span key="authentication">
          {t(`words.authentication.${authentication}`)}
          {t('common.aside', { text: t(`order.panel.borneBy.${authentication}`) })}
        </span>
      ),
    ],
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
      {formatDate(captureBy)}
      {t('common.aside', { text: left })}
    </>
  );
}
