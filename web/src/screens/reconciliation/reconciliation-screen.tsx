import { Button } from '@mantine/core';
import { BUCKETS, type Reconciliation } from '@renkei/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { urlOf } from '../../api/client.ts';
import { readForPaper, reconciliationQuery } from '../../api/reconciliation.ts';
import { useSession } from '../../app/session.tsx';
import { formatDate, jstDateOf } from '../../ui/browser/format.ts';
import { useTitle } from '../../ui/browser/title.ts';
import { PageHead } from '../../ui/data/section.tsx';
import { Icon } from '../../ui/icons.tsx';
import { Loading } from '../../ui/notice/loading.tsx';
import { ReadFailure } from '../../ui/notice/problem.tsx';
import { BalanceBlock } from './balance.tsx';
import { Closing } from './closing.tsx';
import { ConsoleCsv } from './console-csv.tsx';
import { Days } from './days.tsx';
import { EquationBlock } from './equation.tsx';
import { LINES_PER_PAGE, Lines } from './lines.tsx';
import { Paper } from './paper.tsx';
import classes from './reconciliation.module.css';
import { monthAway } from './search.ts';

const route = getRouteApi('/inside/reconciliation');

/** 照合: our captures and refunds beside F-REGI’s, every yen explained, by day and by month. */
export function ReconciliationScreen() {
  const search = route.useSearch();
  const { month = jstDateOf(new Date()).slice(0, 7), day, bucket } = search;
  const { t } = useTranslation();
  const { shop } = useSession();
  const offset = Number(search.offset ?? 0);
  const period = day === undefined ? { month } : { day };
  const report = useQuery(
    reconciliationQuery(shop.id, {
      ...period,
      buckets: bucket,
      offset,
      limit: LINES_PER_PAGE,
    }),
  );
  const { data, error } = report;
  const paper = useMutation({
    mutationFn: () => readForPaper(shop.id, { ...period, buckets: BUCKETS.join(',') }),
  });
  useTitle(t('reconciliation.title'));
  return (
    <>
      {paper.data && <Paper report={paper.data} onPrinted={paper.reset} />}
      <div className={paper.data && 'screen-only'}>
        <PageHead title={t('reconciliation.title')}>
          <Period month={month} day={day} />
          {data && (
            <Output report={data} onPrint={() => paper.mutate()} printing={paper.isPending} />
          )}
        </PageHead>
        {paper.error && (
          <ReadFailure
            error={paper.error}
            title={t('reconciliation.output.printFailed')}
            onRetry={() => paper.mutate()}
          />
        )}
        {report.isPending && <Loading rows={8} />}
        {error && !data && (
          <ReadFailure
            error={error}
            title={t('reconciliation.failed')}
            onRetry={() => void report.refetch()}
          />
        )}
        {data && (
          <div className={classes.columns} aria-busy={report.isPlaceholderData}>
            <Report report={data} month={month} search={search} offset={offset} />
          </div>
        )}
      </div>
    </>
  );
}

/** The sums with the lines behind them; beside these the closing, the days and F-REGI’s CSV. */
function Report(props: {
  readonly report: Reconciliation;
  readonly month: string;
  readonly search: ReturnType<typeof route.useSearch>;
  readonly offset: number;
}) {
  const { report, month, search, offset } = props;
  return (
    <>
      <div className="stack">
        <EquationBlock report={report} />
        <BalanceBlock balance={report.balance} />
        <Lines report={report} search={search} offset={offset} />
      </div>
      <div className="stack">
        <Closing report={report} />
        <Days month={month} day={search.day} />
        <div className="screen-only">
          <ConsoleCsv report={report} />
        </div>
      </div>
    </>
  );
}

/** The month with its neighbours; or a day, with the way back to its month. */
function Period({ month, day }: { readonly month: string; readonly day: string | undefined }) {
  const { t } = useTranslation();
  return (
    <nav className={classes.period} aria-label={t('reconciliation.month')}>
      <Link to="/reconciliation" search={{ month: monthAway(month, -1) }}>
        <Icon name="back" size={14} />
        {t('reconciliation.previous')}
      </Link>
      <strong>{formatDate(day ?? month)}</strong>
      <Link to="/reconciliation" search={{ month: monthAway(month, 1) }}>
        {t('reconciliation.next')}
      </Link>
      {day !== undefined && (
        <Link to="/reconciliation" search={{ month }}>
          {t('reconciliation.back')}
        </Link>
      )}
    </nav>
  );
}

/** The ways out of the screen: the CSV files, and the paper. */
function Output(props: {
  readonly report: Reconciliation;
  /** Reads the whole report at the press; it goes away after the printing. */
  readonly onPrint: () => void;
  readonly printing: boolean;
}) {
  const { report, onPrint, printing } = props;
  const { from, to } = report;
  const { t } = useTranslation();
  const { shop } = useSession();
  const csv = (encoding: string) =>
    urlOf('/v1/reconciliation/csv', { shop: shop.id, query: { from, to, encoding } });
  return (
    <span className={classes.output}>
      <a href={csv('cp932')} download>
        {t('reconciliation.output.csv')}
      </a>
      <a href={csv('utf-8')} download>
        {t('reconciliation.output.csvUtf8')}
      </a>
      <Button variant="default" size="compact-sm" loading={printing} onClick={onPrint}>
        {t('reconciliation.output.print')}
      </Button>
    </span>
  );
}
