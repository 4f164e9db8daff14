import type { ReconciliationDays } from '@renkei/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { reconciliationDaysQuery } from '../../api/reconciliation.ts';
import { useSession } from '../../app/session.tsx';
import { formatDate, formatYen } from '../../ui/browser/format.ts';
import { Section } from '../../ui/data/section.tsx';
import table from '../../ui/data/table.module.css';
import { Table } from '../../ui/data/table.tsx';
import { Loading } from '../../ui/notice/loading.tsx';
import { ReadFailure } from '../../ui/notice/problem.tsx';
import { Badge } from '../../ui/state/badge.tsx';

const HEADS = ['on', 'ours', 'theirs', 'differences', 'notLooked', 'state'] as const;

/** The days of the month at a glance, each leading to its own equation. */
export function Days({ month, day }: { readonly month: string; readonly day: string | undefined }) {
  const { t } = useTranslation();
  const { shop } = useSession();
  const { data, error, isPending, refetch } = useQuery(reconciliationDaysQuery(shop.id, month));
  return (
    <Section title={t('reconciliation.days.title')}>
      {isPending && <Loading rows={4} />}
      {error && !data && (
        <ReadFailure
          error={error}
          title={t('reconciliation.failed')}
          onRetry={() => void refetch()}
        />
      )}
      {data && (
        <Table
          caption={t('reconciliation.days.title')}
          dense
          head={
            <tr>
              {HEADS.map((name) => (
                <th
                  key={name}
                  scope="col"
                  className={name === 'on' || name === 'state' ? undefined : table.number}
                >
                  {t(`reconciliation.days.${name}`)}
                </th>
              ))}
            </tr>
          }
        >
          {data.days.map((each) => (
            <DayRow key={each.on} each={each} month={month} isChosen={each.on === day} />
          ))}
        </Table>
      )}
    </Section>
  );
}

function DayRow(props: {
  readonly each: ReconciliationDays['days'][number];
  readonly month: string;
  readonly isChosen: boolean;
}) {
  const { t } = useTranslation();
  const { month, isChosen } = props;
  const { on, ours, theirs, differences, notLooked, closed } = props.each;
  return (
    <tr data-selected={isChosen || undefined}>
      <th scope="row" className={table.nowrap}>
        <Link
          to="/reconciliation"
          search={{ month, day: on }}
          aria-current={isChosen ? 'date' : undefined}
        >
          {formatDate(on).slice(5)}
        </Link>
      </th>
      <td className={table.number}>{formatYen(ours)}</td>
      <td className={table.number}>{formatYen(theirs)}</td>
      <td className={table.number}>
        {differences === 0 ? '—' : <Badge tone="warn">{differences.toLocaleString()}</Badge>}
      </td>
      <td className={table.number}>{notLooked === 0 ? '—' : notLooked.toLocaleString()}</td>
      <td className={table.nowrap}>{closed ? t('reconciliation.days.closed') : ''}</td>
    </tr>
  );
}
