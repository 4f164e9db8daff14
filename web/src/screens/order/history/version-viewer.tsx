import type { OrderVersion, OrderView } from '@renkei/contract';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ask } from '../../../api/client.ts';
import { useSession } from '../../../app/session.tsx';
import { formatDate, formatInstant, formatYen } from '../../../ui/browser/format.ts';
import { Viewer } from '../../../ui/browser/viewer.tsx';
import { Facts } from '../../../ui/data/section.tsx';
import { Loading } from '../../../ui/notice/loading.tsx';
import { ReadFailure } from '../../../ui/notice/problem.tsx';
import { Changes } from '../command/changes.tsx';
import { CHARGES, DEDUCTIONS } from '../content/draft.ts';
import classes from '../order.module.css';
import { sentenceOf } from './timeline-sentence.ts';

type Props = {
  readonly order: OrderView;
  readonly version: number;
  readonly onClose: () => void;
};

/** この時点の受注内容: the order after an entry of its history, and the changes of that entry. */
export function VersionViewer({ order, version, onClose }: Props) {
  const { t } = useTranslation();
  const { shop } = useSession();
  const { data, error, refetch } = useQuery(versionQuery(shop.id, order.orderNumber, version));
  const entry = order.timeline.find((one) => one.version === version);
  return (
    <Viewer title={t('desk.version.title')} onClose={onClose}>
      {entry && (
        <p>
          {formatInstant(entry.at)}　{entry.actor}　<strong>{sentenceOf(entry, t)}</strong>
        </p>
      )}
      {error && (
        <ReadFailure error={error} title={t('common.broken')} onRetry={() => void refetch()} />
      )}
      {!data && !error && <Loading rows={6} />}
      {data && <Content version={data} />}
    </Viewer>
  );
}

/** A past version never changes: the query reads it once. */
function versionQuery(shop: string, orderNumber: string, version: number) {
  const path = `/v1/orders/${orderNumber}/versions/${version}`;
  return queryOptions({
    queryKey: ['order-version', shop, orderNumber, version],
    queryFn: ({ signal }) => ask<OrderVersion>('GET', path, { shop, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

function Content({ version: { order, changes } }: { readonly version: OrderVersion }) {
  const { t } = useTranslation();
  const { amounts, transaction, paidOn } = order;
  const parts = [...CHARGES, ...DEDUCTIONS].filter((part) => (amounts[part] ?? 0) !== 0);
  return (
    <>
      {changes.length > 0 && (
        <section>
          <h3 className={classes.nth}>{t('desk.version.changed')}</h3>
          <Changes changes={changes} />
        </section>
      )}
      <section>
        <h3 className={classes.nth}>{t('desk.version.after')}</h3>
        <Facts
          facts={[
            [t('order.status.title'), t(`words.status.${order.status}`)],
            [
              t('order.payment.state'),
              paidOn === null
                ? t('words.payment.unpaid')
                : `${t('words.payment.paid')} (${formatDate(paidOn)})`,
            ],
            [
              t('order.facts.method'),
              order.paymentMethod +
                t('common.bracketed', { text: t(`words.kind.${order.paymentKind}`) }),
            ],
            [t('order.amounts.items'), formatYen(amounts.items ?? 0)],
            ...parts.map(
              (part) => [t(`desk.amounts.${part}`), formatYen(amounts[part] ?? 0)] as const,
            ),
            [t('order.amounts.total'), formatYen(order.total)],
            [t('order.amounts.billed'), <strong key="billed">{formatYen(order.billed)}</strong>],
            [
              t('order.panel.status'),
              transaction &&
                `${t(`words.transaction.${transaction.state}`)}　${formatYen(transaction.amount)}`,
            ],
            [t('order.panel.seqno'), transaction?.seqno ?? null],
          ]}
        />
      </section>
    </>
  );
}
