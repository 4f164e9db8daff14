import type { RunRow } from '@renkei/contract';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Section } from '../../ui/data/section.tsx';
import table from '../../ui/data/table.module.css';
import { Table } from '../../ui/data/table.tsx';
import { RunRowBadge } from '../../ui/state/state-badges.tsx';
import { RemedyLinks } from './remedy-links.tsx';
import classes from './runs.module.css';

type States = readonly RunRow['state'][];
/** The rows that did not simply succeed; the orders that the run left out. */
export const FAILED: States = ['failed', 'unknown', 'review'];
export const EXCLUDED: States = ['excluded'];
const SHOWN_MAX = 200;

/** The rows that want somebody: the cause, the remedy, and the place of the remedy. */
export function RowsToMend(props: {
  readonly title: string;
  readonly rows: readonly RunRow[];
  readonly states: States;
}) {
  const { title, rows, states } = props;
  const { t } = useTranslation();
  const wanted = rows.filter(({ state }) => states.includes(state));
  if (wanted.length === 0) return null;
  return (
    <Section title={title}>
      <Table
        caption={title}
        head={
          <tr>
            <th scope="col">{t('orders.columns.orderNumber')}</th>
            <th scope="col">{t('run.columns.state')}</th>
            <th scope="col">{t('run.cause')}</th>
            <th scope="col">{t('run.remedy')}</th>
            <th scope="col">{t('run.action')}</th>
          </tr>
        }
      >
        {wanted.slice(0, SHOWN_MAX).map((row) => (
          <RowToMend key={row.orderNumber} row={row} />
        ))}
      </Table>
    </Section>
  );
}

function RowToMend({ row }: { readonly row: RunRow }) {
  const { t } = useTranslation();
  const { orderNumber, reason, line, operation } = row;
  const refusal = operation?.steps.findLast(({ state }) => state === 'refused');
  return (
    <tr>
      <th scope="row" className={table.nowrap}>
        {orderNumber}
        <br />
        <span className={table.muted}>{row.customerName}</span>
      </th>
      <td>
        <RunRowBadge state={row.state} />
      </td>
      <td className={classes.said}>
        {row.partly && <strong>{t('run.shippedAnyway')} </strong>}
        {reason?.cause}
        {line !== null && line !== reason?.cause && (
          <span className={table.muted} lang="ja">
            「{line}」{refusal?.code && <code>{refusal.code}</code>}
          </span>
        )}
      </td>
      <td className={classes.said}>{reason?.remedy}</td>
      <td>
        <RemedyLinks orderNumber={orderNumber} remedies={reason?.remedies ?? []} />
        {reason === null && (
          <Link to="/orders/$orderNumber" params={{ orderNumber }}>
            {t('common.details')}
          </Link>
        )}
      </td>
    </tr>
  );
}
