import type { RunDetail, RunKind } from '@renkei/contract';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { isGoingOn } from '../../api/queries.ts';
import { useSession } from '../../app/session.tsx';
import { formatInstant, formatYen } from '../../ui/browser/format.ts';
import { useTitle } from '../../ui/browser/title.ts';
import { PageHead } from '../../ui/data/section.tsx';
import { type NamedSum, Sums } from '../../ui/data/sums.tsx';
import { Loading } from '../../ui/notice/loading.tsx';
import { Notice } from '../../ui/notice/notice.tsx';
import { ReadFailure } from '../../ui/notice/problem.tsx';
import { RunBadge } from '../../ui/state/state-badges.tsx';
import { ErrorPanel } from './error-panel.tsx';
import { termsOf, useOutcome } from './outcome.ts';
import { EXCLUDED, FAILED, RowsToMend } from './rows-to-mend.tsx';
import { RunControls } from './run-controls.tsx';
import { RunProgress } from './run-progress.tsx';
import { RunResult } from './run-result.tsx';
import { RunRows } from './run-rows.tsx';
import { useRun } from './use-run.ts';

const route = getRouteApi('/inside/runs/$id');

/** A bulk run, live while it runs; afterwards its result, in the same place. */
export function RunScreen() {
  const { id } = route.useParams();
  const { shop } = useSession();
  const { t } = useTranslation();
  const run = useRun(shop.id, id);
  if (run.isPending) return <Loading rows={10} />;
  if (run.data === undefined) {
    return (
      <ReadFailure
        error={run.error}
        title={t('common.broken')}
        onRetry={() => void run.refetch()}
      />
    );
  }
  return <Shown key={id} run={run.data} connected={run.connected} />;
}

function Shown({ run, connected }: { readonly run: RunDetail; readonly connected: boolean }) {
  const { t } = useTranslation();
  const outcome = useOutcome(run);
  const going = isGoingOn(run);
  const all = run.rows.length - run.counts.excluded;
  const done = all - run.counts.waiting - run.counts.asking;
  useTitle(
    going
      ? t('run.documentTitle', { done, all, name: t(`runs.names.${run.kind}`) })
      : t('run.title'),
  );
  const heading = run.state === 'running' ? t(`run.underway.${run.kind}`) : outcome;
  const facts = t('run.facts', { at: formatInstant(run.createdAt), actor: run.actor });
  return (
    <>
      <PageHead title={run.state === 'paused' ? t('run.pausedNow') : heading}>
        <RunBadge state={run.state} />
      </PageHead>
      <div className="stack">
        <p className="quiet">
          {[t(`runs.names.${run.kind}`), facts, ...termsOf(run, t)].join('　')}
        </p>
        <Counts run={run} />
        <RunProgress run={run} />
        {going && <RunControls run={run} />}
        {run.state === 'stopped' && run.counts.asking > 0 && (
          <Notice
            tone="going"
            role="status"
            title={t('run.stopping', { count: run.counts.asking })}
          />
        )}
        {run.state === 'paused' && <p className="quiet">{outcome}</p>}
        {run.endedAt !== null && <RunResult run={run} />}
        {going && !connected && <Notice tone="warn" role="status" title={t('run.reconnecting')} />}
        <ErrorPanel run={run} />
        <RowsToMend title={t('run.failures')} rows={run.rows} states={FAILED} />
        <RowsToMend title={t('run.excludedRows')} rows={run.rows} states={EXCLUDED} />
        <RunRows run={run} />
      </div>
    </>
  );
}

/** The kinds of runs that bring money in. */
const PAYS: readonly RunKind[] = ['mark_paid', 'ship_and_pay', 'authorize'];

/** The number of orders and their amount for each state; a state without orders is left out. */
function Counts({ run }: { readonly run: RunDetail }) {
  const { t } = useTranslation();
  const { counts } = run;
  const orders = (count: number) => t('bulk.orders', { count });
  const sums: NamedSum[] = [
    { name: t('run.chosen'), value: orders(run.rows.length - counts.excluded) },
    { name: t('words.runRow.succeeded'), value: orders(counts.succeeded), tone: 'good' },
  ];
  if (PAYS.includes(run.kind)) {
    sums.push({ name: t('run.yen'), value: formatYen(run.yenSucceeded), tone: 'good' });
  }
  const others = [
    ['failed', 'bad'],
    ['unknown', 'warn'],
    ['review', 'bad'],
    ['asking', 'going'],
    ['waiting', 'quiet'],
    ['stopped', 'quiet'],
    ['excluded', 'quiet'],
  ] as const;
  for (const [state, tone] of others) {
    if (counts[state] === 0) continue;
    sums.push({ name: t(`words.runRow.${state}`), value: orders(counts[state]), tone });
  }
  return <Sums sums={sums} />;
}
